/** What changed between two versions of a dataset, in SQL over both extracts; the answer is small whatever they hold. */
import { mainDateField } from '../../../../shared/data/main-date.ts'
import { dictionaryTable, partColumn } from '../../extracts/extract-columns.ts'
import { isNumeric, isTemporal } from '../../../../shared/data/field.ts'
import type { LockedConnection } from '../duckdb/locked-duckdb.ts'
import { openLockedDuckDb } from '../duckdb/locked-duckdb.ts'
import type { CompareOrder, CompareOutcome } from './compare-order.ts'
import type { ComparedField } from './compared-field.ts'
import { aliasOfSide, rowsOf, sharedFields, sides } from './compared-field.ts'

const limits = { keys: 12, measures: 4, periods: 24, dimensions: 12, examples: 5 } as const

type Cells = readonly (readonly unknown[])[]

export async function compareVersions(order: CompareOrder): Promise<CompareOutcome> {
  const { tempFolder, memoryLimitMb, threads } = order
  const extracts = sides.map((side) => ({ alias: aliasOfSide[side], path: order[side].path }))
  const database = await openLockedDuckDb({ extracts, memoryLimitMb, tempFolder, threads })
  const connection = await database.connect()
  try {
    return await new Comparison(connection, order).run()
  } finally {
    connection.close()
    database.close()
  }
}

class Comparison {
  readonly #connection: LockedConnection
  readonly #order: CompareOrder
  readonly #fields: readonly ComparedField[]

  constructor(connection: LockedConnection, order: CompareOrder) {
    this.#connection = connection
    this.#order = order
    this.#fields = sharedFields(order)
  }

  async run(): Promise<CompareOutcome> {
    const key = await this.#key()
    const line = key === null ? this.#line() : []
    const rows = key ? await this.#rows(key) : line.length > 0 ? await this.#lines(line) : null
    return {
      rows,
      ...(rows === null ? { rowsBecause: 'noKey' as const } : {}),
      measures: await this.#measures(),
      members: await this.#members(),
    }
  }

  async #ask(sql: string): Promise<Cells> {
    return (await this.#connection.select(sql)).getRowsJson()
  }

