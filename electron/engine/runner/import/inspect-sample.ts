/** What the first rows of a part say: its tables, their names and types, and how its cells were understood. */
import type { BlankedCells, SourcePart } from '../../../../shared/data/import-words.ts'
import type { CellValue } from '../../../../shared/data/cell-value.ts'
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import type { Field } from '../../../../shared/data/field.ts'
import type { SheetLayout } from '../../../../shared/data/sheet-layout.ts'
import type { ColumnChunk } from '../../sources/column-chunk.ts'
import { ChunkBuilder } from '../../sources/column-chunk.ts'
import type { EncodingGuess } from '../../sources/csv/narrow-encodings.ts'
import type { TotalsRow } from '../../sources/reader.ts'
import { ReadNotes, readsNumbers } from '../../sources/reader.ts'
import type { SourceReader } from '../../sources/reader.ts'
import { sourceLimits } from '../../sources/source-limits.ts'
import { TextPool } from '../../sources/text-pool.ts'
import { cellKind } from '../../sources/cell-kinds.ts'
import { cellText } from '../../sources/typing/cell-text.ts'
import { keepRows, labelOf, withinRange } from '../../sources/typing/chunk-parts.ts'
import { ColumnProfile } from '../../sources/typing/column-profile.ts'
import type { HeaderSpan } from '../../sources/typing/header-row.ts'
import { findHeader, headerAt, readNames, usableNames } from '../../sources/typing/header-row.ts'
import { noteText } from '../../sources/typing/note-sheets.ts'
import { periodColumns } from '../../sources/typing/period-columns.ts'
import { findTables } from '../../sources/typing/sheet-tables.ts'
import { totalLabelOf } from '../../sources/typing/row-labels.ts'
import { RepeatedHeads } from '../../sources/typing/repeated-heads.ts'
import type { LeftOutRow } from '../../sources/typing/reviewed-rows.ts'
import { TotalRows } from '../../sources/typing/total-rows.ts'
import { totalColumns, TurnedColumns } from '../../sources/typing/turn-columns.ts'
import { sampleRemarks } from './import-remarks.ts'
import type { MergedRows } from './merged-cells.ts'
import { mergedRows, shownMerged } from './merged-cells.ts'
import type { ColumnCells } from '../../sources/typing/decide-columns.ts'
import { decideColumns } from '../../sources/typing/decide-columns.ts'
import type { TypeDecision } from '../../sources/typing/type-decision.ts'
import { blankedCells } from './sample-blanks.ts'
import { longDecimals } from './long-decimals.ts'
import { partedByCommas } from './source-rows.ts'
import { sampledColumn, taggedColumns } from './sample-columns.ts'

const sampledRows = 2000
const shownRows = 20
/** Rows left out that are shown as such. */
const keptLeftOut = 20

export interface Sample {
  readonly layout: SheetLayout
  readonly periods: readonly string[] | undefined
  readonly periodTotals: readonly string[]
  readonly title: string | undefined
  /** What a sheet says that holds no table. */
  readonly note: string | undefined
  readonly columns: readonly Field[]
  readonly rows: CellValue[][]
  readonly blanked: readonly BlankedCells[]
  readonly merged: SourcePart['merged']
  readonly encoding: string | undefined
  readonly delimiter: string | undefined
  readonly encodings: readonly EncodingGuess[]
  readonly rowsKnown: number | undefined
  /** Rows of data and those left out from among them. */
  readonly looked: number
  readonly leftOut: SourcePart['leftOut']
  /** What is worth knowing of its columns before they are read. */
  readonly remarks: readonly DatasetWarning[]
  /** There are more rows than were looked at. */
  readonly goesOn: boolean
}

/** Ends the reading from inside: a reader stops at nothing but an error. */
class EnoughRows extends Error {}

