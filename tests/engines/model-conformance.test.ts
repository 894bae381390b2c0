/** Random models of two fact tables and up to three hops, composite keys, orphans and blanks, held to the plainest join. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowLists } from '../../electron/engine/query/row-lists.ts'
import { resolveParts } from '../../electron/engine/query/resolve-parts.ts'
import type { Field } from '../../shared/data/field.ts'
import type { Measure, ReportQueryInput } from '../../shared/query/report-query.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import { extractModel, flattened, liveModel } from '../support/model-engines.ts'
import type { Model } from '../support/model-engines.ts'
import { plainCells } from '../support/query-engines.ts'
import type { TestedEngine } from '../support/query-engines.ts'
import type { Row } from '../support/reference-pivot.ts'
import { homeField, referencePivot } from '../support/reference-pivot.ts'
import { tempFolder } from '../support/temp-folder.ts'

const text = (name: string): Field => ({ name, type: 'text', role: 'dimension' })
const whole = (name: string): Field => ({ name, type: 'integer', role: 'measure' })
const money = (name: string): Field => ({ name, type: 'decimal', role: 'measure', scale: 2 })
const date = (name: string): Field => ({ name, type: 'date', role: 'dimension' })

const fieldsOf = {
  sales: [text('member'), whole('product'), date('day'), money('amount'), whole('quantity')],
  points: [text('member'), text('kind'), date('day'), whole('points')],
  members: [text('id'), text('level'), text('city'), text('street'), money('limit')],
  shops: [text('town'), text('road'), text('zone'), whole('area')],
  zones: [text('name'), text('country')],
  products: [whole('code'), text('brand')],
} satisfies Record<string, readonly Field[]>
type Table = keyof typeof fieldsOf
const names = Object.keys(fieldsOf) as Table[]

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null, freq: 5 })
const one = (...values: string[]): fc.Arbitrary<string | null> => maybe(fc.constantFrom(...values))
const anyDay = one('2025-01-31', '2025-02-01', '2025-12-31', '2024-06-15')
const cents = maybe(fc.integer({ min: -9999, max: 99_999 }).map((n) => n / 100))
const count = maybe(fc.integer({ min: -3, max: 30 }))

const rowOf: { readonly [T in Table]: fc.Arbitrary<Row> } = {
  sales: fc.record({
    member: one('m1', 'm2', 'm3', 'm4', '会员5', 'gone'),
    product: maybe(fc.integer({ min: 1, max: 5 })),
    ...{ day: anyDay, amount: cents, quantity: count },
  }),
  points: fc.record({
    member: one('m1', 'm3', 'm4', '会员5', 'lost'),
    kind: one('gift', '消费'),
    ...{ day: anyDay, points: count },
  }),
  members: fc.record({
    id: one('m1', 'm2', 'm3', 'm4', '会员5', 'unseen'),
    level: one('金', '银'),
    city: one('上海', '北京', '苏州'),
    street: one('1', '2', '10'),
    limit: cents,
  }),
  shops: fc.record({
    town: one('上海', '北京', '杭州'),
    road: one('1', '2', '10'),
    zone: one('东', '西', '北'),
    area: count,
  }),
  zones: fc.record({ name: one('东', '西', '南'), country: one('CN', 'cn') }),
  products: fc.record({ code: maybe(fc.integer({ min: 1, max: 4 })), brand: one('A', 'a', '乙') }),
}

const links: Model['links'] = [
  { from: 'sales', fromFields: ['member'], to: 'members', toFields: ['id'] },
  { from: 'points', fromFields: ['member'], to: 'members', toFields: ['id'] },
  { from: 'members', fromFields: ['city', 'street'], to: 'shops', toFields: ['town', 'road'] },
  { from: 'shops', fromFields: ['zone'], to: 'zones', toFields: ['name'] },
  { from: 'sales', fromFields: ['product'], to: 'products', toFields: ['code'] },
]
const keysOf = new Map(links.map(({ to, toFields }) => [to, toFields]))

/** The first row of each key stays; rows without a whole key are no partner of any and may repeat. */
function unique(table: Table, rows: readonly Row[]): Row[] {
  const keys = keysOf.get(table)
  const seen = new Set<string>()
  return rows.filter((row) => {
    const key = keys?.map((field) => row[field] ?? null) ?? [null]
    if (key.includes(null)) return true
    const written = JSON.stringify(key)
    return !seen.has(written) && seen.add(written).size > 0
  })
}

const model: fc.Arbitrary<Model> = fc
  .record(
    Object.fromEntries(
      names.map((name) => [
        name,
        fc.array(rowOf[name], { maxLength: name === 'sales' || name === 'points' ? 40 : 8 }),
      ]),
    ) as { [T in Table]: fc.Arbitrary<Row[]> },
  )
  .map((rows) => ({
    tables: names.map((name) => ({ name, fields: fieldsOf[name], rows: unique(name, rows[name]) })),
    links,
  }))

