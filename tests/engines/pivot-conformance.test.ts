import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Field } from '../../shared/data/field.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import { RowLists } from '../../electron/engine/query/row-lists.ts'
import { engine, extractEngine, liveEngine, plainCells } from '../support/query-engines.ts'
import type { TestedEngine } from '../support/query-engines.ts'
import type { Row } from '../support/reference-pivot.ts'
import { referencePivot } from '../support/reference-pivot.ts'
import { clickhouseEngine, postgresEngine } from '../support/server-engines.ts'
import type { ClickHouseServer } from '../support/servers/clickhouse-servers.ts'
import {
  hasModernClickHouse,
  hasOldClickHouse,
  startModernClickHouse,
  startOldClickHouse,
} from '../support/servers/clickhouse-servers.ts'
import type { PostgresServer } from '../support/servers/postgres-servers.ts'
import { hasPostgres, startPostgres } from '../support/servers/postgres-servers.ts'
import { tempFolder } from '../support/temp-folder.ts'

const fields: readonly Field[] = [
  { name: 'region', type: 'text', role: 'dimension' },
  { name: 'shop "1"', type: 'text', role: 'dimension' },
  { name: 'member', type: 'text', role: 'identifier' },
  { name: 'sold_at', type: 'date', role: 'dimension' },
  { name: 'paid_at', type: 'timestamp', role: 'dimension' },
  { name: 'amount', type: 'decimal', role: 'measure', scale: 2 },
  { name: 'quantity', type: 'integer', role: 'measure' },
  { name: 'weight', type: 'double', role: 'measure' },
  { name: 'online', type: 'boolean', role: 'dimension' },
]
const lastDay = '2025-12-31'

const orBlank = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null, freq: 6 })
const day = fc
  .integer({ min: 0, max: 1095 })
  .map((n) => new Date(Date.UTC(2023, 0, 1) + n * 86_400_000).toISOString().slice(0, 10))
const clock = fc
  .integer({ min: 0, max: 86_399 })
  .map((n) => new Date(n * 1000).toISOString().slice(11, 19))

const row: fc.Arbitrary<Row> = fc.record({
  region: orBlank(fc.constantFrom('华东', '华南', 'North', 'Éast', "O'Hara", '店2', '店10')),
  'shop "1"': orBlank(fc.constantFrom('A', 'B', 'a', '北京')),
  member: orBlank(fc.constantFrom('001', '002', '003', '0004', '5')),
  sold_at: orBlank(day),
  paid_at: orBlank(fc.tuple(day, clock).map(([d, t]) => `${d}T${t}`)),
  amount: orBlank(fc.integer({ min: -100_000, max: 1_000_000 }).map((cents) => cents / 100)),
  quantity: orBlank(fc.integer({ min: -5, max: 40 })),
  weight: orBlank(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((n) => n / 1024)),
  online: orBlank(fc.boolean()),
})

const axisField = fc.oneof(
  fc.record({
    field: fc.constantFrom('region', 'shop "1"', 'member', 'online', 'quantity', 'amount'),
  }),
  fc.record({
    field: fc.constantFrom('sold_at', 'paid_at'),
    grain: fc.constantFrom(
      'year',
      'quarter',
      'month',
      'week',
      'day',
      'quarterOfYear',
      'monthOfYear',
      'dayOfMonth',
      'dayOfWeek',
    ),
  }),
  fc.record({ field: fc.constant('paid_at'), grain: fc.constantFrom('hour', 'hourOfDay') }),
)

const measures = [
  { field: 'amount', aggregate: 'sum', as: 'sales' },
  { aggregate: 'count', as: 'lines' },
  { field: 'member', aggregate: 'countDistinct', as: 'members' },
  { field: 'member', aggregate: 'countDistinctWithBlank', as: 'members2' },
  { field: 'quantity', aggregate: 'countDistinct', as: 'quantities' },
  { field: 'amount', aggregate: 'average', as: 'mean' },
  { field: 'weight', aggregate: 'sum', as: 'weight' },
  { field: 'weight', aggregate: 'average', as: 'meanWeight' },
  { field: 'amount', aggregate: 'median', as: 'middle' },
  { field: 'quantity', aggregate: 'min', as: 'least' },
  { field: 'amount', aggregate: 'max', as: 'most' },
  { field: 'sold_at', aggregate: 'max', as: 'last' },
  { field: 'paid_at', aggregate: 'min', as: 'first' },
] as const

