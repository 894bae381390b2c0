/** The questions of `levels-bench.ts`, and the SQL people would write for them on one plain table. */
import { othersMember } from '../../shared/data/cell-value.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'

/** How an engine names the parts of a date; everything else both engines write alike. */
interface Dates {
  readonly month: string
  readonly quarter: string
  /** Months since year 0. */
  readonly monthIndex: string
}

const inDuckdb: Dates = {
  month: `strftime(sold_at, '%Y-%m')`,
  quarter: `year(sold_at) || '-Q' || quarter(sold_at)`,
  monthIndex: `year(sold_at) * 12 + month(sold_at)`,
}
const inSqlite: Dates = {
  month: `substr(sold_at, 1, 7)`,
  quarter: `substr(sold_at, 1, 4) || '-Q' || ((substr(sold_at, 6, 2) + 2) / 3)`,
  monthIndex: `substr(sold_at, 1, 4) * 12 + substr(sold_at, 6, 2)`,
}

export interface LevelQuestion {
  readonly name: string
  /** `as` names the measure: a new name makes a new question for the cache and the same SQL for the engine. */
  readonly ask: (as: string) => readonly ReportQueryInput[]
  /** Statements in sequence; the first answers the first query. */
  readonly obvious: readonly string[]
  /** The same without grouping sets, dates in texts. */
  readonly sqlite: readonly string[]
}

const levels = ['category, subcategory, q', 'category, q', 'q', 'category, subcategory', 'category', ''] as const // prettier-ignore
const total = 'cast(sum(amount) as double)'

/** One grouped select for each level, as people write it who know that grouping sets are slow with distinct counts. */
function byLevel({ quarter }: Dates, second: string): string {
  const tree = `(select *, ${quarter} as q from sales) as tree`
  return levels
    .map((level) => {
      const has = (name: string): string =>
        level.split(', ').includes(name) ? name : `null as ${name}`
      const columns = ['category', 'subcategory', 'q'].map(has).join(', ')
      const group = level === '' ? '' : ` group by ${level}`
      return `select ${columns}, ${total}, cast(${second} as double) from ${tree}${group}`
    })
    .join(' union all ')
}

const groupingSets = `select category, subcategory, q, ${total}, cast(count(*) as double)
  from (select *, ${inDuckdb.quarter} as q from sales) as tree
  group by grouping sets (${levels.map((level) => `(${level})`).join(', ')})`

const ranked = `select region, customer, s, row_number() over (partition by region order by s desc, customer) as place
   from (select region, customer, sum(amount) as s from sales group by region, customer) as g`
const best = `select region, customer, cast(s as double) from (${ranked}) as r where place <= 20`
/** What `sqlRows` reads as the member of all others. */
const othersName = 'all others'
const bestAndOthers = `select region, case when place <= 20 then customer else '${othersName}' end, cast(sum(s) as double)
  from (${ranked}) as r group by 1, 2`

/** Rows of the obvious SQL with the product's own name for all other members. */
export const sqlRows = (rows: readonly unknown[][]): unknown[][] =>
  rows.map((row) => row.map((value) => (value === othersName ? othersMember : value)))

const yearBefore = ({ month, monthIndex }: Dates): string =>
  `with g as (select region, ${month} as m, ${monthIndex} as i, cast(sum(amount) as double) as s from sales group by 1, 2, 3)
   select now.region, now.m, now.s, before.s from g as now
   left join g as before on before.region = now.region and before.i = now.i - 12`

const sum = (as: string) => ({ field: 'amount', aggregate: 'sum' as const, as })
const tree3 = {
  dataset: 'sales',
  rows: [{ field: 'category' }, { field: 'subcategory' }],
  columns: [{ field: 'sold_at', grain: 'quarter' as const }],
  totals: { rows: 'all' as const, columns: 'all' as const },
}
const regionMonth = {
  dataset: 'sales',
  rows: [{ field: 'region' }],
  columns: [{ field: 'sold_at', grain: 'month' as const }],
}
const bestCustomers = (as: string, others: boolean) => ({
  dataset: 'sales',
  rows: [{ field: 'region' }, { field: 'customer', top: { count: 20, measure: as, others } }],
  measures: [sum(as)],
})