  /** The first identifier, or two fields, that no row of either version repeats or leaves blank. */
  async #key(): Promise<ComparedField[] | null> {
    const identifiers = this.#fields.filter(({ role }) => role === 'identifier')
    const lines = this.#fields.filter(
      ({ role, after }) => role === 'identifier' || after.field.type === 'integer',
    )
    const pairs = identifiers.flatMap((first) =>
      lines.filter((second) => second !== first).map((second) => [first, second]),
    )
    const candidates = [...identifiers.map((one) => [one]), ...pairs]
    for (const candidate of candidates.slice(0, limits.keys)) {
      if (await this.#isKey(candidate)) return candidate
    }
    return null
  }

  async #isKey(fields: readonly ComparedField[]): Promise<boolean> {
    const names = fields.map((_, place) => `f${place}`)
    const blank = names.map((name) => `${name} is null`).join(' or ')
    for (const side of sides) {
      const found = await this.#ask(
        `select 1 from (${rowsOf(side, fields)}) group by ${names.join(', ')}
           having count(*) > 1 or bool_or(${blank}) limit 1`,
      )
      if (found.length > 0) return false
    }
    return true
  }

  async #rows(key: readonly ComparedField[]): Promise<CompareOutcome['rows']> {
    const others = this.#fields.filter((field) => !key.includes(field))
    const all = [...key, ...others]
    const names = key.map((_, place) => `f${place}`)
    const values = others.map((_, place) => `f${place + key.length}`)
    const content = values.length === 0 ? '0' : `hash(${values.join(', ')})`
    const side = (name: 'before' | 'after') =>
      `(select ${names.join(', ')}, ${content} as h, true as here from (${rowsOf(name, all)}))`
    const joined = `${side('before')} o full join ${side('after')} n on ${names.map((name) => `o.${name} = n.${name}`).join(' and ')}`
    const kinds = {
      added: 'o.here is null',
      vanished: 'n.here is null',
      restated: 'o.here and n.here and o.h <> n.h',
    }
    const label = names.map((name) => `coalesce(n.${name}, o.${name})::varchar`).join(", ' · ', ")
    const counted = await this.#ask(
      `select ${Object.values(kinds).map((kind) => `(count(*) filter (where ${kind}))::double`).join(', ')} from ${joined}`, // prettier-ignore
    )
    const examples = async (kind: string): Promise<string[]> =>
      (
        await this.#ask(
          `select concat(${label}) as k from ${joined} where ${kind} order by k limit ${limits.examples}`,
        )
      ).map(([name]) => String(name))
    const [added, vanished, restated] = counted[0] ?? []
    return {
      key: key.map(({ name }) => name),
      added: Number(added),
      vanished: Number(vanished),
      restated: Number(restated),
      vanishedKeys: await examples(kinds.vanished),
      restatedKeys: await examples(kinds.restated),
    }
  }

  /** What makes lines of a receipt one and the same, as a corrected file is held against the one it corrects. */
  #line(): ComparedField[] {
    const meant = (meaning: string): ComparedField[] =>
      this.#fields.filter(({ after }) => after.field.meaning === meaning)
    const [order] = meant('order')
    if (order === undefined) return []
    const dated = mainDateField(this.#order.after.fields)?.name
    const days = this.#fields.filter(({ name }) => name === dated)
    return [...new Set([order, ...days, ...meant('shop'), ...meant('product')])]
  }

  /** Lines of one key are not told apart: of those that say the same on both sides as many as there are stay, the others changed. */
  async #lines(key: readonly ComparedField[]): Promise<CompareOutcome['rows']> {
    const others = this.#fields.filter((field) => !key.includes(field))
    const all = [...key, ...others]
    const names = key.map((_, place) => `f${place}`)
    const days = key.map(({ after }, place) => (isTemporal(after.field.type) ? `f${place}::date as f${place}` : `f${place}`)) // prettier-ignore
    const content = `hash(${all.map((_, place) => `f${place}`).join(', ')})`
    const side = (name: 'before' | 'after', count: string): string =>
      `select ${days.join(', ')}, ${content} as h, ${count} from (${rowsOf(name, all)})`
    const list = names.join(', ')
    const told = `with told as (${side('before', '1 as b, 0 as a')} union all ${side('after', '0, 1')}),
      alike as (select ${list}, sum(b) as b, sum(a) as a from told group by ${list}, h),
      keys as (select ${list}, sum(b - least(a, b)) as gone, sum(a - least(a, b)) as come from alike group by ${list}),
      lines as (select ${list}, greatest(come - gone, 0) as added, greatest(gone - come, 0) as vanished, least(come, gone) as restated from keys)`
    const [counted = []] = await this.#ask(`${told} select coalesce(sum(added), 0)::double, coalesce(sum(vanished), 0)::double, coalesce(sum(restated), 0)::double from lines`) // prettier-ignore
    const label = names.map((name) => `${name}::varchar`).join(", ' · ', ")
    const examples = async (kind: string): Promise<string[]> =>
      (await this.#ask(`${told} select concat(${label}) as k from lines where ${kind} > 0 order by k limit ${limits.examples}`)).map(([name]) => String(name)) // prettier-ignore
    const [added, vanished, restated] = counted.map(Number)
    return {
      key: key.map(({ name }) => name),
      ...{ added: added ?? 0, vanished: vanished ?? 0, restated: restated ?? 0 },
      vanishedKeys: await examples('vanished'),
      restatedKeys: await examples('restated'),
    }
  }

  /** Sums by month of the main date, the latest months; without a date over everything. */
  async #measures(): Promise<CompareOutcome['measures']> {
    const dated = mainDateField(this.#order.after.fields)?.name
    const date = this.#fields.find(({ name }) => name === dated)
    const measures = this.#fields
      .filter(({ role, after }) => role === 'measure' && isNumeric(after.field.type))
      .slice(0, limits.measures)
    if (measures.length === 0) return []
    const sums = measures.map((_, place) => `sum(f${place})::double`).join(', ')
    const found = new Map<string, { before?: readonly unknown[]; after?: readonly unknown[] }>()
    for (const side of sides) {
      const month = date ? `r.${partColumn(date[side].index, 'm')}` : 'null::integer'
      const cells = await this.#ask(
        `select m, ${sums} from (${rowsOf(side, measures, `${month} as m`)}) group by m`,
      )
      for (const [period, ...values] of cells) {
        const name = period === null ? '' : monthName(Number(period))
        found.set(name, { ...found.get(name), [side]: values })
      }
    }
    const periods = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(-limits.periods)
    return measures.map(({ name }, place) => ({
      field: name,
      periods: periods.map(([period, { before, after }]) => ({
        period: period === '' ? null : period,
        before: numberOrNull(before?.[place]),
        after: numberOrNull(after?.[place]),
      })),
    }))
  }

  async #members(): Promise<CompareOutcome['members']> {
    const dimensions = this.#fields
      .filter(
        ({ role, before, after }) =>
          role === 'dimension' && before.field.coded && after.field.coded,
      ) // prettier-ignore
      .slice(0, limits.dimensions)
    const members: CompareOutcome['members'] = []
    for (const { name, before, after } of dimensions) {
      const earlier = `select value from ${aliasOfSide.before}.${dictionaryTable(before.index)}`
      const later = `select value from ${aliasOfSide.after}.${dictionaryTable(after.index)}`
      const added = await this.#onlyIn(later, earlier)
      const vanished = await this.#onlyIn(earlier, later)
      if (added.count + vanished.count > 0) members.push({ field: name, added, vanished })
    }
    return members
  }

  async #onlyIn(here: string, there: string): Promise<{ count: number; examples: string[] }> {
    const only = `(${here}) except (${there})`
    const counted = await this.#ask(`select count(*)::double from (${only})`)
    const shown = await this.#ask(
      `select value from (${only}) order by value limit ${limits.examples}`,
    )
    return { count: Number(counted[0]?.[0]), examples: shown.map(([value]) => String(value)) }
  }
}

function monthName(month: number): string {
  const year = String(Math.floor(month / 12)).padStart(4, '0')
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}`
}

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)
