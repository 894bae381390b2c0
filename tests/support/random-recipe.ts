/** Small dirty tables and recipes that suit them, from a seed. */
import type { Random } from '../../scripts/sample/rng.ts'
import type { CellValue } from '../../shared/data/cell-value.ts'
import type { FieldType } from '../../shared/data/field.ts'
import type { RecipeStep, RowFilter } from '../../shared/preparation/recipe.ts'
import { RecipeStep as StepSchema } from '../../shared/preparation/recipe.ts'
import type { BuiltField } from './build-extract.ts'
import type { NaiveTable } from './naive-recipe.ts'

export const dirtyFields: readonly BuiltField[] = [
  { name: '会员号', type: 'text', role: 'identifier' },
  { name: 'name', type: 'text', role: 'dimension', coded: false },
  { name: '手机', type: 'text', role: 'identifier' },
  { name: 'joined', type: 'text', role: 'dimension' },
  { name: 'amount', type: 'decimal', role: 'measure', scale: 2 },
  { name: 'qty', type: 'integer', role: 'measure' },
  { name: 'share', type: 'double', role: 'measure' },
  { name: 'day', type: 'date', role: 'dimension' },
  { name: 'at', type: 'timestamp', role: 'dimension' },
  { name: 'vip', type: 'boolean', role: 'dimension' },
]

const texts: Readonly<Record<string, readonly (string | null)[]>> = {
  会员号: ['a1', ' A1', 'Ａ１', "'b-2", 'b-2 ', '３３', null, '1,234.50', '¥7', '-0.5', '.25', '12.', '1e3'],
  name: ['Li  Lei', ' Li Lei', '王　芳', 'X,Y,Z', 'a-b', null, '𠮷田,b', "O'Neil\\1", 'yes', '否', '100%'],
  手机: ['13800000000', '+86 138-0000-0000', '008613800000000', '８６１３８０００００００１', '12', '1234', 'none', null, '(010)8888.7777'],
  joined: ['2024-03-05', '2024/3/5', '2024年3月5日', '20240305', '5/3/2024', '2024-02-30', ' 2024.1.9 8:30', '2024-03-05T25:00', '2024-3-5 23:59:07', null, '45356'],
} // prettier-ignore
const values: Readonly<Record<string, readonly CellValue[]>> = {
  amount: ['12.30', '0.00', '-5.05', '1234.50', '7.00', null],
  qty: [1, 2, 0, -3, 20240305, 45356, null],
  share: [0.1, 0.5, -2.25, 3, 1, null],
  day: ['2024-03-05', '2023-12-31', '2024-02-29', null],
  at: ['2024-03-05T08:30:00', '2023-12-31T23:59:59', null],
  vip: [true, false, null],
}

export function dirtyRows(random: Random, count: number): CellValue[][] {
  return Array.from({ length: count }, () =>
    dirtyFields.map(({ name }) => random.pick(texts[name] ?? values[name] ?? [null])),
  )
}

type Maker = (random: Random, table: NaiveTable, id: string) => object | undefined

const named = (table: NaiveTable, ...types: FieldType[]): string[] =>
  table.fields
    .filter(({ type }) => types.length === 0 || types.includes(type))
    .map((one) => one.name)

function cellsOf(table: NaiveTable, name: string): CellValue[] {
  const place = table.fields.findIndex((field) => field.name === name)
  return [...new Set(table.rows.map((row) => row.cells[place] ?? null))]
}

function someOf(random: Random, names: readonly string[], most: number): string[] {
  return random.shuffle([...names]).slice(0, 1 + Math.floor(random.next() * most))
}

/** Values as a recipe writes them: decimals as numbers. */
const plain = (value: CellValue, type: FieldType | undefined): CellValue =>
  type === 'decimal' && value !== null ? Number(value) : value

function filterOn(random: Random, table: NaiveTable): RowFilter {
  const field = random.pick(named(table))
  const type = table.fields.find(({ name }) => name === field)?.type
  const cells = cellsOf(table, field)
  const pick = (): CellValue => plain(cells.length === 0 ? null : random.pick(cells), type)
  const choice = Math.floor(random.next() * 4)
  if (choice === 0) return { field, op: random.pick(['blank', 'notBlank'] as const) }
  if (choice === 1 && type === 'text') {
    return { field, op: random.pick(['contains', 'notContains', 'startsWith'] as const), text: random.pick(['a', 'Li', '1', '-', '%', "'"]) } // prettier-ignore
  }
  const bound = pick()
  if (
    choice === 2 &&
    type !== 'boolean' &&
    type !== 'timestamp' &&
    bound !== null &&
    typeof bound !== 'boolean'
  ) {
    const edge = random.chance(0.5) ? { from: bound, excludeFrom: true } : { to: bound }
    return { field, op: 'range', ...edge }
  }
  return { field, op: random.pick(['in', 'notIn'] as const), values: [pick(), pick()] }
}

const condition = (random: Random, table: NaiveTable) => ({
  match: random.pick(['all', 'any'] as const),
  filters: Array.from({ length: 1 + Math.floor(random.next() * 2) }, () => filterOn(random, table)),
})

const targets: Readonly<Record<FieldType, readonly FieldType[]>> = {
  text: ['integer', 'decimal', 'double', 'boolean', 'date', 'timestamp', 'text'],
  integer: ['text', 'decimal', 'double', 'boolean', 'date'],
  decimal: ['text', 'integer', 'decimal', 'double', 'boolean'],
  double: ['text', 'integer', 'decimal', 'boolean'],
  boolean: ['text', 'integer', 'decimal', 'double'],
  date: ['text', 'timestamp'],
  timestamp: ['text', 'date'],
}

