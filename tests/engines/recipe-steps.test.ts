import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Random } from '../../scripts/sample/rng.ts'
import type { CellValue } from '../../shared/data/cell-value.ts'
import type { Recipe, RecipeStep } from '../../shared/preparation/recipe.ts'
import { Recipe as RecipeSchema } from '../../shared/preparation/recipe.ts'
import type { PreviewRows, RecipePreview } from '../../shared/preparation/recipe-words.ts'
import { RecipePreview as PreviewSchema } from '../../shared/preparation/recipe-words.ts'
import { decimalText } from '../../shared/query/spread/accumulate.ts'
import type { ValueColumn } from '../../shared/query/query-result.ts'
import { RecipePreviews } from '../../electron/engine/preparation/preview.ts'
import type { QueryRunner } from '../../electron/engine/query/query-runner.ts'
import { openExtractSession } from '../../electron/engine/runner/duckdb/extract-session.ts'
import type { BuiltField } from '../support/build-extract.ts'
import { buildExtract } from '../support/build-extract.ts'
import type { NaiveTable } from '../support/naive-recipe.ts'
import { applyNaively } from '../support/naive-recipe.ts'
import { dirtyFields, dirtyRows, randomStep } from '../support/random-recipe.ts'
import { tempFolder } from '../support/temp-folder.ts'

type Preview = (
  steps: readonly object[],
  step?: string | null,
  counts?: boolean,
) => Promise<RecipePreview>

async function bench(
  rows: readonly (readonly CellValue[])[],
  fields: readonly BuiltField[] = dirtyFields,
): Promise<Preview> {
  const folder = tempFolder()
  const path = join(folder, 'a.duckdb')
  const built = await buildExtract(path, fields, rows)
  const extracts = [{ alias: 'a', path }]
  const session = await openExtractSession({
    ...{ kind: 'openExtracts', extracts, memoryLimitMb: 256, tempFolder: folder, threads: 1 },
  })
  let next = 1
  const runner: QueryRunner = {
    run: async (_target, { text, values }) => {
      const answer = await session.run(text, values, next++)
      return { rows: answer.rows, columns: new Map(answer.columns) }
    },
  }
  const previews = new RecipePreviews(runner)
  const context = { lastDay: 19_787, classSet: () => undefined, lookups: [] }
  const of = { version: 1, alias: 'a', path, rows: rows.length, fields: built.fields, context }
  return async (steps, step = null, counts = true) => {
    const recipe = RecipeSchema.parse({ format: 1, steps })
    const ask = { dataset: 'ds_test00', recipe, step, offset: 0, limit: 500, counts }
    const answer = await previews.preview(ask, of, new AbortController().signal)
    if (!answer.ok) throw new Error(JSON.stringify(answer.error))
    return PreviewSchema.parse(answer.value)
  }
}

function cellsOf(column: ValueColumn): CellValue[] {
  if (column.kind === 'text') {
    return column.writing === 'boolean'
      ? column.values.map((value) => (value === null ? null : value === 'true'))
      : column.values
  }
  return Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return null
    if (column.kind === 'number' || column.scale === 0) return value
    return decimalText(BigInt(value), column.scale)
  })
}

/** As the reference has it: decimals without digits behind the point are texts there too. */
function tableOf({ fields, page }: PreviewRows): NaiveTable {
  const columns = page.columns.map((column, index) =>
    fields[index]?.type === 'decimal'
      ? cellsOf(column).map((cell) => (cell === null ? null : String(cell)))
      : cellsOf(column),
  )
  return {
    fields: fields.map(({ name, type, scale }) => ({ name, type, scale: scale ?? 0 })),
    rows: Array.from(page.sourceRows, (line, row) => ({
      line,
      cells: columns.map((column) => column[row] ?? null),
    })),
  }
}

const startOf = (rows: readonly (readonly CellValue[])[]): NaiveTable => ({
  fields: dirtyFields.map(({ name, type, scale }) => ({ name, type, scale: scale ?? 0 })),
  rows: rows.map((cells, index) => ({ line: index + 2, cells })),
})

