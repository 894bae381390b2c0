/** Second pass: types are known, cells become stored values, the extract file is written. */
import type { ExtractField } from '../../extracts/extract-columns.ts'
import { worthCoding } from '../../extracts/extract-columns.ts'
import { isoDay, isoSecond } from '../../../../shared/data/calendar-day.ts'
import { cellKind } from '../../sources/cell-kinds.ts'
import { decimalText } from '../../../../shared/query/cell-reading.ts'
import type { TextPool } from '../../sources/text-pool.ts'
import type { CodedValues, ColumnCoder } from '../../sources/typing/column-coder.ts'
import { columnCoder } from '../../sources/typing/column-coder.ts'
import type { ColumnProfile } from '../../sources/typing/column-profile.ts'
import type { TypeDecision } from '../../sources/typing/type-decision.ts'
import type { ExtractSource, WriterOptions } from '../duckdb/extract-writer.ts'
import { ExtractWriter } from '../duckdb/extract-writer.ts'
import type { MergedRows } from './merged-cells.ts'
import { MergeFill } from './merged-cells.ts'
import type { Spool } from './spool.ts'
import { withoutRows } from './spool.ts'

export interface PlannedColumn {
  readonly name: string
  /** Place among the spooled columns. */
  readonly spooled: number
  readonly decision: TypeDecision
  readonly profile: ColumnProfile
}

export interface WritePlan {
  readonly target: string
  readonly columns: readonly PlannedColumn[]
  readonly spool: Spool
  readonly pool: TextPool
  readonly rows: number
  /** Rows, counted from 0 over all chunks, that are left out. */
  readonly leftOut?: { has: (row: number) => boolean }
  /** Merged cells, and the spooled columns in which their value is repeated. */
  readonly merged?: readonly MergedRows[]
  readonly filled?: ReadonlySet<number>
  readonly sources: readonly ExtractSource[]
  readonly info: Readonly<Record<string, string>>
  readonly options: WriterOptions
  readonly progress: (rows: number) => void
}

export interface WrittenColumn {
  readonly field: ExtractField
  readonly coder: ColumnCoder
}

/** Writes and closes the file; the caller flushes it to disk. */
export async function writeExtract(plan: WritePlan): Promise<readonly WrittenColumn[]> {
  const columns = plan.columns.map((column) => new ColumnWriter(plan, column))
  const shapes = columns.map((column) => column.shape)
  const writer = await ExtractWriter.create(plan.target, shapes, plan.options)
  const fill = plan.filled?.size ? new MergeFill(plan.merged ?? [], plan.filled) : undefined
  let written = 0
  let read = 0
  for (let index = 0; index < plan.spool.chunks; index++) {
    const whole = plan.spool.read(index)
    fill?.fill(whole)
    const chunk = plan.leftOut ? withoutRows(whole, read, plan.leftOut) : whole
    read += whole.rows
    if (chunk.rows === 0) continue
    writer.append({
      count: chunk.rows,
      sourceIds: new Float64Array(chunk.rows).fill(chunk.source),
      sourceRows: chunk.sourceRows,
      fields: columns.map((column) => column.encode(chunk.kinds, chunk.values, chunk.rows)),
    })
    written += chunk.rows
    plan.progress(written)
  }
  const done = columns.map((column) => column.finish())
  await writer.finish({
    fields: done.map((column) => column.field),
    dictionaries: columns.map((column) => column.dictionary()),
    sources: plan.sources,
    info: plan.info,
  })
  return done
}

class ColumnWriter {
  readonly #column: PlannedColumn
  readonly #coder: ColumnCoder
  readonly #coded: boolean
  readonly #rows: number
  #min = Infinity
  #max = -Infinity
  #blanks = 0

  constructor(plan: WritePlan, column: PlannedColumn) {
    this.#column = column
    this.#rows = plan.rows
    this.#coded =
      column.decision.type === 'text' && worthCoding(distinctAtMost(plan, column), plan.rows)
    this.#coder = columnCoder(column.decision, this.#coded, plan.pool)
  }

  get shape(): Pick<ExtractField, 'type' | 'scale' | 'coded' | 'wide'> {
    const { type, scale, wide } = this.#column.decision
    return { type, scale, wide, coded: this.#coded }
  }

  encode(kinds: readonly Uint8Array[], values: readonly Float64Array[], rows: number): CodedValues {
    const place = this.#column.spooled
    const coded = this.#coder.encode(
      kinds[place] ?? new Uint8Array(rows),
      values[place] ?? new Float64Array(rows),
      rows,
    )
    this.#measure(coded)
    return coded
  }

  dictionary(): readonly string[] | undefined {
    return this.#coded ? this.#coder.dictionary() : undefined
  }

  #measure(coded: CodedValues): void {
    if (!(coded instanceof Float64Array)) {
      for (const value of coded) if (value === null) this.#blanks++
      return
    }
    for (const value of coded) {
      if (value < this.#min) this.#min = value
      if (value > this.#max) this.#max = value
      if (Number.isNaN(value)) this.#blanks++
    }
  }

  finish(): WrittenColumn {
    const { name, decision } = this.#column
    const field: ExtractField = {
      name,
      ...this.shape,
      role: decision.role,
      ...(decision.sign === '' ? {} : { sign: decision.sign }),
      distinct: this.#coder.dictionary()?.length ?? -1,
      blanks: this.#blanks,
      min: this.#write(this.#min),
      max: this.#write(this.#max),
    }
    return { field, coder: this.#coder }
  }

  #write(value: number): string | null {
    if (!Number.isFinite(value) || this.#blanks === this.#rows) return null
    const { type, scale } = this.#column.decision
    switch (type) {
      case 'text':
      case 'boolean':
        return null
      case 'date':
        return isoDay(value)
      case 'timestamp':
        return isoSecond(value)
      case 'decimal':
        return decimalText(value, scale)
      case 'integer':
      case 'double':
        return String(value)
    }
  }
}

/** Different texts of a column, never too few: places in the pool, and numbers that become text. */
function distinctAtMost(plan: WritePlan, column: PlannedColumn): number {
  const distinct = column.profile.distinctTexts()
  const others = column.profile.filled - column.profile.count(cellKind.text)
  if (others === 0 || plan.rows <= 100_000) return distinct
  return distinct + distinctOthers(plan.spool, column.spooled)
}

function distinctOthers(spool: Spool, place: number): number {
  const seen = new Set<number>()
  for (let index = 0; index < spool.chunks; index++) {
    const chunk = spool.read(index)
    const kinds = chunk.kinds[place]
    const values = chunk.values[place]
    for (let i = 0; i < chunk.rows; i++) {
      const kind = kinds?.[i] ?? 0
      if (kind !== cellKind.blank && kind !== cellKind.text) seen.add(values?.[i] ?? 0)
    }
  }
  return seen.size
}