const filter = fc.oneof(
  fc.record({
    field: fc.constant('region'),
    op: fc.constantFrom('in', 'notIn'),
    values: fc.subarray(['华东', 'North', "O'Hara", null, 'nobody']),
  }),
  fc.record({
    field: fc.constant('sold_at'),
    grain: fc.constantFrom('month'),
    op: fc.constant('in'),
    values: fc.subarray(['2024-01', '2025-06', null]),
  }),
  fc.record({
    field: fc.constantFrom('amount', 'quantity'),
    op: fc.constant('range'),
    from: fc.constantFrom(-3, 0, 12.5),
    to: fc.constantFrom(20, 900.25),
  }),
  fc.record({
    field: fc.constant('sold_at'),
    op: fc.constant('range'),
    from: fc.constant('2023-06-01'),
    to: fc.constant('2025-06-30'),
  }),
  fc.record({
    field: fc.constant('paid_at'),
    op: fc.constant('range'),
    to: fc.constant('2024-12-31'),
  }),
  fc.record({
    field: fc.constantFrom('region', 'shop "1"'),
    op: fc.constantFrom('contains', 'notContains', 'startsWith'),
    text: fc.constantFrom('o', 'É', '店', 'a', '%'),
    ignoreCase: fc.boolean(),
  }),
  fc.record({
    field: fc.constantFrom('member', 'weight', 'sold_at'),
    op: fc.constantFrom('blank', 'notBlank'),
  }),
  fc.record({
    field: fc.constant('sold_at'),
    op: fc.constant('relative'),
    span: fc.constant('toDate'),
    unit: fc.constantFrom('month', 'year'),
  }),
)

/** Measures of the later kinds, each to be shown as something besides. */
const laterMeasures = [
  { field: 'amount', aggregate: 'percentile', percent: 90, as: 'p90' },
  { field: 'amount', aggregate: 'weightedAverage', weight: 'quantity', as: 'weighted' },
  { field: 'weight', aggregate: 'weightedAverage', weight: 'amount', as: 'weighted2' },
  { field: 'amount', aggregate: 'closing', over: 'sold_at', per: 'member', as: 'closing' },
  { field: 'quantity', aggregate: 'opening', over: 'paid_at', as: 'opening' },
  { field: 'weight', aggregate: 'closing', over: 'sold_at', as: 'closing2' },
] as const

const axisName = fc.constantFrom('rows' as const, 'columns' as const)
const place = fc.record({ axis: axisName, level: fc.constantFrom(0, 0, 1) })
const show = fc.oneof(
  fc.record({
    as: fc.constant('percent'),
    of: fc.constantFrom('grand', 'row', 'column', 'parentRow', 'parentColumn'),
  }),
  fc.record({ as: fc.constant('percentOfParent'), field: place }),
  fc.record({ as: fc.constant('index') }),
  fc.record({
    as: fc.constantFrom('difference', 'percentDifference'),
    field: place,
    from: fc.constantFrom('previous', 'next', { member: '华东' }, { member: null }),
  }),
  fc.record({
    as: fc.constantFrom('runningTotal', 'percentRunningTotal', 'movingAverage'),
    axis: axisName,
    reset: fc.oneof(
      fc.constantFrom('none', 'highest', 'lowest'),
      place.map((field) => ({ field })),
    ),
    order: fc.constantFrom('forward', 'backward'),
    blanks: fc.constantFrom('first', 'last'),
    window: fc.constantFrom(2, 3),
  }),
  fc.record({
    as: fc.constant('rank'),
    axis: axisName,
    direction: fc.constantFrom('ascending', 'descending'),
    ties: fc.constantFrom('skip', 'dense'),
    within: fc.constantFrom('parent', 'all'),
  }),
)
type Shown = Record<string, unknown>