/** What counts say, from the tables before and after. */
function countsOf(before: NaiveTable, after: NaiveTable, step: RecipeStep) {
  const [rowsBefore, rowsAfter] = [before.rows.length, after.rows.length]
  const base = {
    ...{ rowsBefore, rowsAfter, changed: 0, lost: 0 },
    removed: Math.max(0, rowsBefore - rowsAfter),
    added: Math.max(0, rowsAfter - rowsBefore),
  }
  if (['rename', 'remove', 'filter', 'dedupe', 'unpivot'].includes(step.kind)) return base
  const place = (table: NaiveTable, name: string): number =>
    table.fields.findIndex((field) => field.name === name)
  const pairs = after.fields.flatMap(({ name }) => {
    const [from, to] = [place(before, name), place(after, name)]
    const isNew = from < 0
    const isTyped = step.kind === 'type' && name === step.field
    return isNew || isTyped || place(before, name) >= 0 ? [{ from, to, isNew, isTyped }] : []
  })
  const rows = before.rows.map((row, index) => {
    const changed = pairs.some(({ from, to, isNew, isTyped }) => {
      const [was, is] = [row.cells[from] ?? null, after.rows[index]?.cells[to] ?? null]
      if (isNew || isTyped) return is !== null
      const text = step.kind === 'map' && was !== null ? String(was) : was
      return text !== is && was !== is
    })
    const lost = pairs.some(
      ({ from, to, isTyped }) =>
        isTyped && row.cells[from] !== null && after.rows[index]?.cells[to] === null,
    )
    return { changed, lost }
  })
  const count = (key: 'changed' | 'lost'): number => rows.filter((row) => row[key]).length
  return { ...base, changed: count('changed'), lost: count('lost') }
}

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
  'ten random recipes over table %i give the rows, types and counts the reference gives',
  async (seed) => {
    const rows = dirtyRows(new Random(`rows ${seed}`), 8 + seed * 3)
    const preview = await bench(rows)
    const random = new Random(`recipes ${seed}`)
    for (let length = 1; length <= 10; length++) {
      const { steps, tables } = randomRecipe(random, startOf(rows), Math.ceil(length / 2))
      const found = await preview(steps)
      const said = JSON.stringify(steps)
      expect(found.steps.map(({ problem }) => problem ?? 'on'), said).toEqual(steps.map(() => 'on')) // prettier-ignore
      expect(tableOf(found.after), said).toEqual(tables.at(-1))
      expect(found.steps.map(({ counts }) => counts), said).toEqual(
        steps.map((one, index) => countsOf(tables[index]!, tables[index + 1]!, one)),
      ) // prettier-ignore
    }
  },
)

function randomRecipe(
  random: Random,
  start: NaiveTable,
  length: number,
): { readonly steps: RecipeStep[]; readonly tables: NaiveTable[] } {
  const steps: RecipeStep[] = []
  const tables = [start]
  while (steps.length < length) {
    const before = tables.at(-1)!
    const one = randomStep(random, before, `s${steps.length}`)
    if (one === undefined) continue
    steps.push(one)
    tables.push(applyNaively(before, one))
  }
  return { steps, tables }
}

const step = (kind: string, rest: object, id = kind): object => ({ id, kind, ...rest })

test('a preview of one step shows the rows before and after it beside each other', async () => {
  const preview = await bench([['x', 'A  b'], ['y', null]], dirtyFields.slice(0, 2)) // prettier-ignore
  const found = await preview(
    [
      step('normalise', { fields: ['name'], space: 'single' }),
      step('rename', { names: [{ field: 'name', to: '姓名' }] }),
    ],
    'normalise',
  )
  expect(tableOf(found.before).rows.map(({ cells }) => cells[1])).toEqual(['A  b', null])
  expect(tableOf(found.after).rows.map(({ cells }) => cells[1])).toEqual(['A b', null])
  expect(found.after.fields[1]?.name).toBe('name')
  expect(found.steps[1]).not.toHaveProperty('counts')
})

