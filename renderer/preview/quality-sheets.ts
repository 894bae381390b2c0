import type { Size } from '../../shared/layout/paper.ts'
import { printLine } from '../../shared/layout/print-lines.ts'
import type { QualityLine } from '../../shared/quality/data-quality.ts'
import { textWidth } from '../ui/text-width.ts'

/** Share of the width that labels take, and how wide a digit of the ten-pixel print is. */
export const qualityLabel = 0.3
const digit = 6.2
const sides = 16

/** A line with the height its words need, in whole lines of a table. */
export interface SetLine {
  readonly line: QualityLine
  readonly height: number
}

/** What is said of the data as sheets: a line that would be cut begins the next one, a name stays with what follows it. */
export function qualitySheets(lines: readonly QualityLine[], content: Size): SetLine[][] {
  const sheets: SetLine[][] = []
  let sheet: SetLine[] = []
  let used = printLine.title
  const turn = (): void => {
    if (sheet.length > 0) sheets.push(sheet)
    sheet = []
    used = printLine.title
  }
  for (const line of lines) {
    const height = heightOf(line, content.width)
    const needed = line.kind === 'dataset' ? height + printLine.row : height
    if (used + needed > content.height) turn()
    sheet.push({ line, height })
    used += height
  }
  turn()
  return sheets
}

function heightOf({ kind, label, value }: QualityLine, width: number): number {
  const lines = (words: string, share: number): number =>
    Math.max(1, Math.ceil((textWidth(words) * digit) / Math.max(40, width * share - sides)))
  const tallest =
    kind === 'dataset'
      ? lines(label, 1) + 0.5
      : Math.max(lines(label, qualityLabel), lines(value, 1 - qualityLabel))
  return tallest * printLine.row
}