/** What may be asked beside: the measure is told whether a named field of an edge is there at all. */
const beside = fc.record({
  show: fc.option(show),
  totals: fc.option(
    fc.record(
      {
        rows: fc.constantFrom('sum', 'average', 'min', 'max'),
        columns: fc.constantFrom('sum', 'average', 'min', 'max'),
      },
      { requiredKeys: [] },
    ),
  ),
  hidden: fc.constantFrom(false, false, false, true),
  blankAs: fc.constantFrom(undefined, undefined, 'zero'),
})

/** Questions of the second stage: shown as, totals of shown numbers, Others, sorts in a column, items without a second child. */
const stagedQuery: fc.Arbitrary<ReportQueryInput> = fc
  .record({
    asked: fc.record({
      rows: fc.array(axisField, { minLength: 1, maxLength: 3 }),
      columns: fc.array(axisField, { maxLength: 2 }),
      filters: fc.array(filter, { maxLength: 1 }),
    }),
    measures: fc.subarray([...measures.slice(0, 10), ...laterMeasures], {
      minLength: 1,
      maxLength: 3,
    }),
    besides: fc.array(beside, { minLength: 3, maxLength: 3 }),
    totals: fc.record({
      rows: fc.constantFrom('none', 'grand', 'all'),
      columns: fc.constantFrom('none', 'grand', 'all'),
      singles: fc.constantFrom(undefined, 'hide'),
    }),
    tops: fc.array(
      fc.option(fc.record({ count: fc.integer({ min: 1, max: 3 }), others: fc.boolean() })),
      {
        minLength: 4,
        maxLength: 4,
      },
    ),
    sort: fc.constantFrom('none', 'measure', 'list', 'label'),
    atMember: fc.constantFrom(undefined, '华东', 'A', null),
    which: fc.nat(7),
  })
  .map(({ asked, measures: some, besides, totals, tops, sort, atMember, which }) => {
    const exists = ({ axis, level }: { axis: 'rows' | 'columns'; level: number }): boolean =>
      asked[axis].length > level
    const fitting = (one: Shown | null): Shown | undefined => {
      if (!one) return undefined
      const reset = one['reset'] as { field?: never } | string | undefined
      const named = one['field'] ?? (typeof reset === 'object' ? reset.field : undefined)
      return named === undefined || exists(named as never) ? one : undefined
    }
    const dressed = some.map((measure, index) => {
      const { show: as, totals: second, hidden, blankAs } = besides[index]!
      return {
        ...measure,
        ...{ show: fitting(as), totals: second ?? undefined, blankAs },
        hidden: hidden && index > 0 ? true : undefined,
      }
    })
    const name = some[which % some.length]!.as
    const at = atMember === undefined ? undefined : [atMember]
    const sorted = (across: number): object | undefined =>
      sort === 'measure'
        ? { by: 'measure', measure: name, direction: 'descending', at: across > 0 ? at : undefined }
        : sort === 'list'
          ? { by: 'list', members: ['North', '2024', 'B', 3, '华东'] }
          : sort === 'label'
            ? { by: 'label', direction: 'descending' }
            : undefined
    const dress = (offset: number, across: number) => (use: object, index: number) => ({
      ...use,
      sort: sorted(across),
      top: tops[offset + index] ? { ...tops[offset + index], measure: name } : undefined,
    })
    const json = JSON.stringify({
      dataset: 'sales',
      ...asked,
      rows: asked.rows.map(dress(0, asked.columns.length)),
      columns: asked.columns.map(dress(2, asked.rows.length)),
      measures: dressed,
      totals,
    })
    return JSON.parse(json) as ReportQueryInput
  })