test('formulas keep exact decimals and replace a field of their name', async () => {
  const fields = dirtyFields.slice(4, 6)
  const preview = await bench([['0.10', 3], ['12.30', 2], [null, 1]], fields) // prettier-ignore
  const found = await preview([
    step('formula', { into: 'total', formula: '[amount] * [qty]' }),
    step('formula', { into: 'amount', formula: '[amount] + 0.005' }, 'again'),
  ])
  expect(tableOf(found.after)).toEqual({
    fields: [
      { name: 'amount', type: 'decimal', scale: 3 },
      { name: 'qty', type: 'integer', scale: 0 },
      { name: 'total', type: 'decimal', scale: 2 },
    ],
    rows: [
      { line: 2, cells: ['0.105', 3, '0.30'] },
      { line: 3, cells: ['12.305', 2, '24.60'] },
      { line: 4, cells: [null, 1, null] },
    ],
  })
})

test('broken steps say what they miss, and the others go on without them', async () => {
  const preview = await bench([['1.00', 2]], dirtyFields.slice(4, 6))
  const found = await preview([
    step('normalise', { fields: ['gone', 'qty'], space: 'ends' }),
    step('normalise', { fields: ['qty'], space: 'ends' }, 'number'),
    step('formula', { into: 'x', formula: '[gone] + 1' }),
    step('formula', { into: 'x', formula: '1 +' }, 'syntax'),
    step('rename', { names: [{ field: 'qty', to: 'AMOUNT' }] }),
    step('fill', { fields: ['qty'], with: { kind: 'value', value: 'many' } }),
    step('remove', { fields: ['qty', 'amount'] }),
    step('classify', { into: 'c', classes: { set: 'cls_aaaaaa', version: 1 } }),
    step('filter', { when: { filters: [{ field: 'qty', op: 'contains', text: '1' }] } }),
    step('type', { field: 'qty', to: 'text' }, 'fine'),
  ])
  expect(found.steps.map(({ problem }) => problem && [problem.reason, problem.fields])).toEqual([
    ['missingField', ['gone']],
    ['typeUnsuitable', ['qty']],
    ['missingField', ['gone']],
    ['formula', []],
    ['nameTaken', ['AMOUNT']],
    ['valueUnsuitable', ['qty']],
    ['nothingLeft', ['qty', 'amount']],
    ['classSetGone', []],
    ['typeUnsuitable', ['qty']],
    undefined,
  ])
  expect(tableOf(found.after).rows).toEqual([{ line: 2, cells: ['1.00', '2'] }])
})

test('names and values written as attacks stay names and values', async () => {
  const evil = `"; drop table rows; --'\\ $1`
  const preview = await bench([['a', evil]], dirtyFields.slice(0, 2))
  const found = await preview([
    step('rename', { names: [{ field: 'name', to: evil }] }),
    step('replace', { field: evil, match: 'part', pairs: [{ find: "'", with: '"$2' }] }),
    step('split', { field: evil, by: { kind: 'delimiter', text: '; ' }, into: ["a'", 'b"'] }),
    step('map', { field: "a'", entries: [{ from: '"', to: evil }] }),
    step('merge', { fields: ["a'", 'b"'], into: 'm$1', separator: "');" }),
    step('filter', { when: { filters: [{ field: 'm$1', op: 'contains', text: evil }] } }),
    step('unpivot', { fields: [evil, 'b"'], nameInto: '"n', valueInto: "v'" }),
  ])
  expect(found.steps.every(({ state }) => state === 'on')).toBe(true)
  const [first] = tableOf(found.after).rows
  expect(first?.cells).toEqual([
    'a',
    evil,
    `${evil}');drop table rows; --"$2\\ $1`,
    evil,
    evil.replaceAll("'", '"$2'),
  ])
})

test('a recipe beyond its limits is refused before anything is done with it', () => {
  const many = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index))
  const parsed = (steps: readonly unknown[]): boolean =>
    RecipeSchema.safeParse({ format: 1, steps }).success
  const entry = (index: number) => ({ from: `${index}`, to: 'x' })
  const fill = (index: number) => step('fill', { fields: ['a'], with: { kind: 'above' } }, `s${index}`) // prettier-ignore
  expect(parsed(many(100, fill))).toBe(true)
  expect(parsed(many(101, fill))).toBe(false)
  expect(parsed([fill(1), fill(1)])).toBe(false)
  expect(parsed([step('map', { field: 'a', entries: many(5001, entry) })])).toBe(false)
  const large = (index: number) => step('map', { field: 'a', entries: many(5000, entry) }, `m${index}`) // prettier-ignore
  expect(parsed([large(1)])).toBe(true)
  expect(parsed(many(12, large))).toBe(false)
  expect(parsed([step('filter', { when: { filters: [{ field: 'a', op: 'relative', span: 'last', unit: 'day' }] } })])).toBe(false) // prettier-ignore
  const twice = { field: 'a', dateField: 'd', entries: [{ from: 'x', to: '1' }, { from: 'x', to: '2', validFrom: '2024-01-01' }] } // prettier-ignore
  expect(parsed([step('map', twice)])).toBe(false)
  expect(parsed([{ ...fill(1), more: 1 }])).toBe(false)
})