const measures = [
  { field: 'amount', aggregate: 'sum', as: 'sales' },
  { aggregate: 'count', as: 'lines' },
  { field: 'members.id', aggregate: 'countDistinct', as: 'buyers' },
  { field: 'quantity', aggregate: 'average', as: 'mean' },
  { field: 'points.points', aggregate: 'sum', as: 'points' },
  { field: 'points.points', aggregate: 'median', as: 'middle' },
  { field: 'points.kind', aggregate: 'count', as: 'entries' },
  { field: 'points.member', aggregate: 'countDistinctWithBlank', as: 'collectors' },
  { field: 'points.points', aggregate: 'min', as: 'least' },
] as const satisfies readonly Measure[]
const homeOf = (measure: Measure): string =>
  measure.field?.startsWith('points.') === true ? 'points' : 'sales'

/** Fields both fact tables lead to, over one hop, two, and three. */
const shared = fc.constantFrom(
  'members.level',
  'shops.zone',
  'shops.area',
  'zones.country',
  'members.id',
)

const query: fc.Arbitrary<ReportQueryInput> = fc
  .record({
    rows: fc.uniqueArray(shared, { maxLength: 2 }),
    columns: fc.uniqueArray(shared, { maxLength: 1 }),
    measures: fc.subarray([...measures], { minLength: 1 }),
    filter: fc.option(
      fc.oneof(
        fc.record({
          field: fc.constantFrom('shops.zone', 'zones.country'),
          op: fc.constantFrom('in', 'notIn'),
          values: fc.subarray(['东', '西', 'CN', null]),
        }),
        fc.record({
          field: fc.constant('members.level'),
          op: fc.constantFrom('blank', 'notBlank'),
        }),
      ),
    ),
    totals: fc.constantFrom('none', 'grand', 'all'),
    sort: fc.option(
      fc.record({
        by: fc.constant('measure'),
        direction: fc.constantFrom('ascending', 'descending'),
      }),
    ),
    top: fc.option(fc.integer({ min: 1, max: 2 })),
    which: fc.nat(9),
  })
  .map(({ sort, top, which, filter, totals, ...asked }) => {
    const measure = asked.measures[which % asked.measures.length]!.as
    const [first, ...others] = asked.rows.map((field) => ({ field }))
    const led = first && {
      ...first,
      ...(sort ? { sort: { ...sort, measure } } : {}),
      ...(top === null ? {} : { top: { count: top, measure } }),
    }
    return {
      dataset: 'sales',
      rows: led ? [led, ...others] : [],
      columns: asked.columns.map((field) => ({ field })),
      measures: asked.measures,
      filters: filter ? [filter] : [],
      totals: { rows: totals, columns: totals },
    }
  })

/** Every row of the tables asked, once, under full names and under the bare names of `sales`. */
function unionRows(from: Model, homes: ReadonlySet<string>): Row[] {
  return [...homes].flatMap((name) =>
    flattened(from, name).map((row) => {
      const bare = Object.entries(row).map(([key, value]) => [key.replace(/^sales\./, ''), value])
      return { ...Object.fromEntries(bare), [homeField]: name } as Row
    }),
  )
}

const allFields: readonly Field[] = names.flatMap((name) =>
  fieldsOf[name].map((field) => ({
    ...field,
    name: name === 'sales' ? field.name : `${name}.${field.name}`,
  })),
)

function expected(from: Model, asked: ReportQueryInput) {
  const parsed = ReportQuery.parse(asked)
  const homes = new Set(parsed.measures.map(homeOf))
  return referencePivot(parsed, allFields, unionRows(from, homes), '2025-12-31', homeOf)
}

function same(actual: unknown, wanted: unknown, where: string): void {
  if (typeof wanted === 'number' && typeof actual === 'number') {
    const slack = 1e-12 * Math.max(1, Math.abs(wanted))
    if (Math.abs(actual - wanted) <= slack) return
  }
  expect(actual, where).toEqual(wanted)
}

async function compare(engine: TestedEngine, from: Model, asked: ReportQueryInput): Promise<void> {
  const wanted = expected(from, asked)
  const outcome = await engine.ask(asked)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  expect(outcome.value.rows.paths).toEqual(wanted.rows)
  expect(outcome.value.columns.paths).toEqual(wanted.columns)
  expect(outcome.value.baseRows).toBe(wanted.baseRows)
  const cells = plainCells(outcome.value)
  wanted.cells.forEach((line, r) =>
    line.forEach((cell, c) =>
      cell.forEach((value, m) => same(cells[r]?.[c]?.[m], value, `cell ${r},${c},${m}`)),
    ),
  )
}

