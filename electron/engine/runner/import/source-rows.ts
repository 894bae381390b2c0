/** First pass over one source: header found, rows spooled under the dataset's fields, columns profiled. */
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import type { SheetLayout } from '../../../../shared/data/sheet-layout.ts'
import type { ColumnChunk } from '../../sources/column-chunk.ts'
import { chunkCapacity, ChunkBuilder } from '../../sources/column-chunk.ts'
import type { SourceReader } from '../../sources/reader.ts'
import type { TotalsRow } from '../../sources/reader.ts'
import { ReadNotes, readsNumbers } from '../../sources/reader.ts'
import type { SourceLimits } from '../../sources/source-limits.ts'
import { overLimit } from '../../sources/source-limits.ts'
import type { TextPool } from '../../sources/text-pool.ts'
import { cellKind } from '../../sources/cell-kinds.ts'
import { ColumnProfile } from '../../sources/typing/column-profile.ts'
import type { HeaderSpan } from '../../sources/typing/header-row.ts'
import { keepRows, labelOf, withinRange } from '../../sources/typing/chunk-parts.ts'
import { TurnedColumns } from '../../sources/typing/turn-columns.ts'
import { findHeader, headerAt, readNames, usableNames } from '../../sources/typing/header-row.ts'
import { RepeatedHeads } from '../../sources/typing/repeated-heads.ts'
import { totalLabelOf } from '../../sources/typing/row-labels.ts'
import type { LeftOutRow } from '../../sources/typing/reviewed-rows.ts'
import { TotalRows } from '../../sources/typing/total-rows.ts'
import { columnLetters } from '../../sources/xlsx/sheet-parts.ts'
import type { MergedRows } from './merged-cells.ts'
import { mergedRows } from './merged-cells.ts'
import type { FieldList } from './shape-match.ts'
import type { Spool } from './spool.ts'

export interface Gathering {
  readonly fields: FieldList
  /** Names its fields had before. */
  readonly before: readonly string[]
  readonly profiles: ColumnProfile[]
  readonly spool: Spool
  readonly pool: TextPool
  readonly limits: SourceLimits
  readonly warnings: DatasetWarning[]
  readonly merged: MergedRows[]
  rows: number
  /** Some source is a text file whose fields commas part. */
  partedByCommas: boolean
  /** Called after each chunk that was spooled and profiled. */
  readonly stored?: () => void
}

export interface GatherAsk {
  readonly reader: SourceReader
  readonly name: string
  readonly source: number
  /** Its number cells are numbers, not digits read from text. */
  readonly exact?: boolean
  readonly layout: SheetLayout
  /** Field by the name its column has in the file. */
  readonly renames: Readonly<Record<string, string>>
  readonly mends?: ReadonlyMap<string, string | null> | undefined
  readonly progress: (fraction: number) => void
}

interface Gathered {
  readonly rows: number
  readonly notes: ReadNotes
  /** By the names of their fields. */
  readonly columns: readonly string[]
  /** As the source names them. */
  readonly names: readonly string[]
}

/** Resolves with the number of rows and the reader's notes. */
export async function gatherSource(into: Gathering, ask: GatherAsk): Promise<Gathered> {
  const notes = new ReadNotes()
  const rows = new SourceRows(into, ask, notes)
  const cells = new ChunkBuilder((chunk) => rows.take(chunk), into.limits.columns)
  const { pool, limits } = into
  const { mends, progress } = ask
  await ask.reader.read({ cells, pool, notes, limits, progress, ...(mends ? { mends } : {}) })
  cells.finish()
  rows.settle()
  rows.noteByColumn(notes)
  notes.merged = notes.merged.filter(({ fromRow }) => rows.holds(fromRow))
  for (const one of mergedRows(ask.source, notes.merged, rows.fieldsByColumn()))
    into.merged.push(one)
  if (cells.beyondCount > 0) {
    const examples = [...cells.beyond].slice(0, 5).map(columnLetters)
    into.warnings.push({ code: 'columnsBeyond', count: cells.beyondCount, examples })
  }
  return { rows: rows.count, notes, columns: rows.columns, names: rows.names }
}

const comma = 0x2c
export const partedByCommas = ({ lineShape }: ReadNotes): boolean => lineShape?.delimiter === comma

class SourceRows {
  readonly #into: Gathering
  readonly #ask: GatherAsk
  readonly #notes: ReadNotes
  readonly #looks: boolean
  #totals: TotalRows | undefined
  #heads: RepeatedHeads | undefined
  #order: number[] | undefined
  columns: readonly string[] = []
  names: readonly string[] = []
  #turned: TurnedColumns | undefined
  count = 0
  #headEnd = 0
  /** Rows that may be totals of what comes after their chunk. */
  readonly #held: ColumnChunk[] = []

  constructor(into: Gathering, ask: GatherAsk, notes: ReadNotes) {
    this.#into = into
    this.#ask = ask
    this.#notes = notes
    // A table of a database holds rows alone.
    this.#looks = ask.reader.namedColumns === undefined && ask.layout.keepTotals !== true
  }

