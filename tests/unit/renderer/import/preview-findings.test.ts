import { expect, test } from 'vitest'
import type { SourcePart } from '../../../../shared/data/import-words.ts'
import { overrideColumn, planImport } from '../../../../renderer/import/import-plan.ts'
import type { PlannedDataset } from '../../../../renderer/import/import-plan.ts'
import {
  columnRemarks,
  leftOutRows,
  rowsSeen,
} from '../../../../renderer/import/preview-findings.ts'

const mixed = {
  ...{ code: 'mixedColumn' as const, column: '客数', wouldBe: 'integer' as const },
  ...{ count: 1, examples: ['未开门'] },
}
const merged = { code: 'mergedCells' as const, column: '区域', count: 1, examples: ['A2:A3'] }

function month(fileName: string, more: Partial<SourcePart> = {}): SourcePart {
  const total = {
    row: 6,
    before: 4,
    reason: 'total' as const,
    label: '合计',
    cells: ['合计', '35'],
  }
  return {
    ...{ file: `file_${fileName}`, fileName, kind: 'xlsx', part: '销售', layout: {} },
    columns: ['区域', '客数'].map((name) => ({ name, type: 'text', role: 'dimension' })),
    sample: [],
    looked: { rows: 5, all: true },
    leftOut: { count: 1, rows: [total] },
    remarks: [mixed, merged, { code: 'textIdentifier', column: '会员号' }],
    fingerprint: 'months',
    ...more,
  }
}

function plannedOf(parts: readonly SourcePart[]): PlannedDataset {
  const [dataset] = planImport(parts)
  if (!dataset) throw new Error('nothing planned')
  return dataset
}

test('rows left out are counted over all files, each named with its own', () => {
  expect(leftOutRows(plannedOf([month('一月.xlsx')]))).toEqual({ count: 1, examples: ['合计 (6)'] })
  expect(leftOutRows(plannedOf([month('一月.xlsx'), month('二月.xlsx')]))).toEqual({
    count: 2,
    examples: ['一月.xlsx · 销售 · 合计 (6)', '二月.xlsx · 销售 · 合计 (6)'],
  })
})

test('how far was looked is said only where a file goes on', () => {
  const cut = month('二月.xlsx', { looked: { rows: 1999, all: false } })
  expect(rowsSeen(plannedOf([month('一月.xlsx')]))).toBeNull()
  expect(rowsSeen(plannedOf([month('一月.xlsx'), cut]))).toBe(1999)
})

test('each remark stands once, and none for a column whose reading was chosen', () => {
  const two = plannedOf([month('一月.xlsx'), month('二月.xlsx')])
  expect(columnRemarks(two)).toEqual([mixed, merged])
  expect(columnRemarks(overrideColumn(two, '客数', { type: 'integer' }))).toEqual([merged])
  expect(columnRemarks(overrideColumn(two, '区域', { fillMerged: true }))).toEqual([mixed])
})
