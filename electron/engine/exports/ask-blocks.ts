import type { AppError } from '../../../shared/errors.ts'
import { AppErrorException } from '../../../shared/errors.ts'
import type { ExportRequest } from '../../../shared/export-words.ts'
import type { QueryResult } from '../../../shared/query/query-result.ts'
import type { RowList, RowsRequest } from '../../../shared/query/row-list.ts'
import type { NothingToAsk, QueryContext } from '../../../shared/report/block-query.ts'
import { blockQuery, blockRows } from '../../../shared/report/block-query.ts'
import type { Block } from '../../../shared/report/blocks/block.ts'
import { drilledBlock } from '../../../shared/report/drill.ts'
import type { StillBlock } from '../../../shared/report/page-questions.ts'
import { isStill } from '../../../shared/report/page-questions.ts'
import type { BoardPage, Report } from '../../../shared/report/report.ts'
import type { Answers } from './personal/masked-answers.ts'

type Kind<K extends Block['kind']> = Extract<Block, { kind: K }>

/** A block as it is shown now, with the answer to its question; `block` has its drilled pills in place. */
export type AskedBlock =
  | {
      readonly kind: 'result'
      readonly block: Kind<'chart' | 'crosstab' | 'metric'>
      readonly result: QueryResult
    }
  | {
      readonly kind: 'rows'
      readonly block: Kind<'table'>
      readonly request: RowsRequest
      readonly list: RowList
    }
  | { readonly kind: 'still'; readonly block: StillBlock }
  | { readonly kind: 'empty'; readonly block: Block; readonly reason: NothingToAsk }
  | { readonly kind: 'failed'; readonly block: Block; readonly error: AppError }

export interface AskedPage {
  readonly page: BoardPage
  readonly blocks: readonly AskedBlock[]
}

export interface AskNeeds {
  readonly queries: Answers
  readonly reachable: QueryContext['reachable']
  readonly signal: AbortSignal
  readonly onAsked?: (done: number, of: number) => void
}

/** The pages and blocks an export is about, in reading order. */
export function exportedPages({
  report,
  scope,
}: Pick<ExportRequest, 'report' | 'scope'>): BoardPage[] {
  const pages = report.pageOrder.flatMap((id) => report.pages[id] ?? [])
  if (!scope) return pages
  if (scope.kind === 'page') return pages.filter((page) => page.id === scope.page)
  return pages
    .filter((page) => scope.block in page.blocks)
    .map((page) => ({ ...page, blockOrder: [scope.block] }))
}

/**
 * Asks every block's question. One that fails is told to whoever writes the file, which says so in its place; when none can
 * be answered, or the block was asked for alone, its error ends the export.
 */
export async function askPages(
  request: Pick<ExportRequest, 'report' | 'scope' | 'bindings' | 'view'>,
  needs: AskNeeds,
): Promise<AskedPage[]> {
  const pages = exportedPages(request)
  const of = pages.reduce((sum, page) => sum + page.blockOrder.length, 0)
  let done = 0
  const asked: AskedPage[] = []
  for (const page of pages) {
    const blocks: AskedBlock[] = []
    for (const id of page.blockOrder) {
      const block = page.blocks[id]
      if (block) blocks.push(await askOrFail(request, block, needs))
      needs.onAsked?.(++done, of)
    }
    asked.push({ page, blocks })
  }
  refuseIfNothing(asked.flatMap(({ blocks }) => blocks))
  return asked
}

function refuseIfNothing(blocks: readonly AskedBlock[]): void {
  const failed = blocks.find((one) => one.kind === 'failed')
  const answered = blocks.some(({ kind }) => kind === 'result' || kind === 'rows')
  if (failed && !answered) throw new AppErrorException(failed.error)
}

/** Of one block's questions, before its failure is what the export says of it. */
const attempts = 3

async function askOrFail(
  request: Pick<ExportRequest, 'report' | 'bindings' | 'view'>,
  block: Block,
  needs: AskNeeds,
): Promise<AskedBlock> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await askBlock(request.report, block, request, needs)
    } catch (error) {
      needs.signal.throwIfAborted()
      if (!(error instanceof AppErrorException)) throw error
      const { code } = error.appError
      // A process that was ended from outside says nothing about the question; one that ends it every time does.
      if (code === 'query/processLost' && attempt < attempts) continue
      return { kind: 'failed', block, error: error.appError }
    }
  }
}

async function askBlock(
  report: Report,
  block: Block,
  request: Pick<ExportRequest, 'bindings' | 'view'>,
  { queries, reachable, signal }: AskNeeds,
): Promise<AskedBlock> {
  const context: QueryContext = { bindings: request.bindings, reachable, view: request.view }
  if (isStill(block)) return { kind: 'still', block }
  if (block.kind === 'table') {
    const rows = blockRows(report, block, context)
    if (typeof rows === 'string') return { kind: 'empty', block, reason: rows }
    return {
      kind: 'rows',
      block,
      request: rows,
      list: unwrap(await queries.openRows(rows, signal)),
    }
  }
  const query = blockQuery(report, block, context)
  if (typeof query === 'string') return { kind: 'empty', block, reason: query }
  const result = unwrap(await queries.run(query, signal))
  return { kind: 'result', block: drilledBlock(report, block, request.view.drill), result }
}

export function unwrap<T>(outcome: { ok: true; value: T } | { ok: false; error: AppError }): T {
  if (outcome.ok) return outcome.value
  throw new AppErrorException(outcome.error)
}