test('a hundred steps and five thousand entries still make one statement', async () => {
  const preview = await bench([['a1', 'x']], dirtyFields.slice(0, 2))
  const entries = Array.from({ length: 5000 }, (_, index) => ({ from: `k${index}`, to: 'v' }))
  const steps: Recipe['steps'] = Array.from({ length: 99 }, (_, index) => ({
    ...{ id: `n${index}`, kind: 'normalise', on: true, fields: ['name'], form: 'phone' },
  }))
  // Counting each of them would run the chain a hundred times.
  const found = await preview([...steps, step('map', { field: 'name', entries })], null, false)
  expect(tableOf(found.after).rows).toEqual([{ line: 2, cells: ['a1', 'x'] }])
})

const written: readonly BuiltField[] = [{ name: 'w', type: 'text', role: 'dimension' }]

test('a change of type reads numbers the ways an import does', async () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['1.2万', '12000'], ['3.05亿', '305000000'], ['-1,234.5万', '-12345000'], ['12.5%', '0.125'], ['3‰', '0.003'],
    ['（300）', '-300'], ['12.50-', '-12.5'], ['1.5e3', '1500'], ['25e-4', '0.0025'], ['３件', '3'], ['US$1,200.50', '1200.5'],
    ['007', '7'], ['12345678901234567890.25元', '12345678901234567890.25'], ['1.2.3', null], ['十二', null], ['¥12%', null],
  ] // prettier-ignore
  const preview = await bench(cases.map(([text]) => [text]), written) // prettier-ignore
  const to = (scale: number) => ({ id: 't', kind: 'type', field: 'w', to: 'decimal', scale })
  const { after, steps } = await preview([to(6)])
  expect(tableOf(after).rows.map(({ cells }) => (cells[0] === null ? null : String(cells[0]).replace(/\.0+$|(\.\d*?)0+$/, '$1')))).toEqual(
    cases.map(([, number]) => number),
  ) // prettier-ignore
  expect(steps[0]?.counts).toMatchObject({ changed: 13, lost: 3 })
  const wholes = await preview([{ id: 't', kind: 'type', field: 'w', to: 'integer' }])
  expect(wholes.steps[0]?.counts).toMatchObject({ changed: 7, lost: 9 })
})

test('a change of type reads dates and times the ways an import does, in the zone most of them name', async () => {
  const cases: readonly (readonly [string, string | null, string | null])[] = [
    // As it is written, as a moment, and the same where 5/3/24 is 5 March.
    ['2024年3月5日 下午1:05', '2024-03-05T13:05:00', '2024-03-05T13:05:00'],
    ['24年3月5日', '2024-03-05T00:00:00', '2024-03-05T00:00:00'],
    ['2024-03-05T08:30:00.250+08:00', '2024-03-05T08:30:00', '2024-03-05T08:30:00'],
    ['2024-03-05 09:00 UTC+8', '2024-03-05T09:00:00', '2024-03-05T09:00:00'],
    ['2024-03-05T20:30:00Z', '2024-03-06T04:30:00', '2024-03-06T04:30:00'],
    ['2024-03-05 10:00', '2024-03-05T10:00:00', '2024-03-05T10:00:00'],
    ['5 Mar 2024', '2024-03-05T00:00:00', '2024-03-05T00:00:00'],
    ['Mar 5, 2024 11:59 PM', '2024-03-05T23:59:00', '2024-03-05T23:59:00'],
    ['5.3.2024', '2024-03-05T00:00:00', '2024-03-05T00:00:00'],
    ['5/3/24', null, '2024-03-05T00:00:00'],
    ['31/12/69 24:00', null, null],
    ['2024-02-30', null, null],
  ] // prettier-ignore
  const preview = await bench(cases.map(([text]) => [text]), written) // prettier-ignore
  const cells = async (to: string, more: object = {}): Promise<unknown[]> => {
    const { after } = await preview([{ id: 't', kind: 'type', field: 'w', to, ...more }])
    return tableOf(after).rows.map(({ cells: [cell] }) => cell)
  }
  expect(await cells('timestamp')).toEqual(cases.map(([, moment]) => moment))
  expect(await cells('timestamp', { dateOrder: 'dayFirst' })).toEqual(cases.map(([, , moment]) => moment)) // prettier-ignore
  expect(await cells('date')).toEqual(cases.map(([, moment]) => moment?.slice(0, 10) ?? null))
  const years = await bench([['24/3/5'], ['70-01-02']], written)
  const read = await years([{ id: 't', kind: 'type', field: 'w', to: 'date', dateOrder: 'yearFirst' }]) // prettier-ignore
  expect(tableOf(read.after).rows.map((row) => row.cells[0])).toEqual(['2024-03-05', '1970-01-02'])
})

