/** Cells between the two passes of an import: written once while reading, read back once types are known. */
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import type { ColumnChunk } from '../../sources/column-chunk.ts'

export interface ChunkPlace {
  readonly offset: number
  readonly rows: number
  readonly source: number
  readonly columns: number
  readonly exact: boolean
}

export interface SpooledChunk {
  readonly rows: number
  readonly source: number
  /** Its number cells are numbers in their source, not digits read from text. */
  readonly exact: boolean
  readonly sourceRows: Float64Array
  /** Absent where the chunk's source had fewer columns: all blank. */
  readonly kinds: readonly Uint8Array[]
  readonly values: readonly Float64Array[]
}

const bytesPerValue = 8

/** Reads chunks back, in the thread that wrote them or in another one that follows. */
export class SpoolReader {
  protected readonly file: number
  readonly places: ChunkPlace[] = []
  #room = Buffer.alloc(0)

  constructor(path: string, flags = 'r') {
    this.file = openSync(path, flags)
  }

  get chunks(): number {
    return this.places.length
  }

  /** What it gives is there until the next chunk is read or written. */
  read(index: number): SpooledChunk {
    const place = this.places[index]
    if (place === undefined) throw new Error(`no chunk ${index}`)
    const { rows, columns } = place
    const bytes = this.take(rows, columns)
    readAll(this.file, bytes, place.offset)
    const wide = new Float64Array(bytes.buffer, bytes.byteOffset, rows * (columns + 1))
    const fields = Array.from({ length: columns }, (_, field) => field)
    return {
      rows,
      source: place.source,
      exact: place.exact,
      sourceRows: wide.subarray(0, rows),
      values: fields.map((field) => wide.subarray(rows * (field + 1), rows * (field + 2))),
      kinds: fields.map((field) => {
        const start = wide.byteLength + rows * field
        return bytes.subarray(start, start + rows)
      }),
    }
  }

  /** Room for a chunk, the same for all: a buffer each would only be collected again. */
  protected take(rows: number, columns: number): Buffer {
    const length = rows * (bytesPerValue + columns * (bytesPerValue + 1))
    if (this.#room.length < length) this.#room = Buffer.alloc(length)
    return this.#room.subarray(0, length)
  }

  close(): void {
    closeSync(this.file)
  }
}

export class Spool extends SpoolReader {
  readonly path: string
  #end = 0

  constructor(path: string) {
    super(path, 'wx+')
    this.path = path
  }

  /** Writes rows[from ..] of the chunk; `order[i]` is the column of the chunk that is field i, or -1. */
  write(
    chunk: ColumnChunk,
    from: number,
    { source, exact }: Pick<ChunkPlace, 'source' | 'exact'>,
    order: readonly number[],
  ): void {
    const rows = chunk.rows - from
    if (rows <= 0) return
    const bytes = this.take(rows, order.length)
    const wide = new Float64Array(bytes.buffer, bytes.byteOffset, rows * (order.length + 1))
    wide.set(chunk.sourceRows.subarray(from, chunk.rows), 0)
    let narrowAt = wide.byteLength
    order.forEach((column, field) => {
      const values = chunk.values[column]
      const kinds = chunk.kinds[column]
      if (values) wide.set(values.subarray(from, chunk.rows), rows * (field + 1))
      if (kinds) bytes.set(kinds.subarray(from, chunk.rows), narrowAt)
      else bytes.fill(0, narrowAt, narrowAt + rows)
      narrowAt += rows
    })
    writeAll(this.file, bytes, this.#end)
    this.places.push({ offset: this.#end, rows, source, exact, columns: order.length })
    this.#end += bytes.length
  }

  override close(): void {
    super.close()
    rmSync(this.path, { force: true })
  }
}

/** The chunk without some of its rows; its first one is row `first` of all. */
export function withoutRows(chunk: SpooledChunk, first: number, out: Uint8Array): SpooledChunk {
  const left = Uint32Array.from({ length: chunk.rows }, (_, row) => row).filter(
    (row) => out[first + row] !== 1,
  )
  if (left.length === chunk.rows) return chunk
  const numbers = (values: Float64Array) => Float64Array.from(left, (row) => values[row] ?? 0)
  return {
    rows: left.length,
    source: chunk.source,
    exact: chunk.exact,
    sourceRows: numbers(chunk.sourceRows),
    values: chunk.values.map(numbers),
    kinds: chunk.kinds.map((kinds) => Uint8Array.from(left, (row) => kinds[row] ?? 0)),
  }
}

function writeAll(file: number, bytes: Buffer, offset: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(file, bytes, done, bytes.length - done, offset + done)
  }
}

function readAll(file: number, bytes: Buffer, offset: number): void {
  for (let done = 0; done < bytes.length;) {
    const got = readSync(file, bytes, done, bytes.length - done, offset + done)
    if (got === 0) throw new Error('spool ends early')
    done += got
  }
}
