import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Member } from '../../../../shared/data/cell-value.ts'
import { othersMember } from '../../../../shared/data/cell-value.ts'
import { isNumeric } from '../../../../shared/data/field.ts'
import { decimalText } from '../../../../shared/query/cell-reading.ts'
import type { QueryResult, ResultAxis, ValueColumn } from '../../../../shared/query/query-result.ts'
import type { RowsPage } from '../../../../shared/query/row-list.ts'
import { allPills } from '../../../../shared/report/shelves.ts'
import type { AskedBlock } from '../ask-blocks.ts'
import type { ExportWords } from '../export-words.ts'
import { csvLine, csvText } from './csv-text.ts'

export interface CsvNeeds {
  readonly words: ExportWords
  readonly window: (
    asked: Extract<Tabular, { kind: 'rows' }>,
  ) => (offset: number, limit: number) => Promise<RowsPage>
  readonly onRows: (done: number, of: number) => void
  readonly signal: AbortSignal
}

type Tabular = Extract<AskedBlock, { kind: 'rows' | 'result' }>

/** Into an empty file: UTF-8 with a byte order mark, for Excel; numbers as they are, dates in ISO 8601. */
export async function writeCsv(
  path: string,
  asked: Tabular,
  needs: CsvNeeds,
): Promise<{ bytes: number; rows: number }> {
  const file = createWriteStream(path, { flags: 'r+' })
  let rows = 0
  async function* text(): AsyncGenerator<string> {
    yield '\ufeff'
    for await (const line of asked.kind === 'rows'
      ? rowLines(asked, needs)
      : resultLines(asked, needs)) {
      rows++
      yield line
    }
  }
  // A disk that fails in between ends the lines as well, and rejects here.
  await pipeline(Readable.from(text()), file, { signal: needs.signal })
  return { bytes: file.bytesWritten, rows: Math.max(0, rows - 1) }
}

async function* rowLines(
  asked: Extract<Tabular, { kind: 'rows' }>,
  needs: CsvNeeds,
): AsyncGenerator<string> {
  yield csvLine(asked.block.shelves.columns.map((use) => csvText(needs.words.caption(use))))
  const { list } = asked
  const window = needs.window(asked)
  for (let offset = 0; offset < list.count; offset += 5000) {
    const page = await window(offset, 5000)
    for (let row = 0; row < page.rowIds.length; row++) {
      yield csvLine(page.columns.map((column) => cellText(column, row)))
    }
    needs.onRows(Math.min(list.count, offset + 5000), list.count)
  }
}

/**
 * One line per cell path, dimensions first, then the measures; subtotals are left out, for a reader would add them up. A
 * blank member has its word as on the screen, for a line without one reads as belonging to the line above; blank values of
 * detail rows stay empty, so that they come back blank when the file is imported.
 */
function* resultLines(
  { block, result }: Extract<Tabular, { kind: 'result' }>,
  { words }: CsvNeeds,
): Generator<string> {
  const uses = allPills(block).map(({ use }) => use)
  const dimensions = uses.filter((use) => use.aggregate === undefined)
  const measures = result.measures.map(({ name }) => uses.find((use) => use.id === name))
  yield csvLine([
    ...dimensions.map((use) => csvText(words.caption(use))),
    ...measures.map((use) => csvText(use ? words.caption(use) : '')),
  ])
  const width = result.columns.paths.length
  for (const [r, row] of result.rows.paths.entries()) {
    if (row.length < result.rows.fields.length) continue
    for (const [c, column] of result.columns.paths.entries()) {
      if (column.length < result.columns.fields.length) continue
      const cells = result.cells.map((values) => cellText(values, r * width + c))
      if (isNowhere(result, cells)) continue
      const members = [
        ...memberTexts(result.rows, row, words),
        ...memberTexts(result.columns, column, words),
      ]
      yield csvLine([...members, ...cells])
    }
  }
}

/** Members of the two edges that meet in no row; without columns every line has rows, though its values may be blank. */
export function isNowhere({ columns }: QueryResult, cells: readonly string[]): boolean {
  return columns.fields.length > 0 && cells.length > 0 && cells.every((cell) => cell === '')
}

/** The members of a whole path. Numbers are written as they are, those below zero too. */
export function memberTexts(
  { fields }: ResultAxis,
  path: readonly Member[],
  { blank, others }: Pick<ExportWords, 'blank' | 'others'>,
): string[] {
  return fields.map(({ type }, index) => {
    const member = path[index] ?? null
    if (member === null) return csvText(blank)
    if (member === othersMember) return csvText(others)
    return isNumeric(type) ? String(member) : csvText(String(member))
  })
}

/** Exact decimals are written with all their digits, not as the nearest double. */
export function cellText(column: ValueColumn, index: number): string {
  if (column.kind === 'text') {
    const text = column.values[index] ?? null
    if (text === null) return ''
    return column.writing === 'text' ? csvText(text) : text
  }
  const value = column.values[index] ?? NaN
  if (Number.isNaN(value)) return ''
  return column.kind === 'scaled' ? decimalText(value, column.scale) : String(value)
}
