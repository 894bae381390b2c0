import { compareText } from '../../../shared/query/text-order.ts'
import { rowIdColumn } from '../extracts/extract-columns.ts'
import type { Expr } from '../sql/nodes.ts'
import { column, select } from '../sql/nodes.ts'
import { print } from '../sql/printer.ts'
import { groupKey } from './field-access.ts'
import { codesIn } from './key-members.ts'
import { fromClause, whereClause } from './plan.ts'
import type { RawColumn } from './query-runner.ts'
import { toNumbers } from './read-levels.ts'
import type { FieldAt, ResolvedQuery } from './resolve.ts'
import type { QueryTools } from './run-query.ts'
import { dialectOf, targetOf } from './run-query.ts'

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
  ): Promise<Int32Array> {
    const where = whereClause(query, { clock: this.#tools.clock(), members })
    const rowId = column(query.base.as, rowIdColumn)
    const statement = select({
      ...fromClause(query, where),
      columns: [
        { expr: rowId, as: 'id' },
        ...keys.map(({ at }, index) => ({ expr: groupKey(at, undefined).expr, as: `s${index}` })),
      ],
      orderBy: [{ by: rowId, descending: false }],
    })
    const target = targetOf(query)
    const answer = await this.#tools.runner.run(target, print(statement, dialectOf(query)), signal)
    const found = answer.columns.get('id')
    const ids = found ? Int32Array.from(toNumbers(found)) : new Int32Array()
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
    return toNumbers(raw).map((value) => sign * value)
  }
}

/** Stable by row order: equal keys keep the order of the source. */
function sortedBy(ids: Int32Array, ranks: readonly Float64Array[]): Int32Array {
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
  return Int32Array.from(order, (index) => ids[index] ?? 0)
}