test('a whole number is a day in eight digits or as one of a workbook, and nothing else is guessed', async () => {
  const cases: readonly (readonly [number, string | null])[] = [
    [20_240_305, '2024-03-05'],
    [20_000, '1954-10-03'],
    [79_999, '2119-01-10'],
    // Of six digits, as tills write 24-03-05: no year is that of a Roman.
    [240_305, null],
    [80_105, null],
    [19_999, null],
    [20_230_229, null],
  ]
  const field: BuiltField = { name: 'd', type: 'integer', role: 'dimension' }
  const preview = await bench(cases.map(([number]) => [number]), [field]) // prettier-ignore
  const { after, steps } = await preview([{ id: 't', kind: 'type', field: 'd', to: 'date' }])
  expect(tableOf(after).rows.map(({ cells }) => cells[0])).toEqual(cases.map(([, day]) => day))
  expect(steps[0]?.counts).toMatchObject({ changed: 3, lost: 4 })
})

test('a change of type reads months as their first days, written or as whole numbers', async () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['2025-01', '2025-01-01'], ['2025/1', '2025-01-01'], ['2025年12月', '2025-12-01'], ['202502', '2025-02-01'],
    ['2025-13', null], ['一月', null],
  ] // prettier-ignore
  const texts = await bench(cases.map(([text]) => [text]), written) // prettier-ignore
  const { after, steps } = await texts([{ id: 't', kind: 'type', field: 'w', to: 'date' }])
  expect(tableOf(after).rows.map(({ cells: [cell] }) => cell)).toEqual(cases.map(([, day]) => day))
  expect(steps[0]?.counts).toMatchObject({ lost: 2 })
  const wholes: readonly BuiltField[] = [{ name: 'w', type: 'integer', role: 'measure' }]
  const numbers = await bench([[202_501], [202_513], [20_250_305]], wholes)
  const read = await numbers([{ id: 't', kind: 'type', field: 'w', to: 'date' }])
  const days = tableOf(read.after).rows.map(({ cells: [cell] }) => cell)
  expect(days).toEqual(['2025-01-01', null, '2025-03-05'])
})

test('whole numbers and decimals of more digits than a floating number holds are lost, not rounded', async () => {
  const fields = [
    { name: 'n', type: 'integer', role: 'measure' },
    { name: 'd', type: 'decimal', role: 'measure', scale: 2 },
  ] as const
  const preview = await bench([[1, '0.10'], [0, '12345678901234567.89'], [1000, '-3.25']], fields) // prettier-ignore
  const steps = [
    { id: 'f', kind: 'formula', into: 'w', formula: '9007199254740993 * [n]' },
    ...['w', 'd'].map((field) => ({ id: field, kind: 'type', field, to: 'double' })),
  ]
  const read = await preview(steps)
  expect(tableOf(read.after).rows.map(({ cells }) => cells)).toEqual([[1, 0.1, null], [0, null, 0], [1000, -3.25, 9007199254740993000]]) // prettier-ignore
  expect(read.steps.slice(1).map(({ counts }) => counts?.lost)).toEqual([1, 1])
})
