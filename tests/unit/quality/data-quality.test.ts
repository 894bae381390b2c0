import { describe, expect, it } from 'vitest'
import { qualitySheet } from '../../../electron/engine/exports/workbook/quality-sheet.ts'
import { qualitySheets } from '../../../renderer/preview/quality-sheets.ts'
import type { DatasetInfo } from '../../../shared/data/dataset.ts'
import { Recipe } from '../../../shared/preparation/recipe.ts'
import type { StepReport } from '../../../shared/preparation/recipe-words.ts'
import type { DatasetQuality, QualityLine } from '../../../shared/quality/data-quality.ts'
import { qualityLines } from '../../../shared/quality/data-quality.ts'
import { textIn } from '../../../shared/text/messages.ts'

const dataset: DatasetInfo = {
  id: 'ds_members',
  name: 'Members',
  mode: 'extract',
  fields: [
    { name: 'phone', type: 'text', role: 'identifier', personal: 'phone' },
    { name: 'city', type: 'text', role: 'dimension' },
  ],
  rows: 30_600,
  rejected: 2,
  version: 3,
  dataAsOf: '2026-03-31T08:00:00.000Z',
  lastDay: null,
  sources: [
    { name: 'm.xlsx', part: 'List', kind: 'xlsx', rows: 30_600, rejected: 2, importedAt: '' },
  ],
  warnings: [{ code: 'mixedColumn', column: 'phone', count: 1, examples: ['13800138000'] }],
}
const { steps } = Recipe.parse({
  format: 1,
  steps: [
    { id: 'a', kind: 'replace', field: 'city', pairs: [{ find: '市', with: '' }], match: 'part' },
    {
      id: 'b',
      kind: 'replace',
      field: 'phone',
      pairs: [{ find: '13900139000', with: null }],
      match: 'whole',
    },
    { id: 'c', kind: 'remove', fields: ['city'], on: false },
  ],
})
const counts = { rowsBefore: 9, rowsAfter: 9, changed: 1200, removed: 0, added: 0, lost: 0 }
const reports: StepReport[] = [
  { step: 'a', state: 'on', fields: [], counts },
  { step: 'b', state: 'on', fields: [], counts: { ...counts, changed: 0 } },
  { step: 'c', state: 'off', fields: [] },
]
const quality: DatasetQuality = {
  dataset,
  steps: steps.map((step, index) => ({ step, report: reports[index] })),
}
const said = (masked: boolean): QualityLine[] =>
  qualityLines([quality], { text: textIn('en'), language: 'en', masked })
const valueOf = (lines: readonly QualityLine[], label: string): string | undefined =>
  lines.find((line) => line.label === label)?.value

describe('what is said of the data behind a report', () => {
  it('names rows, what was left out, and every file', () => {
    const lines = said(false)
    expect(lines[0]).toEqual({ kind: 'dataset', label: 'Members', value: '' })
    expect(valueOf(lines, 'Rows')).toBe('30,600')
    expect(valueOf(lines, 'Rows left out as unreadable')).toBe('2')
    expect(valueOf(lines, 'm.xlsx · List')).toBe('30,600 rows, 2 left out')
  })

  it('counts every step and says which are switched off', () => {
    const lines = said(false)
    expect(valueOf(lines, 'Step 1')).toContain('1,200')
    expect(valueOf(lines, 'Step 2')).toContain('13900139000')
    expect(valueOf(lines, 'Step 3')).toMatch(/— switched off$/)
  })

  it('names nobody where people are masked', () => {
    const words = said(true)
      .map(({ value }) => value)
      .join('\n')
    expect(words).not.toMatch(/13[89]00/)
    expect(valueOf(said(true), 'Step 1')).toContain('市')
  })
})

it('a workbook has it on a sheet of two columns, a name over what is said of each dataset', () => {
  const sheet = qualitySheet('Data quality', 'Data quality', said(true))
  const cells = sheet.rows.map((row) => row.map((cell) => cell?.value ?? null))
  expect(cells.slice(0, 5)).toEqual([
    ['Data quality'],
    [],
    ['Members', null],
    ['Data as of', expect.any(String)],
    ['Rows', '30,600'],
  ])
  expect(sheet.rows).toHaveLength(2 + said(true).length)
})

it('sheets hold every line once, and no name of a dataset ends one', () => {
  const lines = Array.from({ length: 40 }, (_, n) =>
    said(false).map((line) => ({
      ...line,
      label: `${n} ${line.label}`,
      value: line.value.repeat(n % 5),
    })),
  ).flat()
  const sheets = qualitySheets(lines, { width: 700, height: 500 })
  expect(sheets.flat().map(({ line }) => line)).toEqual(lines)
  for (const sheet of sheets) {
    expect(sheet.reduce((sum, { height }) => sum + height, 26)).toBeLessThanOrEqual(500)
    expect(sheet.at(-1)?.line.kind).not.toBe('dataset')
  }
})