const makers: Readonly<Record<string, Maker>> = {
  rename: (random, table, id) => ({ names: [{ field: random.pick(named(table)), to: `renamed ${id}` }] }),
  remove: (random, table) => (table.fields.length < 5 ? undefined : { fields: [random.pick(named(table))] }),
  type: (random, table) => {
    const field = random.pick(table.fields)
    const to = random.pick(targets[field.type])
    const order = random.pick([undefined, 'dayFirst', 'monthFirst'])
    return { field: field.name, to, ...(to === 'decimal' ? { scale: Math.floor(random.next() * 4) } : {}), ...(order ? { dateOrder: order } : {}) }
  },
  normalise: (random, table) => {
    const fields = someOf(random, named(table, 'text'), 2)
    const step = { width: random.pick([undefined, 'half']), space: random.pick([undefined, 'ends', 'single', 'none']), form: random.pick([undefined, 'phone', 'id']), case: random.pick([undefined, 'upper', 'lower']) }
    return fields.length === 0 ? undefined : { fields, ...Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)) }
  },
  replace: (random, table) => {
    const part = random.chance(0.4)
    const field = random.pick(named(table, ...(part ? ['text' as const] : [])))
    const type = table.fields.find(({ name }) => name === field)?.type
    const cells = type === 'decimal' || type === 'double' ? [] : cellsOf(table, field)
    if (part) return { field, match: 'part', pairs: [{ find: random.pick(['a', ' ', '-', '1']), with: random.pick(['', 'z', "'"]) }, { find: 'z', with: 'yy' }] }
    if (cells.length === 0) return undefined
    return { field, match: 'whole', pairs: [{ find: random.pick(cells), with: random.pick(cells) }, { find: random.pick(cells), with: null }] }
  },
  map: (random, table, id) => {
    const field = random.pick(named(table, 'text', 'integer', 'boolean'))
    const [day] = named(table, 'date')
    const cells = cellsOf(table, field).filter((cell) => cell !== null).map(String).filter((cell) => cell !== '')
    const entries = cells.slice(0, 3).flatMap((from, index): object[] =>
      index === 0 && day !== undefined
        ? [{ from, to: 'old', validTo: '2023-12-31' }, { from, to: 'new', validFrom: '2024-01-01' }]
        : [{ from, to: index === 1 ? null : `to ${index}` }],
    )
    if (entries.length === 0) return undefined
    return { field, entries, otherwise: random.pick(['keep', 'blank']), ...(day === undefined ? {} : { dateField: day }), ...(random.chance(0.5) ? { into: `mapped ${id}` } : {}) }
  },
  fill: (random, table) => {
    if (random.chance(0.5)) return { fields: someOf(random, named(table), 3), with: { kind: 'above' } }
    const field = random.pick(named(table, 'text', 'integer', 'date', 'boolean'))
    const constant = { text: '无', integer: 7, date: '2024-01-01', boolean: true } as const
    const type = table.fields.find(({ name }) => name === field)?.type as keyof typeof constant
    return { fields: [field], with: { kind: 'value', value: constant[type] } }
  },
  split: (random, table, id) => {
    const field = random.pick(named(table, 'text'))
    const into = ['x', 'y', 'z'].map((name) => `${name} ${id}`)
    const by = random.chance(0.5) ? { kind: 'delimiter', text: random.pick([',', '-', ' ']) } : { kind: 'position', at: [1, 3] }
    return { field, by, into, keep: random.chance(0.5) }
  },
  merge: (random, table, id) => {
    const fields = someOf(random, named(table, 'text', 'integer', 'decimal', 'date', 'timestamp', 'boolean'), 3)
    return fields.length < 2 ? undefined : { fields, into: `merged ${id}`, separator: random.pick(['', '-', ', ']), keep: random.chance(0.5) }
  },
  filter: (random, table) => ({ when: condition(random, table), rows: random.pick(['keep', 'drop']) }),
  dedupe: (random, table) => ({ keys: someOf(random, named(table), 2), keep: random.pick(['first', 'last']), ...(random.chance(0.5) ? { by: random.pick(named(table, 'text', 'integer', 'decimal', 'date')) } : {}) }),
  unpivot: (random, table, id) => {
    const fields = someOf(random, named(table, 'integer', 'decimal', 'date', 'timestamp', 'text'), 3)
    if (table.rows.length > 200 || table.fields.length - fields.length < 1) return undefined
    return { fields, nameInto: `name ${id}`, valueInto: `value ${id}`, keepBlanks: random.chance(0.3) }
  },
  classify: (random, table, id) => ({ into: `class ${id}`, classes: { rules: [{ when: condition(random, table), name: 'first' }, { when: condition(random, table), name: 'second' }], otherwise: random.pick([null, 'rest']) } }),
} // prettier-ignore

/** Undefined when the kind does not suit the table. */
export function randomStep(random: Random, table: NaiveTable, id: string): RecipeStep | undefined {
  const kind = random.pick(Object.keys(makers))
  try {
    const made = makers[kind]?.(random, table, id)
    return made && StepSchema.parse({ id, kind, ...made })
  } catch {
    // Nothing to pick from: another kind is tried.
    return undefined
  }
}
