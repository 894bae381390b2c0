/** What questions are asked with: their limits, the engine that answers, and how it spells them. */
import type { Dialect } from '../sql/printer.ts'
import { datasetDialect } from './dataset-dialect.ts'
import type { DictionaryReader } from './dictionary-reader.ts'
import type { FilterClock } from './filter-sql.ts'
import type { Storage } from './query-catalog.ts'
import type { QueryRunner, RunTarget } from './query-runner.ts'
import type { ResolvedQuery } from './resolve.ts'

export const queryLimits = {
  /** Rows of the finest level. */
  groups: 1_000_000,
  /** Cells of the crosstab, subtotals included. */
  cells: 1_000_000,
  bitBytes: 256 * 1024 * 1024,
} as const

export const planLimits = { maxGroups: queryLimits.groups, maxBitBytes: queryLimits.bitBytes }

export interface QueryTools {
  readonly runner: QueryRunner
  readonly dictionaries: DictionaryReader
  readonly clock: () => FilterClock
  /** Milliseconds for the elapsed time shown. */
  readonly now: () => number
  /** Room for the bit strings of one question, where it is not the usual one. */
  readonly bitBytes?: number | undefined
}

/** The clock, and the codes of every text a filter or a top-N may name. */
export async function filterClock(
  query: ResolvedQuery,
  { clock, dictionaries }: QueryTools,
  signal: AbortSignal,
): Promise<FilterClock> {
  const named = query.filters.filter(({ filter }) => filter.op === 'in' || filter.op === 'notIn')
  const ranked = [...downToTops(query.rows), ...downToTops(query.columns)]
  const fields = [...named.map(({ at }) => at), ...ranked]
  return { ...clock(), codesOf: await dictionaries.codesFor(fields, targetOf(query), signal) }
}

/** Members are kept under their parents: what is told by codes is told of all of them, or each parent is looked up row by row. */
const downToTops = (edge: ResolvedQuery['rows']): ResolvedQuery['rows'] =>
  edge.slice(0, edge.findLastIndex(({ use }) => use.top) + 1)

/** Extracts are attached together; a live source answers alone. */
export function targetOf(query: ResolvedQuery): RunTarget {
  const { storage } = query.base.dataset
  if (storage.kind === 'live') return liveTarget(storage)
  const attach = query.sources.flatMap(({ dataset, via }) => [
    ...(dataset.storage.kind === 'extract' && via?.kind !== 'dictionary'
      ? [{ alias: dataset.storage.alias, path: dataset.storage.path }]
      : []),
    ...(via?.kind === 'relation' && via.relation.map ? [via.relation.map] : []),
  ])
  return { kind: 'extracts', attach }
}

function liveTarget({ path, server }: Extract<Storage, { kind: 'live' }>): RunTarget {
  return server ? { kind: 'server', connection: server.connection } : { kind: 'live', path }
}

export function dialectOf({ base }: ResolvedQuery): Dialect {
  return datasetDialect(base.dataset)
}

export const nests = (query: ResolvedQuery): boolean => dialectOf(query).namesSelects === false
