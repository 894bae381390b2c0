import type { AppError, Outcome } from '../../shared/errors.ts'
import { ok } from '../../shared/errors.ts'
import type { Engine } from '../../shared/contract.ts'
import type { PrintContent } from '../../shared/export-words.ts'
import { printedRows } from '../../shared/layout/print-lines.ts'
import type { RowList, RowsPage } from '../../shared/query/row-list.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { drilledBlock } from '../../shared/report/drill.ts'
import type { QueryContext } from '../../shared/report/block-query.ts'
import { blockQuestion, reachableOver } from '../../shared/report/page-questions.ts'
import { blockTitle } from '../../shared/report/captions.ts'
import type { BoardPage } from '../../shared/report/report.ts'
import type { Text } from '../../shared/text/messages.ts'
import { errorSentence } from '../../shared/text/error-sentence.ts'
import type { Answer } from '../state/results-store.ts'
import { joinPages } from './join-pages.ts'

const windowRows = 5000

export interface PrintBlock {
  readonly page: BoardPage
  readonly block: Block
  readonly answer: Answer
  /** What narrows it beside its own filters and the page's controls, in words: picks in linked blocks, drill steps. */
  readonly narrowed: readonly string[]
  /** The printed rows of a detail table. */
  readonly rows?: RowsPage
}

/** Asks every block of the job's pages; a block that cannot be answered prints its error in its place. */
export async function printAnswers(
  engine: Engine,
  content: PrintContent,
  onAsked: (done: number, of: number) => void,
): Promise<PrintBlock[]> {
  const workspace = await engine['workspace.state']({})
  const relationships = workspace.ok ? (workspace.value.current?.relationships ?? []) : []
  const { report, bindings, view } = content
  const context: QueryContext = { bindings, view, reachable: reachableOver(relationships) }
  const blocks: PrintBlock[] = []
  const pages = content.pages.flatMap((id) => report.pages[id] ?? [])
  const count = pages.reduce((sum, { blockOrder }) => sum + blockOrder.length, 0)
  for (const page of pages) {
    for (const id of page.blockOrder) {
      const block = page.blocks[id]
      if (!block) continue
      const shown = drilledBlock(report, block, view.drill)
      const answered = await answerOf(engine, blockQuestion(report, block, context))
      blocks.push({ page, block: shown, narrowed: content.narrowed[id] ?? [], ...answered })
      onAsked(blocks.length, count)
    }
  }
  return blocks
}

/** Blocks that print their error in their place, for whoever exported them. */
export function printNotes(blocks: readonly PrintBlock[], text: Text): string[] {
  return blocks.flatMap(({ block, answer }) =>
    answer.state === 'error'
      ? [
          text('export.failedBlock', {
            block: blockTitle(block, text),
            reason: errorSentence(answer.error, text),
          }),
        ]
      : [],
  )
}

type Question = ReturnType<typeof blockQuestion>

async function answerOf(
  engine: Engine,
  question: Question,
): Promise<Pick<PrintBlock, 'answer' | 'rows'>> {
  if (question.kind === 'none') return { answer: { state: 'none', reason: question.reason } }
  if (question.kind === 'query') {
    const { query } = question
    const outcome = await engine['query.run']({ query })
    if (!outcome.ok) return failed(outcome.error)
    return { answer: { state: 'result', query, result: outcome.value } }
  }
  const { request } = question
  const outcome = await engine['rows.open']({ ...request, limit: windowRows })
  if (!outcome.ok) return failed(outcome.error)
  const list: RowList = outcome.value
  const rows = await printedPage(engine, list)
  return rows.ok
    ? { answer: { state: 'rows', request, list }, rows: rows.value }
    : failed(rows.error)
}

/** The first window came with the list; the others follow it. */
async function printedPage(engine: Engine, list: RowList): Promise<Outcome<RowsPage>> {
  const pages = [list.page]
  for (let offset = windowRows; offset < Math.min(list.count, printedRows); offset += windowRows) {
    const limit = Math.min(windowRows, printedRows - offset)
    const next = await engine['rows.window']({ key: list.key, offset, limit })
    if (!next.ok) return next
    pages.push(next.value)
  }
  return ok(joinPages(pages, list.page))
}

const failed = (error: AppError): Pick<PrintBlock, 'answer'> => ({
  answer: { state: 'error', error },
})
