import type { Outcome } from '../../../shared/errors.ts'
import { AppErrorException, ok } from '../../../shared/errors.ts'
import type { QueryResult } from '../../../shared/query/query-result.ts'
import type { AxisField, ReportQuery } from '../../../shared/query/report-query.ts'
import type { FormulaErrorCode } from '../../../shared/expression/formula-error.ts'
import type { Dialect } from '../sql/printer.ts'
import type { Levels } from './ask-levels.ts'
import { askLevels, rankedLevels } from './ask-levels.ts'
import { comparedLevels, isCompared } from './compare/run-compared.ts'
import { datasetDialect } from './dataset-dialect.ts'
import type { DictionaryReader } from './dictionary-reader.ts'
import type { FilterClock } from './filter-sql.ts'
import { layOut } from './lay-out.ts'
import type { QueryCatalog, Storage } from './query-catalog.ts'
import type { QueryRunner, RunTarget } from './query-runner.ts'
import type { ResolvedQuery } from './resolve.ts'
import { asksRetention, retentionLevels } from './retention-levels.ts'
import type { RankingTools } from './top-restrictions.ts'

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

/** What only a live source can say: its file cannot be asked, or describing it anew took too long. */
export type LiveFailure =
  | 'file/notFound'
  | 'file/denied'
  | 'file/inUse'
  | 'file/diskFull'
  | 'dataset/locked'
  | 'dataset/unreadable'
  | 'dataset/tooSlow'
  | ServerTrouble

/** What keeps a server from being asked. */
type ServerTrouble =
  | 'connection/unreachable'
  | 'connection/wrongPassword'
  | 'connection/certificate'
  | 'connection/noEncryption'
  | 'connection/noDatabase'
  | 'connection/noRights'
  | 'connection/unsupported'
  | 'connection/secretNeeded'
  | 'connection/locked'
  | 'connection/notFound'

export type QueryFailure =
  | 'query/invalid'
  | FormulaErrorCode
  | 'query/tooLarge'
  | 'query/cancelled'
  | 'query/timedOut'
  | 'query/failed'
  | 'query/processLost'
  | 'dataset/notFound'
  | LiveFailure

/** One question from names to a crosstab. */
export async function runQuery(
  query: ReportQuery,
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<Outcome<QueryResult, QueryFailure>> {
  const started = tools.now()
  return caught(async () => {
    const levels = await questionLevels(query, catalog, tools, signal)
    return { ...layOut(query, levels), elapsedMs: tools.now() - started }
  })
}

/** All that is asked of engines for a question; what it is shown as is worked out from it afterwards. */
export function questionLevels(
  query: ReportQuery,
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<Levels> {
  const context = { catalog, tools, signal }
  if (asksRetention(query)) return retentionLevels(query, context)
  return isCompared(query) ? comparedLevels(query, context) : askLevels(query, context)
}

/** Expected failures travel as exceptions out of callbacks; their codes are those a question may fail with. */
export async function caught<T>(task: () => Promise<T>): Promise<Outcome<T, QueryFailure>> {
  try {
    return ok(await task())
  } catch (error) {
    if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
    throw error
  }
}

/** The clock, and the codes of every text a filter or a top-N may name. */
export async function filterClock(
  query: ResolvedQuery,
  { clock, dictionaries }: QueryTools,
  signal: AbortSignal,
): Promise<FilterClock> {
  const named = query.filters.filter(({ filter }) => filter.op === 'in' || filter.op === 'notIn')
  const ranked = [...query.rows, ...query.columns].filter(({ use }) => use.top)
  const fields = [...named.map(({ at }) => at), ...ranked]
  return { ...clock(), codesOf: await dictionaries.codesFor(fields, targetOf(query), signal) }
}

export function rankingTools(tools: QueryTools, signal: AbortSignal): RankingTools {
  return {
    clockFor: (query) => filterClock(query, tools, signal),
    rank: async (asked, part, top) => {
      // A formula is known only here: its members come whole and are ranked here too.
      const ranked = asked.formulas.length === 0 ? top : undefined
      return layOut(asked.query, await rankedLevels(asked, part, ranked, { tools, signal }))
    },
  }
}

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

/** The question without filters on the fields of its edges: what totals over all members cover, with `uncut`. */
export function openQuestion(query: ReportQuery): ReportQuery {
  const edges = [...query.rows, ...query.columns].map(({ field }) => field)
  return {
    ...uncut(query),
    filters: query.filters.filter(({ field }) => !edges.includes(field)),
  }
}

/** Without the top-N that leave members out; those with Others leave out none. */
export function uncut(query: ReportQuery): ReportQuery {
  const open = (use: AxisField): AxisField => {
    const { top, ...rest } = use
    return top?.others === true ? use : rest
  }
  return { ...query, rows: query.rows.map(open), columns: query.columns.map(open) }
}