/** Axis fields with a sort or a top-N that names one of the measures asked. */
const query: fc.Arbitrary<ReportQueryInput> = fc
  .record({
    rows: fc.array(axisField, { maxLength: 3 }),
    columns: fc.array(axisField, { maxLength: 2 }),
    measures: fc.subarray([...measures], { minLength: 1 }),
    filters: fc.array(filter, { maxLength: 2 }),
    totals: fc.record({
      rows: fc.constantFrom('none', 'grand', 'all'),
      columns: fc.constantFrom('none', 'grand', 'all'),
    }),
    sort: fc.option(
      fc.record({
        by: fc.constantFrom('label', 'measure'),
        direction: fc.constantFrom('ascending', 'descending'),
      }),
    ),
    top: fc.option(
      fc.record({
        count: fc.integer({ min: 1, max: 3 }),
        direction: fc.constantFrom('highest', 'lowest'),
      }),
    ),
    which: fc.nat(7),
  })
  .map(({ sort, top, which, ...asked }) => {
    const numeric = asked.measures.filter(({ as }) => as !== 'last' && as !== 'first')
    const name = numeric[which % Math.max(1, numeric.length)]?.as
    const dress = (use: object, index: number): object => ({
      ...use,
      ...(sort && index === which % 3
        ? { sort: sort.by === 'label' ? sort : name ? { ...sort, measure: name } : undefined }
        : {}),
      ...(top && name && index === which % 2 ? { top: { ...top, measure: name } } : {}),
    })
    return {
      dataset: 'sales',
      ...asked,
      rows: asked.rows.map(dress),
      columns: asked.columns.map(dress),
    } as ReportQueryInput
  })

function expectClose(actual: unknown, expected: unknown, where: string): void {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const slack = 1e-9 * Math.max(1, Math.abs(expected))
    if (Math.abs(actual - expected) <= slack) return
  }
  expect(actual, where).toEqual(expected)
}

async function compare(
  engine: TestedEngine,
  asked: ReportQueryInput,
  rows: readonly Row[],
): Promise<void> {
  const expected = referencePivot(ReportQuery.parse(asked), fields, rows, lastDay)
  const outcome = await engine.ask(asked)
  if (!outcome.ok) throw new Error(`${engine.name}: ${JSON.stringify(outcome.error)}`)
  expect(outcome.value.rows.paths, `${engine.name} rows`).toEqual(expected.rows)
  expect(outcome.value.columns.paths, `${engine.name} columns`).toEqual(expected.columns)
  expect(outcome.value.baseRows).toBe(expected.baseRows)
  const cells = plainCells(outcome.value)
  expected.cells.forEach((line, r) =>
    line.forEach((cell, c) =>
      cell.forEach((value, m) =>
        expectClose(cells[r]?.[c]?.[m], value, `${engine.name} cell ${r},${c},${m}`),
      ),
    ),
  )
}

/** A dataset is made once and asked many questions: opening an engine costs more than answering. */
async function askMany(
  open: (folder: string, rows: readonly Row[]) => Promise<TestedEngine> | TestedEngine,
  seed: number,
  questions = query,
  numRuns = 60,
): Promise<void> {
  const folder = tempFolder()
  const sets = fc.sample(fc.array(row, { minLength: 1, maxLength: 80 }), { numRuns: 5, seed })
  for (const rows of [[], ...sets]) {
    const engine = await open(folder, rows)
    await fc.assert(
      fc.asyncProperty(questions, (asked) => compare(engine, asked, rows)),
      { numRuns },
    )
  }
}

/** Shops by code: one has no region, one is never sold at, and the codes 'a' and '北京' have no shop. */
const shopFields: readonly Field[] = [
  { name: 'code', type: 'text', role: 'identifier' },
  { name: 'zone', type: 'text', role: 'dimension' },
  { name: 'opened', type: 'date', role: 'dimension' },
]
const shopRows: readonly Row[] = [
  { code: 'A', zone: '东', opened: '2020-02-29' },
  { code: 'Z', zone: '西', opened: '2021-01-01' },
  { code: 'B', zone: null, opened: null },
]

/** The same rows with the shop's fields written beside, for the reference. */
function joined(rows: readonly Row[]): Row[] {
  return rows.map((row) => {
    const shop = shopRows.find((candidate) => candidate['code'] === row['shop "1"'])
    return {
      ...row,
      'shops.zone': shop?.['zone'] ?? null,
      'shops.opened': shop?.['opened'] ?? null,
    }
  })
}

