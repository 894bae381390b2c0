import { crosstabLayout } from '../../shared/query/crosstab/crosstab-layout.ts'
import type { Sheet, Flow, PlacedBlock } from '../../shared/layout/paginate.ts'
import { paginate } from '../../shared/layout/paginate.ts'
import type { Size } from '../../shared/layout/paper.ts'
import { mmToPx, paperSizeMm } from '../../shared/layout/paper.ts'
import { leastWidth, printLine } from '../../shared/layout/print-lines.ts'
import type { EdgeLayout } from '../../shared/query/crosstab/edge-layout.ts'
import { boardColumns, referenceColumnPx, rowHeightPx } from '../../shared/report/board-geometry.ts'
import type { BoardPage } from '../../shared/report/report.ts'
import type { PrintBlock } from './print-answers.ts'
import type { PrintWords } from './print-widths.ts'
import { crosstabWidths, crosstabWords, listWidths } from './print-widths.ts'

/** On paper a filter is its words: what its list takes on the board stays free. */
const filterWords = 60
/** Header and footer stand in the margin; with either the content leaves room for them. */
const edgeLine = 18

export interface PagePaper {
  readonly paper: Size
  readonly margin: number
  readonly content: Size
}

export function pagePaper({ setup }: BoardPage): PagePaper {
  const mm = paperSizeMm(setup.paper, setup.orientation)
  const paper = { width: mmToPx(mm.width), height: mmToPx(mm.height) }
  const margin = Math.max(mmToPx(setup.marginMm), edgeLine)
  return {
    paper,
    margin,
    content: { width: paper.width - 2 * margin, height: paper.height - 2 * margin },
  }
}

/**
 * Each board page's own paper, for the sheets that name it: the style sheet cannot read properties in `@page`. Ids are
 * letters, digits and a line, and so are names of pages as they stand.
 */
export function paperRules(pages: readonly BoardPage[]): string {
  const rules = pages.flatMap((page) => {
    const { width, height } = pagePaper(page).paper
    return [
      `@page ${page.id} { size: ${width}px ${height}px; margin: 0 }`,
      `.print-sheet[data-page='${page.id}'] { page: ${page.id} }`,
    ]
  })
  return rules.join('\n')
}

/** The sheets of one board page, its columns as wide as the paper allows. */
export function pageSheets(
  page: BoardPage,
  blocks: readonly PrintBlock[],
  words: PrintWords,
): Sheet[] {
  const { content } = pagePaper(page)
  const unit = content.width / boardColumns
  const line = (unit * rowHeightPx) / referenceColumnPx
  const placed = blocks
    .filter((one) => one.page.id === page.id)
    .map((one): PlacedBlock => {
      const { x, y, w, h } = one.block.frame
      const box = {
        x: x * unit,
        y: y * line,
        w: w * unit - printLine.gap,
        h: Math.min(h * line - printLine.gap, one.block.kind === 'filter' ? filterWords : Infinity),
      }
      const flow = flowOf(one, words)
      return { id: one.block.id, box, ...(flow ? { flow } : {}) }
    })
  const sheets = paginate(placed, content)
  return sheets.length > 0 ? sheets : [{ parts: [] }]
}

function flowOf({ block, answer, rows }: PrintBlock, words: PrintWords): Flow | undefined {
  if (block.kind === 'table' && answer.state === 'rows') {
    const listed = rows?.rowIds.length ?? 0
    return {
      rows: listed,
      rowHeight: printLine.row,
      headHeight: printLine.row,
      titleHeight: printLine.title,
      columnWidths: rows
        ? listWidths(block, answer.list, rows, words)
        : answer.list.fields.map(() => leastWidth.column),
      totals: new Set(),
      headWidth: 0,
      noteHeight: answer.list.count > listed ? printLine.row : 0,
      overflow: block.overflow,
    }
  }
  if (block.kind !== 'crosstab' || answer.state !== 'result') return undefined
  const { result } = answer
  const widths = crosstabWidths(
    result,
    crosstabWords(block, result.measures, words),
    words.language,
  )
  const layout = crosstabLayout(result, block)
  return {
    rows: layout.rows.lines.length,
    rowHeight: printLine.row,
    headHeight: printLine.row * layout.columns.levels,
    titleHeight: printLine.title,
    columnWidths: widths.columns,
    totals: totalsOf(layout.columns),
    headWidth: widths.heads,
    noteHeight: 0,
    overflow: block.overflow,
  }
}

const totalsOf = ({ lines }: EdgeLayout): ReadonlySet<number> =>
  new Set(lines.flatMap((kind, line) => (kind === 'member' ? [] : [line])))
