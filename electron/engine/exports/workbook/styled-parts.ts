import { utf8 } from '../xlsx-stream/byte-builder.ts'
import type { BegunStrings } from '../xlsx-stream/shared-strings.ts'
import { columnLetters } from '../xlsx-stream/sheet-name.ts'
import type { SheetFrame } from '../xlsx-stream/sheet-writer.ts'

/**
 * A styled sheet whose last row shows how each column looks: that row gives way to the table's rows. Its extent is left out,
 * for it would be wrong, and a sheet that is a copy of it must not be the chosen one as well.
 */
export function frameOf(sheet: string, columns: number): SheetFrame {
  const end = sheet.indexOf('</sheetData>')
  const last = sheet.lastIndexOf('<row ', end)
  const example = sheet.slice(last, end)
  const headRows = Number(/^<row r="(\d+)"/.exec(example)?.[1]) - 1
  const styles = Array.from(example.matchAll(/<c r="[A-Z]+\d+"(?: s="(\d+)")?/g), ([, style]) =>
    Number(style ?? 0),
  )
  if (end < 0 || !(headRows > 0) || styles.length !== columns) {
    throw new Error('the styled sheet has no row to follow')
  }
  const head = sheet
    .slice(0, last)
    .replace(/<dimension [^>]*\/>/, '')
    .replace(' tabSelected="1"', '')
  const rest = sheet.slice(end)
  const lastColumn = columnLetters(columns - 1)
  return {
    head: utf8(head),
    headRows,
    styles,
    tail: (lastRow) =>
      utf8(
        rest.replace(
          '</sheetData>',
          `</sheetData><autoFilter ref="A${headRows}:${lastColumn}${lastRow}"/>`,
        ),
      ),
  }
}

/** The texts a styled workbook's cells already refer to by number. */
export function begunStrings(part: Buffer): BegunStrings {
  const head = /<sst [^>]*uniqueCount="(\d+)"[^>]*>/.exec(part.toString('latin1', 0, 1000))
  const end = part.lastIndexOf('</sst>')
  if (!head || end < 0) throw new Error('the styled workbook has no texts')
  return { items: part.subarray(head.index + head[0].length, end), count: Number(head[1]) }
}
