import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  columnName,
  rowIdColumn,
  rowsTable,
} from '../../electron/engine/extracts/extract-columns.ts'
import { compileFormula } from '../../electron/engine/query/expression/compile-formula.ts'
import { openExtractSession } from '../../electron/engine/runner/duckdb/extract-session.ts'
import { column, select } from '../../electron/engine/sql/nodes.ts'
import { duckdb } from '../../electron/engine/sql/dialects/duckdb.ts'
import { print } from '../../electron/engine/sql/printer.ts'
import { buildExtract } from '../support/build-extract.ts'
import type { BuiltField } from '../support/build-extract.ts'
import { read } from '../support/formula-text.ts'
import { tempFolder } from '../support/temp-folder.ts'

const fields: readonly BuiltField[] = [
  { name: 'qty', type: 'integer', role: 'measure' },
  { name: 'price', type: 'decimal', scale: 2, role: 'measure' },
  { name: 'wide', type: 'decimal', scale: 6, role: 'measure', wide: true },
  { name: 'shop', type: 'text', role: 'dimension', coded: false },
  { name: 'day', type: 'date', role: 'dimension' },
]
const rows = [
  [3, '9999999999999.99', '-99999999999999.999999', '上海-1', '2024-02-29'],
  [-2_147_483_648, '-0.01', '0.000001', null, '2023-12-31'],
  [null, null, null, '北京-2', null],
]

it('formulas run on stored columns of every width in the locked database', async () => {
  const folder = tempFolder()
  const path = join(folder, 'formulas.duckdb')
  await buildExtract(path, fields, rows)
  const session = await openExtractSession({
    kind: 'openExtracts',
    extracts: [{ alias: 'sales', path }],
    memoryLimitMb: 256,
    tempFolder: folder,
    threads: 1,
  })
  const ask = async (formula: string) => {
    const part = read(formula, { fields, datasets: [] })
    if (!part.ok) throw new Error(part.errors[0]?.reason)
    const compiled = compileFormula(part.value, {
      lastDay: null,
      columnOf: ({ field }) => {
        const index = fields.findIndex(({ name }) => name === field.name)
        return column('t', columnName(index))
      },
    })
    if (!compiled.ok) throw new Error(compiled.errors[0]?.reason)
    const { text, values } = print(
      select({
        columns: [{ expr: compiled.value, as: 'value' }],
        from: { kind: 'stored', catalog: 'sales', name: rowsTable },
        as: 't',
        orderBy: [{ by: column('t', rowIdColumn), descending: false }],
      }),
      duckdb,
    )
    const answer = await session.run(text, values, 1)
    const [, found] = answer.columns[0] ?? []
    const all: Iterable<number | bigint | string | null> = found?.values ?? []
    return [...all].map((one) => (one === null || Number.isNaN(one) ? null : String(one)))
  }
  // Exact numbers come as digits without the point.
  expect(await ask('[qty] + 0')).toEqual(['3', '-2147483648', null])
  expect(await ask('[price] * 10')).toEqual(['9999999999999990', '-10', null])
  expect(await ask('[wide] - 1')).toEqual(['-100000000000000999999', '-999999', null])
  expect(await ask('ROUND([price] / [qty], 2)')).toEqual(['333333333333333', '0', null])
  expect(await ask('LEFT([shop], 2) & "/" & YEAR([day])')).toEqual(['上海/2024', '/2023', '北京/'])
  expect(await ask('[day] - DATE(2023, 12, 31)')).toEqual(['60', '0', null])
})
