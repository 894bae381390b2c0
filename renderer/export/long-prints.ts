import { crosstabLayout } from '../../shared/query/crosstab/crosstab-layout.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { BoardPage, Report } from '../../shared/report/report.ts'
import { mmToPx, paperSizeMm } from '../../shared/layout/paper.ts'
import { leastWidth, printedRows, printLine } from '../../shared/layout/print-lines.ts'
import type { ResultsState } from '../state/results-store.ts'

/** From so many sheets on a table is worth a word before it is printed. */
const manySheets = 20

/** A table that goes on over many sheets. */
export interface LongPrint {
  readonly block: Block
  readonly rows: number
  /** Sheets of paper, roughly: columns may come out wider than they are at least. */
  readonly sheets: number
}

/** Tables of these pages that would take many sheets, as far as their answers are known. */
export function longPrints(
  report: Report,
  pages: readonly string[],
  results: ResultsState['blocks'],
): LongPrint[] {
  return pages
    .flatMap((id) => report.pages[id] ?? [])
    .flatMap((page) =>
      Object.values(page.blocks).flatMap((block) => {
        const rows = rowsOf(block, results)
        const sheets = Math.ceil(rows / rowsOnSheet(page)) * stripsOf(block, page, results)
        return sheets >= manySheets ? [{ block, rows, sheets }] : []
      }),
    )
}

function rowsOf(block: Block, results: ResultsState['blocks']): number {
  if (!('overflow' in block) || block.overflow !== 'continue') return 0
  const answer = results[block.id]?.shown?.answer
  if (answer?.state === 'rows') return Math.min(answer.list.count, printedRows)
  return answer?.state === 'result' ? linesOf(block, answer.result).rows : 0
}

function linesOf(block: Block, result: QueryResult): { rows: number; columns: number } {
  const arranged = block.kind === 'crosstab' ? block : undefined
  const { rows, columns } = crosstabLayout(result, arranged)
  return { rows: rows.lines.length, columns: columns.lines.length }
}

/** Columns that do not fit beside each other go on on sheets of their own. */
function stripsOf(block: Block, { setup }: BoardPage, results: ResultsState['blocks']): number {
  const answer = results[block.id]?.shown?.answer
  if (answer?.state !== 'rows' && answer?.state !== 'result') return 1
  const width = mmToPx(paperSizeMm(setup.paper, setup.orientation).width - 2 * setup.marginMm)
  const [heads, columns] =
    answer.state === 'rows'
      ? [0, answer.list.fields.length]
      : [answer.result.rows.fields.length, linesOf(block, answer.result).columns]
  const beside = Math.max(1, Math.floor((width - heads * leastWidth.head) / leastWidth.column))
  return Math.max(1, Math.ceil(columns / beside))
}

function rowsOnSheet({ setup }: BoardPage): number {
  const height = mmToPx(paperSizeMm(setup.paper, setup.orientation).height - 2 * setup.marginMm)
  return Math.max(1, Math.floor((height - printLine.title - printLine.row) / printLine.row))
}
