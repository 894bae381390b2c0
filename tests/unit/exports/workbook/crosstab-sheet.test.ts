import { describe, expect, it } from 'vitest'
import { crosstabSheet } from '../../../../electron/engine/exports/workbook/crosstab-sheet.ts'
import type { QueryResult } from '../../../../shared/query/query-result.ts'

function wide(columns: number): QueryResult {
  return {
    rows: { fields: [{ field: 'sales.shop', type: 'text' }], totals: 'none', paths: [['A']] },
    columns: {
      fields: [{ field: 'sales.receipt', type: 'text' }],
      totals: 'none',
      paths: Array.from({ length: columns }, (_, index) => [String(index)]),
    },
    measures: [{ name: 'pl_1', aggregate: 'sum', type: 'integer' }],
    cells: [{ kind: 'number', values: new Float64Array(columns) }],
    baseRows: columns,
    warnings: [],
    dataAsOf: '2024-12-31T00:00:00',
    version: 1,
    elapsedMs: 0,
    cached: false,
  }
}

const words = {
  title: '门店 × 小票',
  notes: [],
  rowCaptions: ['门店'],
  measures: [
    {
      caption: '金额',
      format: { kind: 'number', decimals: 0, grouping: true, unit: 'none' } as const,
    },
  ],
  total: '合计',
  grandTotal: '合计',
  member: (_dimension: number, _axis: 'rows' | 'columns', member: unknown) => String(member),
  locale: 'zh-CN' as const,
}

describe('a crosstab on a sheet', () => {
  it('may reach the last column of a sheet', () => {
    expect(crosstabSheet('a', wide(16_383), words).rows[0]).toHaveLength(16_384)
  })

  it('is refused with its size when it goes beyond it', () => {
    expect(() => crosstabSheet('a', wide(16_384), words)).toThrow(
      expect.objectContaining({
        appError: expect.objectContaining({
          code: 'export/tooLarge',
          details: expect.objectContaining({
            block: '门店 × 小票',
            columns: 16_385,
            columnLimit: 16_384,
          }) as unknown,
        }) as unknown,
      }),
    )
  })
})
