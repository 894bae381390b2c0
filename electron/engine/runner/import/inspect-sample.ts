/** What the first rows of a part say: its tables, their names and types, and how its cells were understood. */
import type { SourcePart } from '../../../../shared/data/import-words.ts'
import type { CellValue } from '../../../../shared/data/cell-value.ts'
import type { Field } from '../../../../shared/data/field.ts'
import type { SheetLayout } from '../../../../shared/data/sheet-layout.ts'
import type { ColumnChunk } from '../../sources/column-chunk.ts'
import { ChunkBuilder } from '../../sources/column-chunk.ts'
import type { EncodingGuess } from '../../sources/csv/narrow-encodings.ts'
import type { TotalsRow } from '../../sources/reader.ts'
import { ReadNotes } from '../../sources/reader.ts'
import type { SourceReader } from '../../sources/reader.ts'
import { sourceLimits } from '../../sources/source-limits.ts'
import { TextPool } from '../../sources/text-pool.ts'
import { cellText } from '../../sources/typing/cell-text.ts'
import { keepRows, withinRange } from '../../sources/typing/chunk-parts.ts'
import { ColumnProfile } from '../../sources/typing/column-profile.ts'
import type { HeaderSpan } from '../../sources/typing/header-row.ts'
import { findHeader, headerAt, readNames, usableNames } from '../../sources/typing/header-row.ts'
import { periodColumns } from '../../sources/typing/period-columns.ts'
import { findTables } from '../../sources/typing/sheet-tables.ts'
import { TotalRows } from '../../sources/typing/total-rows.ts'
import { totalColumns, TurnedColumns } from '../../sources/typing/turn-columns.ts'
import { mergedRows, shownMerged } from './merged-cells.ts'
import type { ColumnEvidence } from '../../sources/typing/propose-meanings.ts'
import { keptTexts, tagFields } from '../../sources/typing/tag-fields.ts'
import { decideType } from '../../sources/typing/type-decision.ts'

const sampledRows = 2000
const shownRows = 20

export interface Sample {
  readonly layout: SheetLayout
  readonly periods: readonly string[] | undefined
  readonly periodTotals: readonly string[]
  readonly title: string | undefined
  readonly columns: readonly Field[]
  readonly rows: CellValue[][]
  readonly merged: SourcePart['merged']
  readonly encoding: string | undefined
  readonly encodings: readonly EncodingGuess[]
  readonly rowsKnown: number | undefined
  /** There are more rows than were looked at. */
  readonly goesOn: boolean
}

/** Ends the reading from inside: a reader stops at nothing but an error. */
class EnoughRows extends Error {}

/** One sample for each table; none when the part has no cells. `asked` is how its user wants it understood. */
export async function readSamples(
  reader: SourceReader,
  asked: SheetLayout,
  shown = shownRows,
): Promise<Sample[]> {
  const pool = new TextPool(sourceLimits.textBytes)
  const notes = new ReadNotes()
  let samples: Sample[] = []
  let goesOn = true
  const cells = new ChunkBuilder(
    (chunk) => {
      const own = asked.range ? withinRange(chunk, asked.range) : chunk
      if (own.rows === 0) return
      samples = new Sampling(reader, pool, notes, shown)
        .all(own, asked)
        .map((sample) => ({ ...sample, goesOn }))
      throw new EnoughRows()
    },
    sourceLimits.columns,
    sampledRows,
  )
  try {
    const limits = sourceLimits
    await reader.read({ cells, pool, notes, limits, progress: () => undefined })
    goesOn = false
    cells.finish()
  } catch (error) {
    if (!(error instanceof EnoughRows)) throw error
  }
  return samples
}

class Sampling {
  readonly #reader: SourceReader
  readonly #pool: TextPool
  readonly #notes: ReadNotes
  readonly #shown: number

  constructor(reader: SourceReader, pool: TextPool, notes: ReadNotes, shown: number) {
    this.#shown = shown
    this.#reader = reader
    this.#pool = pool
    this.#notes = notes
  }