describe('related datasets', () => {
  it('fields of the one side group, filter and count rows of the many side, orphans as blank', async () => {
    const folder = tempFolder()
    const rows = joined(fc.sample(row, { numRuns: 80, seed: 5 }))
    const related = { key: 'shop "1"', fields: shopFields, rows: shopRows }
    const engine = await extractEngine(folder, fields, rows, lastDay, related)
    const all = [
      ...fields,
      ...shopFields.map((field) => ({ ...field, name: `shops.${field.name}` })),
    ]
    const questions: ReportQueryInput[] = [
      {
        dataset: 'sales',
        rows: [{ field: 'shops.zone' }],
        measures: [...measures.slice(0, 4)],
        totals: { rows: 'all' },
      },
      {
        dataset: 'sales',
        rows: [{ field: 'shops.opened', grain: 'year' }, { field: 'region' }],
        measures: [{ field: 'shops.zone', aggregate: 'countDistinct', as: 'zones' }, measures[0]],
        totals: { rows: 'all' },
      },
      { dataset: 'ds_sales00', columns: [{ field: 'ds_shops00.zone' }], measures: [measures[8]] },
      {
        dataset: 'sales',
        rows: [{ field: 'region', top: { count: 2, measure: 'sales' } }],
        columns: [{ field: 'shops.zone' }],
        measures: [measures[0]],
        totals: { rows: 'grand', columns: 'grand' },
      },
      {
        dataset: 'sales',
        rows: [{ field: 'region' }],
        measures: [measures[0]],
        filters: [{ field: 'shops.zone', op: 'in', values: ['东', null] }],
      },
    ]
    for (const asked of questions) {
      const expected = referencePivot(ReportQuery.parse(rename(asked)), all, rows, lastDay)
      const outcome = await engine.ask(asked)
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
      expect(outcome.value.rows.paths).toEqual(expected.rows)
      expect(plainCells(outcome.value)).toEqual(expected.cells)
    }
  })
})

/** The reference knows the related fields by dataset name only. */
const rename = (asked: ReportQueryInput): ReportQueryInput =>
  JSON.parse(JSON.stringify(asked).replaceAll('ds_shops00.', 'shops.')) as ReportQueryInput

