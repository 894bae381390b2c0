import { isNumeric } from '../../shared/data/field.ts'
import type { HeadCell } from '../../shared/query/crosstab/edge-layout.ts'
import { leastWidth } from '../../shared/layout/print-lines.ts'
import type { CrosstabArrangement } from '../../shared/query/crosstab/crosstab-layout.ts'
import { crosstabLayout } from '../../shared/query/crosstab/crosstab-layout.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import type { RowList, RowsPage } from '../../shared/query/row-list.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import {
  crosstabCorner,
  memberCaption,
  pillCaption,
  shownMeasures,
  totalCaption,
} from '../../shared/report/captions.ts'
import type { Report } from '../../shared/report/report.ts'
import type { Language } from '../../shared/text/language.ts'
import type { Text } from '../../shared/text/messages.ts'
import { textWidth } from '../ui/text-width.ts'
import type { CrosstabMeasure } from '../ui/cell-text.ts'
import { cellText } from '../ui/cell-text.ts'
import { listedFormats, pillFormats } from '../ui/pill-formats.ts'
import { showListed } from '../ui/show-value.ts'

/** In what words a report is printed. */
export interface PrintWords {
  readonly report: Report
  readonly text: Text
  readonly language: Language
}

/** The captions of one crosstab. */
export interface CrosstabWords {
  readonly measures: readonly CrosstabMeasure[]
  readonly rowCaptions: readonly string[]
  readonly captionOf: (head: HeadCell, axis: 'rows' | 'columns') => string
  readonly arranged: CrosstabArrangement
}

/** Widths in pixels: all row heads together, and each line of columns. */
export interface CrosstabWidths {
  readonly heads: number
  readonly columns: readonly number[]
}

/** Words beyond this end in an ellipsis, as the style sheet says too; numbers are always whole. */
const mostWords = 200
/** A bold digit and a Chinese character of the ten-pixel print, and the space and line beside a cell's words. */
const digit = 6.2
const character = 10.2
const sides = 14

const wordsWidth = (words: string): number => Math.min(mostWords, numberWidth(words))
const numberWidth = (shown: string): number => {
  const characters = Array.from(shown).length
  const wide = textWidth(shown) - characters
  return Math.ceil(wide * character + (characters - wide) * digit + sides)
}

export function crosstabWords(
  block: Extract<Block, { kind: 'crosstab' }>,
  measures: QueryResult['measures'],
  { report, text }: PrintWords,
): CrosstabWords {
  const formats = pillFormats(report, block)
  const uses = shownMeasures(block)
  return {
    arranged: block,
    measures: uses.map((use) => ({
      caption: pillCaption(use, text),
      format: formats(use.id),
    })),
    rowCaptions: crosstabCorner(
      block.shelves.rows.map((use) => pillCaption(use, text)),
      block.shelves.columns.map((use) => pillCaption(use, text)),
      block,
      text,
    ).all,
    captionOf: (head, axis) => {
      const use = uses[head.measure ?? 0]
      if (head.kind === 'member') return memberCaption(head.member, text)
      if (head.kind === 'measure') return use ? pillCaption(use, text) : ''
      return totalCaption(measures, text, axis, block.totals.over)
    },
  }
}

/** Every cell counts, as every cell is printed: a column that came out wider than said would push others off the sheet. */
export function crosstabWidths(
  result: QueryResult,
  { measures, rowCaptions, captionOf, arranged }: CrosstabWords,
  language: Language,
): CrosstabWidths {
  const { rows, columns, cellAt } = crosstabLayout(result, arranged)
  const headWidths = Array.from({ length: Math.max(1, rows.levels) }, (_, level) =>
    (rows.heads[level] ?? []).reduce(
      (width, head) => Math.max(width, wordsWidth(captionOf(head, 'rows')) / head.levels),
      Math.max(leastWidth.head, wordsWidth(rowCaptions[level] ?? '')),
    ),
  )
  const widths = columns.lines.map((_kind, line) => {
    let width: number = leastWidth.column
    for (let row = 0; row < rows.lines.length; row++) {
      const { measure, place } = cellAt(row, line)
      const look = measures[measure]
      const shown = look ? cellText(result, look, measure, place, language) : ''
      width = Math.max(width, numberWidth(shown))
    }
    return width
  })
  // A sheet may end inside what a head covers: each line alone has room for it.
  for (const head of columns.heads.flat()) {
    const named = wordsWidth(captionOf(head, 'columns'))
    for (let line = head.start; line < head.start + head.span; line++)
      widths[line] = Math.max(widths[line] ?? 0, named)
  }
  return { heads: headWidths.reduce((sum, width) => sum + width, 0), columns: widths }
}

/** The columns of a detail table, in pixels. */
export function listWidths(
  block: Extract<Block, { kind: 'table' }>,
  list: RowList,
  page: RowsPage,
  { report, text, language }: PrintWords,
): number[] {
  const uses = block.shelves.columns
  const styles = listedFormats(report, uses)
  return list.fields.map((field, index) => {
    const use = uses[index]
    const column = page.columns[index]
    const measured = isNumeric(field.type) ? numberWidth : wordsWidth
    let width = Math.max(leastWidth.column, wordsWidth(use ? pillCaption(use, text) : ''))
    for (let row = 0; column && row < page.rowIds.length; row++)
      width = Math.max(width, measured(showListed(column, row, styles[index], language, text)))
    return width
  })
}