/** One sample for each table; none when the part has no cells. `asked` is how its user wants it understood. */
export async function readSamples(
  reader: SourceReader,
  asked: SheetLayout,
  {
    shown = shownRows,
    sheet,
  }: { readonly shown?: number; readonly sheet?: string | undefined } = {},
): Promise<Sample[]> {
  const pool = new TextPool(sourceLimits.textBytes)
  const notes = new ReadNotes()
  let samples: Sample[] = []
  let goesOn = true
  const noteOf = (chunk: ColumnChunk): string | undefined => {
    const looks = !goesOn && reader.namedColumns === undefined && sheet !== undefined
    return looks ? noteText(chunk, pool, sheet) : undefined
  }
  const cells = new ChunkBuilder(
    (chunk) => {
      const own = asked.range ? withinRange(chunk, asked.range) : chunk
      if (own.rows === 0) return
      samples = new Sampling(reader, pool, notes, shown)
        .all(own, asked)
        .map((sample) => ({ ...sample, goesOn, note: noteOf(own) }))
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

  all(chunk: ColumnChunk, asked: SheetLayout): Omit<Sample, 'goesOn' | 'note'>[] {
    if (this.#reader.namedColumns) return [this.#named(chunk, this.#reader.namedColumns)]
    const tables = asked.range || asked.headerRow !== undefined ? [] : findTables(chunk, this.#pool)
    if (tables.length === 0) return [this.#sheet(chunk, asked, undefined)]
    return tables.map(({ range, title }) =>
      this.#sheet(withinRange(chunk, range), { ...asked, range }, title),
    )
  }

  #named(chunk: ColumnChunk, named: readonly string[]): Omit<Sample, 'goesOn' | 'note'> {
    const { names } = usableNames(named)
    const origins = names.map((_, column) => [column])
    const own = { layout: {}, periods: undefined, periodTotals: [], title: undefined }
    return {
      ...own,
      looked: chunk.rows,
      leftOut: undefined,
      ...withRemarks(this.#cells(chunk, names, 0, origins), sampleRemarks(this.#notes)),
    }
  }

  #sheet(
    chunk: ColumnChunk,
    asked: SheetLayout,
    title: string | undefined,
  ): Omit<Sample, 'goesOn' | 'note'> {
    const { headerRow, headerRows = 1 } = asked
    const header =
      headerRow === undefined
        ? findHeader(chunk, this.#pool)
        : headerAt(chunk, headerRow, headerRows)
    const { names } = readNames(chunk, header, this.#pool)
    const from = header === undefined ? 0 : header.last + 1
    const heads = new RepeatedHeads(chunk, header).find(chunk, from)
    const { rows, out, likely } = this.#dataRows(chunk, from, heads, asked)
    const looked = chunk.rows - from
    const found = {
      looked,
      layout: layoutOf(chunk, header, asked),
      title,
      ...this.#periods(names, asked, rows),
    }
    const shift = (asked.range?.fromColumn ?? 1) - 1
    if (!asked.unpivot) {
      const places = names.map((_, column) => [column])
      const origins = names.map((_, column) => [column + shift])
      const leftOut = this.#leftOut(chunk, from, out, places)
      return { ...found, leftOut, ...withRemarks(this.#cells(rows, names, 0, origins), likely) }
    }
    const turned = new TurnedColumns(names, asked.unpivot, this.#pool, rows, 0)
    const origins = turned.origins.map((columns) => columns.map((column) => column + shift))
    const leftOut = this.#leftOut(chunk, from, out, turned.origins)
    const cells = this.#cells(turned.turn(rows, 0), turned.names, 0, origins)
    return { ...found, leftOut, ...withRemarks(cells, likely) }
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

  #dataRows(
    chunk: ColumnChunk,
    from: number,
    heads: readonly number[],
    asked: SheetLayout,
  ): {
    readonly rows: ColumnChunk
    readonly out: readonly LeftOutRow[]
    readonly likely: readonly DatasetWarning[]
  } {
    const all = Array.from({ length: chunk.rows }, (_, row) => row)
    const left = heads.length === 0 ? all : all.filter((row) => !heads.includes(row))
    const body = keepRows(chunk, left)
    const totals =
      asked.keepTotals === true
        ? { out: [], kept: [] }
        : new TotalRows(this.#pool, this.#knownTotals(asked), asked.totalsByWord).review(body, from)
    const out: LeftOutRow[] = [
      ...heads.map((row) => ({ row, reason: 'heads' as const })),
      ...totals.out.map(({ row, reason }) => ({ row: left[row] ?? row, reason })),
    ].sort((a, b) => a.row - b.row)
    const without = new Set(out.map(({ row }) => row))
    const rows = Array.from({ length: chunk.rows - from }, (_, index) => from + index)
    const likely = [...sampleRemarks(this.#notes), ...this.#likelyTotals(body, totals.kept)]
    return { rows: keepRows(chunk, rows.filter((row) => !without.has(row))), out, likely } // prettier-ignore
  }

  #likelyTotals(chunk: ColumnChunk, kept: readonly number[]): DatasetWarning[] {
    if (kept.length === 0) return []
    const examples = kept
      .slice(0, 5)
      .map((row) => `${totalLabelOf(chunk, row, this.#pool)} (${chunk.sourceRows[row] ?? 0})`)
    return [{ code: 'likelyTotals', count: kept.length, examples }]
  }

  /** `origins`: the columns of the chunk behind each that is shown; where several became one, nothing is shown. */
  #leftOut(
    chunk: ColumnChunk,
    from: number,
    out: readonly LeftOutRow[],
    origins: readonly (readonly number[])[],
  ): Sample['leftOut'] {
    // Lines below the table of a text file never were rows.
    const below = this.#notes.leftOut
    const count = out.length + below.length
    if (count === 0) return undefined
    const rows = out.map(({ row, reason }, index) => ({
      ...{ row: chunk.sourceRows[row] ?? 0, before: row - from - index, reason },
      label: labelOf(chunk, row, this.#pool),
      cells: origins.map((own) => (own.length === 1 ? this.#cell(chunk, own[0] ?? 0, row) : null)),
    }))
    const last = chunk.rows - from - out.length
    const lines = below.map(({ row, reason, label }) => ({
      ...{ row, before: last, reason, label },
      cells: origins.map((_, column) => (column === 0 ? label : null)),
    }))
    return { count, rows: [...rows, ...lines].slice(0, keptLeftOut) }
  }

  #cell(chunk: ColumnChunk, column: number, row: number): CellValue {
    return cellText(chunk.kinds[column]?.[row] ?? 0, chunk.values[column]?.[row] ?? 0, this.#pool)
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
  ): Pick<
    Sample,
    | 'columns'
    | 'rows'
    | 'blanked'
    | 'remarks'
    | 'merged'
    | 'encoding'
    | 'delimiter'
    | 'encodings'
    | 'rowsKnown'
  > {
    const shown = Math.max(0, Math.min(this.#shown, chunk.rows - from))
    const merged = this.#merged(chunk, from, origins)
    const profiles = names.map((name, column) => {
      return { name, profile: this.#profile(chunk, column, origins[column] ?? []) }
    })
    const decided = decideColumns(profiles, this.#pool, partedByCommas(this.#notes))
    const found = profiles.flatMap((cells, column) => {
      const decision = decided[column]
      if (decision === undefined) return []
      const sampled = sampledColumn(cells, decision, chunk, column, this.#pool)
      const blanked = blankedCells(cells, decision, column, { chunk, from, rows: shown }, this.#pool) // prettier-ignore
      const remarks = this.#remarks(cells, decision, origins[column] ?? [])
      return [{ ...sampled, blanked, remarks }]
    })
    return {
      columns: taggedColumns(found, chunk.rows - from),
      rows: Array.from({ length: shown }, (_, row) =>
        names.map((_name, column) => this.#cell(chunk, column, from + row)),
      ),
      blanked: found.flatMap(({ blanked }) => blanked),
      remarks: [...found.flatMap(({ remarks }) => remarks), ...mergedRemarks(merged, names)],
      merged:
        merged.length === 0
          ? undefined
          : shownMerged(merged, chunk.sourceRows.subarray(from), shown),
      encoding: this.#notes.encoding,
      delimiter: this.#delimiter(),
      encodings: this.#notes.encodings,
      rowsKnown: this.#reader.countRows?.(),
    }
  }

  #delimiter(): string | undefined {
    const { lineShape } = this.#notes
    return lineShape && String.fromCharCode(lineShape.delimiter)
  }

  /** Known where the sheet ended within the rows looked at: merged cells stand behind its cells. */
  #merged(chunk: ColumnChunk, from: number, origins: readonly (readonly number[])[]): MergedRows[] {
    const fields = new Map(
      origins.flatMap((own, field) => (own.length === 1 ? [[own[0], field]] : [])),
    )
    const first = chunk.sourceRows[from] ?? Infinity
    const last = chunk.sourceRows[chunk.rows - 1] ?? 0
    const own = this.#notes.merged.filter(({ fromRow }) => fromRow >= first && fromRow <= last)
    return mergedRows(0, own, (column) => fields.get(column))
  }

  #profile(chunk: ColumnChunk, column: number, origins: readonly number[]): ColumnProfile {
    const profile = new ColumnProfile()
    const { percents } = this.#notes
    profile.exact = readsNumbers(this.#reader)
    profile.percents = origins.reduce((sum, origin) => sum + (percents.get(origin) ?? 0), 0)
    const kinds = chunk.kinds[column]?.subarray(0, chunk.rows)
    const values = chunk.values[column]?.subarray(0, chunk.rows)
    if (kinds && values) profile.add(kinds, values, kinds.length, chunk.sourceRows)
    return profile
  }

  #remarks(
    { name, profile }: ColumnCells,
    decision: TypeDecision,
    origins: readonly number[],
  ): readonly DatasetWarning[] {
    const { hiddenErrors } = this.#notes
    const hidden = origins.reduce((sum, origin) => sum + (hiddenErrors.get(origin) ?? 0), 0)
    const errors = profile.count(cellKind.error) + hidden
    const warnings = [...decision.warnings, ...longDecimals(name, decision, profile, this.#pool)]
    return errors > 0 ? [...warnings, { code: 'cellError', column: name, count: errors }] : warnings
  }
}

const withRemarks = <S extends Pick<Sample, 'remarks'>>(sample: S, more: Sample['remarks']): S => ({
  ...sample,
  remarks: [...more, ...sample.remarks],
})

function mergedRemarks(merged: readonly MergedRows[], names: readonly string[]): DatasetWarning[] {
  return [...Map.groupBy(merged, ({ field }) => field)].map(([field, own]) => ({
    ...{ code: 'mergedCells', column: names[field] ?? '', count: own.length },
    examples: own.slice(0, 5).map(({ address }) => address),
  }))
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
