import { expect, it } from 'vitest'
import { maskedResult } from '../../../../electron/engine/exports/personal/masked-result.ts'
import type { Dimension, ResolvedMeasure } from '../../../../electron/engine/query/resolve.ts'
import { othersMember } from '../../../../shared/data/cell-value.ts'
import type { QueryResult } from '../../../../shared/query/query-result.ts'

const member = { type: 'text', personal: 'name', name: 'member' }
const dimension = { ref: 'member', source: { as: 't0' }, field: member, grain: undefined }
const measure = (name: string, personal: string | null, hidden?: true): ResolvedMeasure =>
  ({
    name,
    measure: { field: name, aggregate: 'sum', as: name, hidden },
    at: { ref: name, field: { type: 'integer', personal } },
  }) as unknown as ResolvedMeasure

it('a measure that is asked and not answered shifts no mask, and Others stays Others', () => {
  const result: QueryResult = {
    rows: {
      fields: [{ field: 'member', type: 'text' }],
      totals: 'grand',
      paths: [['王芳'], [othersMember], []],
    },
    columns: { fields: [], totals: 'none', paths: [[]] },
    measures: ['amount', 'phone'].map((name) => ({ name, aggregate: 'sum', type: 'integer' })),
    cells: [1, 13_800_000_000].map((factor) => ({
      kind: 'number',
      values: Float64Array.of(factor, 2 * factor, 3 * factor),
    })),
    ...{ baseRows: 3, dataAsOf: '', version: 1, elapsedMs: 0, cached: false, warnings: [] },
  }
  const masked = maskedResult(
    result,
    {
      rows: [dimension as unknown as Dimension],
      columns: [],
      measures: [
        measure('salary', 'other', true),
        measure('amount', null),
        measure('phone', 'phone'),
      ],
    },
    (kind) => `(${kind})`,
  )
  expect(masked.rows.paths).toEqual([['(name)'], [othersMember], []])
  expect(masked.cells[0]).toEqual(result.cells[0])
  expect(masked.cells[1]).toMatchObject({ values: ['(phone)', '(phone)', '(phone)'] })
})