interface BlockOf {
  readonly ask: Omit<ReportQueryInput, 'dataset'>
  readonly by: (dates: Dates) => readonly string[]
}

const blocks: readonly BlockOf[] = [
  ...['region', 'store', 'category', 'subcategory', 'channel', 'product'].map((field) => ({
    ask: { rows: [{ field }] },
    by: () => [field],
  })),
  { ask: { rows: [{ field: 'sold_at', grain: 'month' }] }, by: ({ month }) => [month] },
  { ask: { rows: [{ field: 'sold_at', grain: 'quarter' }], columns: [{ field: 'channel' }] }, by: ({ quarter }) => [quarter, 'channel'] },
  { ask: { rows: [{ field: 'region' }], columns: [{ field: 'category' }] }, by: () => ['region', 'category'] },
  { ask: { rows: [{ field: 'channel' }], columns: [{ field: 'category' }] }, by: () => ['channel', 'category'] },
  { ask: { rows: [{ field: 'store' }], columns: [{ field: 'channel' }] }, by: () => ['store', 'channel'] },
  { ask: {}, by: () => [] },
] // prettier-ignore

const blockSql = (dates: Dates): string[] =>
  blocks.map(({ by }) => {
    const names = by(dates)
    const group = names.length === 0 ? '' : ` group by ${names.map((_, i) => i + 1).join(', ')}`
    return `select ${[...names, total].join(', ')} from sales where region <> 'region 5'${group}`
  })

export const levelQuestions: readonly LevelQuestion[] = [
  {
    name: 'region × month',
    ask: (as) => [{ ...regionMonth, measures: [sum(as)] }],
    obvious: [`select region, ${inDuckdb.month}, ${total} from sales group by 1, 2`],
    sqlite: [`select region, ${inSqlite.month}, ${total} from sales group by 1, 2`],
  },
  {
    name: 'three levels, exact distinct customers, all totals',
    ask: (as) => [
      {
        ...tree3,
        measures: [sum(as), { field: 'customer', aggregate: 'countDistinct', as: `${as} customers` }],
      },
    ], // prettier-ignore
    obvious: [byLevel(inDuckdb, 'count(distinct customer)')],
    sqlite: [byLevel(inSqlite, 'count(distinct customer)')],
  },
  {
    name: 'three levels, additive, all totals',
    ask: (as) => [{ ...tree3, measures: [sum(as), { aggregate: 'count', as: `${as} rows` }] }],
    obvious: [groupingSets],
    sqlite: [byLevel(inSqlite, 'count(*)')],
  },
  {
    name: 'category drilled to stores',
    ask: (as) => [
      { dataset: 'sales', rows: [{ field: 'store' }], measures: [sum(as)], filters: [{ field: 'category', op: 'in', values: ['category 3'] }] },
    ],
    obvious: [`select store, ${total} from sales where category = 'category 3' group by store`],
    sqlite: [`select store, ${total} from sales where category = 'category 3' group by store`],
  },
  {
    name: 'top 20 customers per region',
    ask: (as) => [bestCustomers(as, false)],
    obvious: [best],
    sqlite: [best],
  },
  {
    name: 'top 20 customers per region, with Others',
    ask: (as) => [bestCustomers(as, true)],
    obvious: [bestAndOthers],
    sqlite: [bestAndOthers],
  },
  {
    name: 'region × month beside the year before',
    ask: (as) => {
      const before = { field: 'sold_at', with: { with: 'year' as const } }
      return [{ ...regionMonth, measures: [sum(as), { ...sum(`${as} before`), compare: before }] }]
    },
    obvious: [yearBefore(inDuckdb)],
    sqlite: [yearBefore(inSqlite)],
  },
  {
    name: 'twelve blocks after one filter',
    ask: (as) =>
      blocks.map(({ ask }) => ({
        ...ask,
        dataset: 'sales',
        measures: [sum(as)],
        filters: [{ field: 'region', op: 'notIn', values: ['region 5'] }],
      })),
    obvious: blockSql(inDuckdb),
    sqlite: blockSql(inSqlite),
  },
] // prettier-ignore
