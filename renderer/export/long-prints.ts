import type { Block } from '../../shared/report/blocks/block.ts'
import type { BoardPage, Report } from '../../shared/report/report.ts'
import { mmToPx, paperSizeMm } from '../../shared/layout/paper.ts'
import { printedRows, printLine } from '../../shared/layout/print-lines.ts'
import type { ResultsState } from '../state/results-store.ts'

/** From so many sheets on a table is worth a word before it is printed. */
const manySheets = 20

/** A table that goes on over many sheets. */
export interface LongPrint {
  readonly block: Block
  readonly rows: number
  /** Sheets of paper, roughly: wide tables take several for the same rows. */
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
        const sheets = Math.ceil(rows / rowsOnSheet(page))
        return sheets >= manySheets ? [{ block, rows, sheets }] : []
      }),
    )
}

function rowsOf(block: Block, results: ResultsState['blocks']): number {
  if (!('overflow' in block) || block.overflow !== 'continue') return 0
  const answer = results[block.id]?.shown?.answer
  if (answer?.state === 'rows') return Math.min(answer.list.count, printedRows)
  return answer?.state === 'result' ? answer.result.rows.paths.length : 0
}

function rowsOnSheet({ setup }: BoardPage): number {
  const height = mmToPx(paperSizeMm(setup.paper, setup.orientation).height - 2 * setup.marginMm)
  return Math.max(1, Math.floor((height - printLine.title - printLine.row) / printLine.row))
}