  take(given: ColumnChunk): void {
    const { range } = this.#ask.layout
    const whole = range ? withinRange(given, range) : given
    if (whole.rows === 0) return
    this.#into.partedByCommas ||= partedByCommas(this.#notes)
    // What the file itself says is known once its cells come.
    if (this.#looks)
      this.#totals ??= new TotalRows(
        this.#into.pool,
        this.#knownTotals(),
        this.#ask.layout.totalsByWord,
      )
    const from = this.#order === undefined ? this.#start(whole) : 0
    this.#put(
      this.#withoutTotals(this.#withoutHeads(whole, from), from, given.rows < chunkCapacity),
      from,
    )
  }

  /** All was read: rows that were held back are left out, or come last. */
  settle(): void {
    if (this.#held.length === 0) return
    const all = this.#totals?.settle() ?? []
    let done = 0
    for (const held of this.#held) {
      const found = all.slice(done, (done += held.rows))
      this.#leaveOut(held, found.flatMap(({ reason }, row) => (reason === null ? [] : [{ row, reason }]))) // prettier-ignore
      this.#keepLikely(held, [...found.keys()].filter((row) => found[row]?.kept)) // prettier-ignore
      const data = [...found.keys()].filter((row) => found[row]?.reason === null)
      if (data.length > 0) this.#put(keepRows(held, data), 0)
    }
  }

  get #exact(): boolean {
    const { exact, reader } = this.#ask
    return exact ?? readsNumbers(reader)
  }

  #put(chunk: ColumnChunk, from: number): void {
    if (this.#turned) this.#store(this.#turned.turn(chunk, from), 0, this.#order ?? [])
    else this.#store(chunk, from, this.#widen(chunk))
  }

  #knownTotals(): TotalsRow[] {
    const shift = (this.#ask.layout.range?.fromColumn ?? 1) - 1
    return this.#notes.totals.map(({ row, fromColumn, toColumn }) => {
      return { row, fromColumn: fromColumn - shift, toColumn: toColumn - shift }
    })
  }

  #withoutHeads(chunk: ColumnChunk, from: number): ColumnChunk {
    const rows = this.#heads?.find(chunk, from) ?? []
    this.#leaveOut(chunk, rows.map((row) => ({ row, reason: 'heads' }))) // prettier-ignore
    return this.#without(chunk, rows)
  }

  #withoutTotals(chunk: ColumnChunk, from: number, ends: boolean): ColumnChunk {
    const reviewed = this.#totals?.review(chunk, from, ends)
    if (reviewed === undefined) return chunk
    this.#keepLikely(chunk, reviewed.kept)
    this.#leaveOut(chunk, reviewed.out)
    if (reviewed.held.length > 0) this.#held.push(keepRows(chunk, reviewed.held))
    return this.#without(chunk, [...reviewed.out.map(({ row }) => row), ...reviewed.held])
  }

  #without(chunk: ColumnChunk, leftOut: readonly number[]): ColumnChunk {
    if (leftOut.length === 0) return chunk
    const out = new Set(leftOut)
    const rows = Array.from({ length: chunk.rows }, (_, row) => row)
    return keepRows(
      chunk,
      rows.filter((row) => !out.has(row)),
    )
  }

  #leaveOut(chunk: ColumnChunk, rows: readonly LeftOutRow[]): void {
    for (const { row, reason } of rows)
      this.#notes.leaveOut(chunk.sourceRows[row] ?? 0, reason, labelOf(chunk, row, this.#into.pool))
  }

  #keepLikely(chunk: ColumnChunk, rows: readonly number[]): void {
    for (const row of rows)
      this.#notes.keepLikely(chunk.sourceRows[row] ?? 0, totalLabelOf(chunk, row, this.#into.pool))
  }

  #store(chunk: ColumnChunk, from: number, order: readonly number[]): void {
    const rows = chunk.rows - from
    this.#into.rows += rows
    if (this.#into.rows > this.#into.limits.rows) throw overLimit('rows')
    const { source } = this.#ask
    this.#into.spool.write(chunk, from, { source, exact: this.#exact }, order)
    order.forEach((column, field) => this.#profile(field, chunk, column, from, rows))
    this.count += rows
    this.#into.stored?.()
  }

  noteByColumn({ percents, elapsed, hiddenErrors }: ReadNotes): void {
    const shift = (this.#ask.layout.range?.fromColumn ?? 1) - 1
    this.#order?.forEach((column, field) => {
      const profile = this.#into.profiles[field]
      for (const origin of this.#turned?.origins[column] ?? [column]) {
        if (!profile) continue
        profile.percents += percents.get(origin + shift) ?? 0
        profile.elapsed += elapsed.get(origin + shift) ?? 0
        profile.hiddenErrors += hiddenErrors.get(origin + shift) ?? 0
      }
    })
  }

  /** Which field a column of the sheet became; none where several became one. */
  fieldsByColumn(): (column: number) => number | undefined {
    const shift = (this.#ask.layout.range?.fromColumn ?? 1) - 1
    const fields = new Map<number, number>()
    this.#order?.forEach((column, field) => {
      const origins = this.#turned?.origins[column] ?? [column]
      const [origin] = origins
      if (origins.length === 1 && origin !== undefined) fields.set(origin + shift, field)
    })
    return (column) => fields.get(column)
  }

  #profile(field: number, chunk: ColumnChunk, column: number, from: number, rows: number): void {
    const profile = this.#into.profiles[field]
    const kinds = chunk.kinds[column]
    const values = chunk.values[column]
    if (profile) profile.exact = this.#exact
    if (kinds && values) {
      const sourceRows = chunk.sourceRows.subarray(from, chunk.rows)
      profile?.add(kinds.subarray(from), values.subarray(from), rows, sourceRows)
    } else profile?.addBlanks(rows)
  }

  /** Whether a row of the source is one of data. */
  holds(row: number): boolean {
    const { fromRow = 1, toRow = Infinity } = this.#ask.layout.range ?? {}
    return row > this.#headEnd && row >= fromRow && row <= toRow
  }

  /** Index of the first row of data. */
  #start(chunk: ColumnChunk): number {
    const named = this.#ask.reader.namedColumns
    const header = named === undefined ? this.#headerIn(chunk) : undefined
    const { names, warnings } =
      named === undefined
        ? readNames(trimmed(chunk, header), header, this.#into.pool, this.#knownNames)
        : usableNames(named, this.#knownNames)
    this.#into.warnings.push(...warnings)
    this.#heads = new RepeatedHeads(chunk, header)
    const { unpivot } = this.#ask.layout
    const from = header === undefined ? 0 : header.last + 1
    this.#headEnd = chunk.sourceRows[from - 1] ?? 0
    this.#turned = unpivot && new TurnedColumns(names, unpivot, this.#into.pool, chunk, from)
    this.#into.warnings.push(...leftOutColumns(this.#turned?.leftOut ?? []))
    this.names = names
    this.columns = this.#renamed(this.#turned?.names ?? names)
    this.#order = this.#into.fields.orderFor(this.#ask.name, this.columns)
    this.#addProfiles()
    return from
  }

  /** A column that has the field's own name goes before one that was renamed to it. */
  #renamed(names: readonly string[]): readonly string[] {
    const { renames } = this.#ask
    return names.map((name) => {
      const field = Object.hasOwn(renames, name) ? renames[name] : undefined
      return field === undefined || names.includes(field) ? name : field
    })
  }

  #addProfiles(): void {
    const { fields, profiles, rows } = this.#into
    while (profiles.length < fields.names.length) {
      const profile = new ColumnProfile()
      profile.addBlanks(rows)
      profiles.push(profile)
    }
  }

  /** A column without a name goes on under the one it has. */
  get #knownNames(): string[] {
    const { fields, before } = this.#into
    return [...fields.names, ...before, ...Object.keys(this.#ask.renames)]
  }

  #headerIn(chunk: ColumnChunk): HeaderSpan | undefined {
    const { headerRow, headerRows = 1 } = this.#ask.layout
    return headerRow === undefined
      ? findHeader(chunk, this.#into.pool)
      : headerAt(chunk, headerRow, headerRows)
  }

  /** Cells right of the last column name are a column without a name; only the first source may bring one. */
  #widen(chunk: ColumnChunk): readonly number[] {
    const order = this.#order ?? []
    if (chunk.kinds.length <= this.columns.length || !filledBeyond(chunk, this.columns.length)) {
      return order
    }
    const wider = usableNames(
      [...this.columns, ...Array<string>(chunk.kinds.length - this.columns.length).fill('')],
      this.#knownNames,
    )
    this.#into.warnings.push(
      ...wider.warnings.filter((warning) => warning.code === 'missingHeader'),
    )
    this.#order = this.#into.fields.extend(this.#ask.name, wider.names, order)
    this.names = [...this.names, ...wider.names.slice(this.names.length)]
    this.columns = wider.names
    this.#addProfiles()
    return this.#order
  }
}

/** One remark for all of them: a year of months has a subtotal for every quarter. */
function leftOutColumns(names: readonly string[]): DatasetWarning[] {
  const [column, ...others] = names
  if (column === undefined) return []
  if (others.length === 0) return [{ code: 'leftOutColumn', column }]
  return [{ code: 'leftOutColumn', count: names.length, examples: [...names] }]
}

function filledBeyond(chunk: ColumnChunk, width: number): boolean {
  return chunk.kinds
    .slice(width)
    .some((kinds) => kinds.subarray(0, chunk.rows).some((kind) => kind !== cellKind.blank))
}

/** Columns up to the last name: what stands right of it without a name is looked at later. */
function trimmed(chunk: ColumnChunk, header: HeaderSpan | undefined): ColumnChunk {
  if (header === undefined) return chunk
  const last = chunk.kinds.findLastIndex((kinds) =>
    kinds.subarray(header.first, header.last + 1).some((kind) => kind !== cellKind.blank),
  )
  return {
    ...chunk,
    kinds: chunk.kinds.slice(0, last + 1),
    values: chunk.values.slice(0, last + 1),
  }
}
