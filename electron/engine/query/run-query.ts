import type { Outcome } from '../../../shared/errors.ts'
import { AppErrorException, ok } from '../../../shared/errors.ts'
import type { QueryResult } from '../../../shared/query/query-result.ts'
import type { ReportQuery } from '../../../shared/query/report-query.ts'
import type { FormulaErrorCode } from '../../../shared/expression/formula-error.ts'
import type { Levels } from './ask-levels.ts'
import { askLevels } from './ask-levels.ts'
import { comparedLevels, isCompared } from './compare/run-compared.ts'
import { layOut } from './lay-out.ts'
import type { QueryCatalog } from './query-catalog.ts'
import type { QueryTools } from './query-tools.ts'
import { asksRetention, retentionLevels } from './retention-levels.ts'

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