describe.each([
  ['an extract', extractEngine, /^test.csv$/, 1],
  ['live SQLite', liveEngine, /^live-.*sqlite \/ sales$/, 0],
] as const)('rows behind a cell of %s', (_name, openEngine, source, headerRows) => {
  it('are exactly the base rows of any cell, subtotal or total, and add up to it', async () => {
    const folder = tempFolder()
    const rows = fc.sample(row, { numRuns: 120, seed: 3 })
    const engine = await openEngine(folder, fields, rows, lastDay)
    const lists = new RowLists(engine.tools)
    const { signal } = new AbortController()
    await fc.assert(
      fc.asyncProperty(query, fc.nat(1000), async (asked, which) => {
        const parsed = ReportQuery.parse(asked)
        const answer = await engine.ask(asked)
        if (!answer.ok || answer.value.rows.paths.length * answer.value.columns.paths.length === 0)
          return
        const { rows: edge, columns } = answer.value
        const [r, c] = [which % edge.paths.length, which % columns.paths.length]
        const cell = { row: edge.paths[r]!, column: columns.paths[c]! }
        const list = await lists.open(
          { query: parsed, cell, fields: [], sort: [], limit: 500 },
          engine.catalog,
          signal,
        )
        if (!list.ok) throw new Error(JSON.stringify(list.error))
        const cells = plainCells(answer.value)[r]![c]!
        const lines = parsed.measures.findIndex(({ aggregate }) => aggregate === 'count')
        if (lines >= 0) expect(list.value.count).toBe(cells[lines] ?? 0)
        expect(list.value.page.rowIds).toHaveLength(Math.min(500, list.value.count))
        if (list.value.count === 0) return
        list.value.totals.forEach((total, m) => {
          const value = plainCells({
            ...answer.value,
            rows: { ...edge, paths: [[]] },
            columns: { ...columns, paths: [[]] },
            cells: [total],
          })[0]![0]![0]
          expectClose(value, cells[m], `measure ${m}`)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('come in the order asked for, text by the one collator and blanks last', async () => {
    const folder = tempFolder()
    const rows: Row[] = ['店10', null, '华东', '店2', 'North'].map((region, n) => ({
      region,
      quantity: n,
    }))
    const engine = await openEngine(folder, fields, rows, lastDay)
    const list = await new RowLists(engine.tools).open(
      {
        query: ReportQuery.parse({
          dataset: 'sales',
          measures: [{ field: 'quantity', aggregate: 'sum' }],
        }),
        fields: ['region', 'quantity'],
        sort: [{ field: 'region', direction: 'ascending' }],
        limit: 10,
      },
      engine.catalog,
      new AbortController().signal,
    )
    if (!list.ok) throw new Error(JSON.stringify(list.error))
    expect(list.value.page.columns[0]?.values).toEqual(['店2', '店10', '华东', 'North', null])
    expect(list.value.page.sources[0]).toMatch(source)
    const places = [4, 1, 3, 5, 2].map((place) => place + headerRows)
    expect([...list.value.page.sourceRows]).toEqual(places)
    expect(list.value.count).toBe(5)
  })
})

describe('random questions over random rows', () => {
  it.each([11, 12])('extract engine equals the naive reference, rows of seed %i', async (seed) => {
    await askMany((folder, rows) => extractEngine(folder, fields, rows, lastDay), seed)
  })

  it('an extract whose bit strings must fit into 20 bytes equals the naive reference', async () => {
    await askMany(
      async (folder, rows) => {
        const made = await extractEngine(folder, fields, rows, lastDay)
        return engine('cramped extract', made.catalog, made.tools.runner, 20)
      },
      13,
      query,
      20,
    )
  })

  it.each([11, 12])('live SQLite equals the naive reference, rows of seed %i', async (seed) => {
    await askMany((folder, rows) => liveEngine(folder, fields, rows, lastDay), seed)
  })
})

describe('random questions of the second stage over random rows', () => {
  it.each([21, 22])('extract engine equals the naive reference, rows of seed %i', async (seed) => {
    await askMany((folder, rows) => extractEngine(folder, fields, rows, lastDay), seed, stagedQuery)
  })

  it.each([21, 22])('live SQLite equals the naive reference, rows of seed %i', async (seed) => {
    await askMany((folder, rows) => liveEngine(folder, fields, rows, lastDay), seed, stagedQuery)
  })
})

const anything = fc.oneof(query, stagedQuery)
/** What a server without names for selects is asked: no balances. */
describe.skipIf(!hasPostgres)('random questions asked of PostgreSQL', () => {
  let servers: PostgresServer[] = []
  beforeAll(async () => {
    servers = await Promise.all([startPostgres(), startPostgres()])
  })
  afterAll(() => Promise.all(servers.map((server) => server.stop())))

  it.each([1, 2])('%i server(s) equal the naive reference', async (count) => {
    const make = postgresEngine(servers[0]!, count === 2 ? servers[1] : undefined)
    await askMany((_folder, rows) => make(fields, rows, lastDay), 10 + count, anything, 60 / count)
  })
})

describe.skipIf(!hasOldClickHouse)('random questions asked of an old ClickHouse', () => {
  let servers: readonly ClickHouseServer[] = []
  beforeAll(async () => {
    servers = await startOldClickHouse()
  })
  afterAll(() => Promise.all(servers.map((server) => server.stop())))

  it.each([1, 2])('%i server(s) equal the naive reference', async (count) => {
    const make = clickhouseEngine(
      'old clickhouse',
      servers[0]!,
      count === 2 ? servers[1] : undefined,
    )
    await askMany((_folder, rows) => make(fields, rows, lastDay), 10 + count, anything, 20 / count)
  })
})

describe.skipIf(!hasModernClickHouse)('random questions asked of a modern ClickHouse', () => {
  let server: ClickHouseServer | undefined
  beforeAll(async () => {
    server = await startModernClickHouse()
  })
  afterAll(() => server?.stop())

  it('equal the naive reference', async () => {
    const make = clickhouseEngine('modern clickhouse', server!)
    await askMany((_folder, rows) => make(fields, rows, lastDay), 12, anything, 12)
  })
})
