import { expect, it } from 'vitest'
import type { Field } from '../../../../shared/data/field.ts'
import type { RowList } from '../../../../shared/query/row-list.ts'
import { gridColumns } from '../../../../renderer/data/grid-columns.ts'

const field = (name: string, type: Field['type']): Field => ({ name, type, role: 'dimension' })
const written: readonly (readonly string[])[] = [
  ['POS-20240305-000123-07', '2024-03-05 12:30:45', '1,234,567.89', '是'],
  ['POS-20240305-000124-07', '2024-03-05 12:31:02', '-98,765,432.10', '否'],
]
const list: RowList = {
  ...{ key: 'k', version: 1, count: 2, measures: [], totals: [] },
  fields: [
    field('小票', 'text'),
    field('时间', 'timestamp'),
    field('额', 'decimal'),
    field('退', 'boolean'),
  ],
  page: {
    ...{ offset: 0, sources: [], columns: [] },
    ...{ rowIds: Float64Array.of(0, 1), sourceRows: Float64Array.of(2, 3) },
  },
}
const columns = (rows = written) => gridColumns(list, (row, column) => rows[row]?.[column] ?? '')

it('columns of the grid are as wide as what stands in their first rows', () => {
  const widths = columns().map(({ width }) => width)
  written[1]!.forEach((words, index) => {
    // Eight pixels a digit, and the space on both sides of a cell.
    if (index < 3) expect(widths[index]).toBeGreaterThanOrEqual(8 * words.length + 16)
  })
  expect(widths[3]).toBe(90)
})

it('columns stand side by side, and one of long remarks leaves room for the others', () => {
  const long = columns([['备注'.repeat(200), '', '', ''], written[1]!])
  expect(long[0]!.width).toBe(360)
  expect(long.map(({ left }) => left)).toEqual([
    0,
    ...long.slice(0, 3).map((one) => one.left + one.width),
  ])
})