  all(chunk: ColumnChunk, asked: SheetLayout): Omit<Sample, 'goesOn'>[] {
    if (this.#reader.namedColumns) return [this.#named(chunk, this.#reader.namedColumns)]
    const tables = asked.range || asked.headerRow !== undefined ? [] : findTables(chunk, this.#pool)
    if (tables.length === 0) return [this.#sheet(chunk, asked, undefined)]
    return tables.map(({ range, title }) =>
      this.#sheet(withinRange(chunk, range), { ...asked, range }, title),
    )
  }

  #named(chunk: ColumnChunk, named: readonly string[]): Omit<Sample, 'goesOn'> {
    const { names } = usableNames(named)
    const origins = names.map((_, column) => [column])
    return { layout: {}, periods: undefined, periodTotals: [], title: undefined, ...this.#cells(chunk, names, 0, origins) } // prettier-ignore
  }

  #sheet(
    chunk: ColumnChunk,
    asked: SheetLayout,
    title: string | undefined,
  ): Omit<Sample, 'goesOn'> {
    const { headerRow, headerRows = 1 } = asked
    const header =
      headerRow === undefined
        ? findHeader(chunk, this.#pool)
        : headerAt(chunk, headerRow, headerRows)
    const { names } = readNames(chunk, header, this.#pool)
    const from = header === undefined ? 0 : header.last + 1
    const rows = this.#dataRows(chunk, from, asked)
    const found = {
      layout: layoutOf(chunk, header, asked),
      title,
      ...this.#periods(names, asked, rows),
    }
    const shift = (asked.range?.fromColumn ?? 1) - 1
    if (!asked.unpivot) {
      const origins = names.map((_, column) => [column + shift])
      return { ...found, ...this.#cells(rows, names, 0, origins) }
    }
    const turned = new TurnedColumns(names, asked.unpivot, this.#pool, rows, 0)
    const origins = turned.origins.map((columns) => columns.map((column) => column + shift))
    return { ...found, ...this.#cells(turned.turn(rows, 0), turned.names, 0, origins) }
  }

  /** Those that could become rows, and the columns that sum them up. */
  #periods(
    names: readonly string[],
    asked: SheetLayout,
    rows: ColumnChunk,
  ): Pick<Sample, 'periods' | 'periodTotals'> {
    const periods = asked.unpivot?.columns ?? periodColumns(names)?.columns
    return { periods, periodTotals: periods ? totalColumns(names, periods, rows, 0) : [] }
  }

  #dataRows(chunk: ColumnChunk, from: number, asked: SheetLayout): ColumnChunk {
    const totals =
      asked.keepTotals === true
        ? []
        : new TotalRows(this.#pool, this.#knownTotals(asked)).review(chunk, from)
    const out = new Set(totals.map(({ row }) => row))
    const rows = Array.from({ length: chunk.rows - from }, (_, index) => from + index)
    return keepRows(
      chunk,
      rows.filter((row) => !out.has(row)),
    )
  }

  #knownTotals({ range }: SheetLayout): TotalsRow[] {
    const shift = (range?.fromColumn ?? 1) - 1
    return this.#notes.totals.map(({ row, fromColumn, toColumn }) => {
      return { row, fromColumn: fromColumn - shift, toColumn: toColumn - shift }
    })
  }

  #cells(
    chunk: ColumnChunk,
    names: readonly string[],
    from: number,
    origins: readonly (readonly number[])[],
  ): Pick<Sample, 'columns' | 'rows' | 'merged' | 'encoding' | 'encodings' | 'rowsKnown'> {
    const shown = Math.max(0, Math.min(this.#shown, chunk.rows - from))
    const cell = (column: number, row: number): CellValue =>
      cellText(chunk.kinds[column]?.[row] ?? 0, chunk.values[column]?.[row] ?? 0, this.#pool)
    const found = names.map((name, column) => this.#column(name, chunk, column, origins[column] ?? [])) // prettier-ignore
    return {
      columns: tagged(found, chunk.rows - from),
      rows: Array.from({ length: shown }, (_, row) =>
        names.map((_name, column) => cell(column, from + row)),
      ),
      merged: this.#merged(chunk, from, shown, origins),
      encoding: this.#notes.encoding,
      encodings: this.#notes.encodings,
      rowsKnown: this.#reader.countRows?.(),
    }
  }

  /** Known where the sheet ended within the rows looked at: merged cells stand behind its cells. */
  #merged(
    chunk: ColumnChunk,
    from: number,
    shown: number,
    origins: readonly (readonly number[])[],
  ): Sample['merged'] {
    const fields = new Map(
      origins.flatMap((own, field) => (own.length === 1 ? [[own[0], field]] : [])),
    )
    const first = chunk.sourceRows[from] ?? Infinity
    const last = chunk.sourceRows[chunk.rows - 1] ?? 0
    const own = this.#notes.merged.filter(({ fromRow }) => fromRow >= first && fromRow <= last)
    const found = mergedRows(0, own, (column) => fields.get(column))
    if (found.length === 0) return undefined
    return shownMerged(found, chunk.sourceRows.subarray(from), shown)
  }

  #column(
    name: string,
    chunk: ColumnChunk,
    column: number,
    origins: readonly number[],
  ): SampledColumn {
    const profile = new ColumnProfile()
    const { percents } = this.#notes
    profile.percents = origins.reduce((sum, origin) => sum + (percents.get(origin) ?? 0), 0)
    const kinds = chunk.kinds[column]?.subarray(0, chunk.rows)
    const values = chunk.values[column]?.subarray(0, chunk.rows)
    if (kinds && values) profile.add(kinds, values, kinds.length, chunk.sourceRows)
    const { type, role, scale, sign } = decideType(name, profile, this.#pool)
    const texts = profile.firstTexts(this.#pool, keptTexts)
    const blanks = chunk.rows - profile.filled
    return { name, type, role, scale, sign, texts, blanks, distinct: -1, min: null, max: null }
  }
}

interface SampledColumn extends ColumnEvidence {
  readonly sign: string
}

/** With what they seem to stand for, as far as the first rows show it. */
function tagged(columns: readonly SampledColumn[], rows: number): Field[] {
  return tagFields(columns, rows, (index) => columns[index]?.texts ?? []).map(
    ({ name, type, role, scale, sign, meaning, personal }) => ({
      ...{ name, type, role },
      ...(type === 'decimal' ? { scale } : {}),
      ...(sign === '' ? {} : { sign }),
      ...(meaning === null ? {} : { meaning }),
      ...(personal === null ? {} : { personal }),
    }),
  )
}

/** What was found out, in the words of what may be asked. */
function layoutOf(
  chunk: ColumnChunk,
  header: HeaderSpan | undefined,
  asked: SheetLayout,
): SheetLayout {
  const found = header
    ? { headerRow: chunk.sourceRows[header.first] ?? 0, headerRows: header.last - header.first + 1 }
    : { headerRow: 0 }
  return { ...asked, ...found }
}
