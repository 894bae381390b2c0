import { expect, it } from 'vitest'
import { crosstabLayout } from '../../../shared/query/crosstab/crosstab-layout.ts'
import type { HeadCell } from '../../../shared/query/crosstab/edge-layout.ts'
import { byMonth, byShop, sales, tinyAnswer } from '../../support/tiny-engines.ts'

const answer = () =>
  tinyAnswer({
    rows: [...byShop],
    columns: [...byMonth],
    measures: [sales, { aggregate: 'count', as: 'lines' }],
    filters: [{ field: 'region', op: 'in', values: ['East', 'West'] }],
    totals: { rows: 'all', columns: 'grand' },
  })

const said = (heads: readonly (readonly HeadCell[])[]): string[] =>
  heads.map((level) =>
    level
      .map((head) => {
        const name =
          head.kind === 'member'
            ? String(head.member)
            : head.kind === 'measure'
              ? `#${head.measure}`
              : 'T'
        return `${name}${head.span > 1 ? `x${head.span}` : ''}`
      })
      .join(' '),
  )

it('innermost of the columns unless said otherwise', async () => {
  const { columns, rows } = crosstabLayout(await answer())
  expect(said(columns.heads)).toEqual([
    '2025-01x2 2025-02x2 2025-03x2 Tx2',
    '#0 #1 #0 #1 #0 #1 #0 #1',
  ])
  expect(rows.levels).toBe(2)
})

it('on rows before, between and after the fields, a member\u2019s measures together', async () => {
  const result = await answer()
  const heads = (after: number): string[] =>
    said(crosstabLayout(result, { measuresOn: { axis: 'rows', after } }).rows.heads)
  expect(heads(0)).toEqual([
    '#0x8 #1x8',
    'Eastx4 Westx3 T Eastx4 Westx3 T',
    'A B C T D E T A B C T D E T',
  ])
  expect(heads(1)).toEqual([
    'Eastx8 Westx6 Tx2',
    '#0x4 #1x4 #0x3 #1x3 #0 #1',
    'A B C T A B C T D E T D E T',
  ])
  expect(heads(2)).toEqual([
    'Eastx8 Westx6 Tx2',
    'Ax2 Bx2 Cx2 Tx2 Dx2 Ex2 Tx2',
    '#0 #1 #0 #1 #0 #1 #0 #1 #0 #1 #0 #1 #0 #1 #0 #1',
  ])
})

it('every place finds the same value', async () => {
  const result = await answer()
  for (const axis of ['rows', 'columns'] as const) {
    for (let after = 0; after <= result[axis].fields.length; after++) {
      const { rows, columns, cellAt } = crosstabLayout(result, { measuresOn: { axis, after } })
      const met = rows.lines.flatMap((_line, r) =>
        columns.lines.map((_kind, c) => {
          const { measure, place } = cellAt(r, c)
          return `${measure}:${place}`
        }),
      )
      expect(new Set(met).size).toBe(result.rows.paths.length * result.columns.paths.length * 2)
    }
  }
})
