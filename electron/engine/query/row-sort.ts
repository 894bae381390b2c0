import { AppErrorException } from '../../../shared/errors.ts'
import { ranksOf } from '../../../shared/query/spread/accumulate.ts'
import { compareText } from '../../../shared/query/text-order.ts'
import type { Expr } from '../sql/nodes.ts'
import { select } from '../sql/nodes.ts'
import { print } from '../sql/printer.ts'
import { groupKey, rowIdOf, rowsHaveNoNames } from './field-access.ts'
import { codesIn } from './key-members.ts'
import { fromClause, whereClause } from './plan.ts'
import type { RawColumn } from './query-runner.ts'
import { toNumbers } from './read-levels.ts'
import type { FieldAt, ResolvedQuery } from './resolve.ts'
import type { QueryTools } from './query-tools.ts'
import { dialectOf, filterClock, targetOf } from './query-tools.ts'

/** Four bytes a row where that is enough. */
export type RowIds = Int32Array | Float64Array

export interface SortKey {
  readonly at: FieldAt
  readonly descending: boolean
}

/** Row ids in order. Text is ordered here, by the one collator: engines know only code units. */
export class RowSorter {
  readonly #tools: QueryTools

  constructor(tools: QueryTools) {
    this.#tools = tools
  }

  async ids(
    query: ResolvedQuery,
    keys: readonly SortKey[],
    members: readonly Expr[],
    signal: AbortSignal,
  ): Promise<RowIds> {
    const clock = await filterClock(query, this.#tools, signal)
    const where = whereClause(query, { clock, members })
    const rowId = rowIdOf(query.base)
    const statement = select({
      ...fromClause(query, where),
      columns: [
        { expr: rowId, as: 'id' },
        ...keys.map(({ at }, index) => ({ expr: groupKey(at, undefined).expr, as: `s${index}` })),
      ],
      orderBy: [{ by: rowId, descending: false }],
    })
    const target = targetOf(query)
    const answer = await this.#tools.runner
      .run(target, print(statement, dialectOf(query)), signal)
      .catch((error: unknown) => {
        throw isWithoutNumbers(error) ? rowsHaveNoNames() : error
      })
    const found = answer.columns.get('id')
    const numbers = found ? toNumbers(found) : new Float64Array()
    if (numbers.some(Number.isNaN)) throw rowsHaveNoNames()
    // Row numbers of a live table may be of any size; those of an extract are dense.
    const ids = target.kind === 'live' ? numbers : Int32Array.from(numbers)
    const ranks: Float64Array[] = []
    for (const [index, key] of keys.entries()) {
      const raw = answer.columns.get(`s${index}`)
      if (raw) ranks.push(await this.#ranks(raw, key, query, signal))
    }
    return ranks.length === 0 ? ids : sortedBy(ids, ranks)
  }

  /** A number per row that sorts ascending as wanted; blank (NaN) is last either way. */
  async #ranks(
    raw: RawColumn,
    { at, descending }: SortKey,
    query: ResolvedQuery,
    signal: AbortSignal,
  ): Promise<Float64Array> {
    const sign = descending ? -1 : 1
    const { key } = groupKey(at, undefined)
    if (key.kind === 'code') {
      const texts = await this.#tools.dictionaries.texts(at, codesIn(raw), targetOf(query), signal)
      const codes = [...texts.keys()].sort((a, b) =>
        compareText(texts.get(a) ?? '', texts.get(b) ?? ''),
      )
      const rank = new Map(codes.map((code, position) => [code, position]))
      return toNumbers(raw).map((code) => (Number.isNaN(code) ? NaN : sign * (rank.get(code) ?? 0)))
    }
    if (raw.kind === 'texts') {
      const distinct = [...new Set(raw.values)].filter((text) => text !== null).sort(compareText)
      const rank = new Map(distinct.map((text, position) => [text, position]))
      return Float64Array.from(raw.values, (text) =>
        text === null ? NaN : sign * (rank.get(text) ?? 0),
      )
    }
    if (raw.kind === 'wide') return ranksOf(raw.values).map((rank) => sign * rank)
    return toNumbers(raw).map((value) => sign * value)
  }
}

/** SQLite's own words for a view or a table that was made without row numbers. */
function isWithoutNumbers(error: unknown): boolean {
  if (!(error instanceof AppErrorException)) return false
  return /no such column/.test(String(error.appError.details['message'] ?? ''))
}

/** Stable by row order: equal keys keep the order of the source. */
function sortedBy(ids: RowIds, ranks: readonly Float64Array[]): RowIds {
  const order = Uint32Array.from(ids, (_id, index) => index)
  order.sort((a, b) => {
    for (const rank of ranks) {
      const [x, y] = [rank[a] ?? NaN, rank[b] ?? NaN]
      const blanks = Number(Number.isNaN(x)) - Number(Number.isNaN(y))
      if (blanks !== 0) return blanks
      if (x !== y && !Number.isNaN(x)) return x - y
    }
    return a - b
  })
  const sorted = (index: number): number => ids[index] ?? 0
  return ids instanceof Int32Array
    ? Int32Array.from(order, sorted)
    : Float64Array.from(order, sorted)
}