const engines = [
  ['extracts', extractModel],
  ['live SQLite', liveModel],
] as const

describe.each(engines)('random models on %s', (_name, open) => {
  it.each([3, 4])('answer as the plainest join does, seed %i', async (seed) => {
    const folder = tempFolder()
    for (const made of fc.sample(model, { numRuns: 8, seed })) {
      const engine = await open(folder, made)
      await fc.assert(
        fc.asyncProperty(query, (asked) => compare(engine, made, asked)),
        { numRuns: 40, seed },
      )
    }
  })

  it('list the very rows behind a cell, of each fact table by itself', async () => {
    const folder = tempFolder()
    const [made] = fc.sample(model, { numRuns: 1, seed: 9 })
    const engine = await open(folder, made!)
    const lists = new RowLists(engine.tools)
    await fc.assert(
      fc.asyncProperty(query, fc.nat(99), fc.boolean(), async (asked, which, ofPoints) => {
        const parsed = ReportQuery.parse(asked)
        const answer = await engine.ask(asked)
        if (!answer.ok) throw new Error(JSON.stringify(answer.error))
        const { rows, columns } = answer.value
        if (rows.paths.length * columns.paths.length === 0) return
        const [r, c] = [which % rows.paths.length, which % columns.paths.length]
        const dataset = ofPoints ? 'points' : 'sales'
        const here = parsed.measures.flatMap((measure, m) =>
          homeOf(measure) === dataset ? [m] : [],
        )
        if (here.length === 0) return
        const list = await lists.open(
          {
            query: parsed,
            cell: { row: rows.paths[r]!, column: columns.paths[c]! },
            ...(ofPoints ? { dataset } : {}),
            ...{ fields: [], sort: [], limit: 500 },
          },
          engine.catalog,
          new AbortController().signal,
        )
        if (!list.ok) throw new Error(JSON.stringify(list.error))
        expect(list.value.fields.map(({ name }) => name)).toEqual(
          fieldsOf[dataset].map(({ name }) => name),
        )
        expect(list.value.measures.map(({ name }) => name)).toEqual(
          here.map((m) => parsed.measures[m]!.as),
        )
        const cells = plainCells(answer.value)[r]![c]!
        const entries = here.find((m) => parsed.measures[m]!.aggregate === 'count')
        if (entries !== undefined) expect(list.value.count).toBe(cells[entries] ?? 0)
        if (list.value.count === 0) return
        list.value.totals.forEach((total, place) => {
          const [[[value]]] = plainCells({
            ...answer.value,
            rows: { ...rows, paths: [[]] },
            columns: { ...columns, paths: [[]] },
            cells: [total],
          }) as [[[number | string | null]]]
          same(value, cells[here[place]!], `measure ${place}`)
        })
      }),
      { numRuns: 60, seed: 9 },
    )
  })
})

describe('what a fact table does not reach', () => {
  const rows = (...ids: (string | null)[]): Row[] => ids.map((member) => ({ member }))
  const small: Model = {
    tables: [
      { name: 'sales', fields: fieldsOf.sales, rows: rows('m1', 'm1', 'm1', 'm2') },
      { name: 'points', fields: fieldsOf.points, rows: rows('m1') },
      { name: 'members', fields: fieldsOf.members, rows: [{ id: 'm1' }, { id: 'm2' }] },
    ],
    links: links.slice(0, 2),
  }
  const ask = async (asked: ReportQueryInput) => {
    const engine = await extractModel(tempFolder(), small)
    const parts = resolveParts(ReportQuery.parse(asked), engine.catalog)
    return parts.ok ? null : parts.error.details
  }

  it('is refused for the measure, with the key that would count most often', async () => {
    const limit = { field: 'members.limit', aggregate: 'sum' } as const
    expect(
      await ask({ dataset: 'sales', rows: [{ field: 'day', grain: 'month' }], measures: [limit] }),
    ).toMatchObject({
      ...{ path: 'rows.0', reason: 'fanOutBy', from: 'members', dataset: 'sales' },
      ...{ rows: 3, key: 'm1' },
    })
    expect(await ask({ dataset: 'sales', measures: [limit] })).toBeNull()
  })

  it('is refused where nothing leads there, as a dimension and as a filter', async () => {
    const points = { field: 'points.points', aggregate: 'sum' } as const
    const missing = { reason: 'notRelated', from: 'points', dataset: 'sales' }
    expect(
      await ask({ dataset: 'sales', rows: [{ field: 'product' }], measures: [points] }),
    ).toMatchObject({ ...missing, path: 'rows.0' })
    expect(
      await ask({
        ...{ dataset: 'sales', measures: [points] },
        filters: [{ field: 'product', op: 'notBlank' }],
      }),
    ).toMatchObject({ ...missing, path: 'filters.0' })
  })
})
