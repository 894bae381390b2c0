/** Fills DuckDB vectors from typed arrays: bulk copies into the vector's own buffer, no object and no BigInt per value. */
import type { DuckDBType, DuckDBVector } from '@duckdb/node-api'
import {
  BIGINT,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  DuckDBBigIntVector,
  DuckDBBooleanVector,
  DuckDBDateVector,
  DuckDBDecimal128Vector,
  DuckDBDecimal64Vector,
  DuckDBDecimalValue,
  DuckDBDoubleVector,
  DuckDBIntegerVector,
  DuckDBSmallIntVector,
  DuckDBTimestampVector,
  DuckDBVarCharVector,
  INTEGER,
  SMALLINT,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api'
import { PlacedTexts } from '../../sources/texts.ts'
import { fillPlacedTexts, fillTexts } from './text-vector.ts'

/**
 * Values of one field for some rows. Numbers carry everything but text and wide decimals, NaN is blank: dictionary code,
 * whole number, decimal times 10^scale, double, 0 or 1, epoch day, wall-clock epoch second.
 */
export type ColumnValues =
  Float64Array | PlacedTexts | readonly (string | null)[] | readonly (bigint | null)[]

const bySqlType: Readonly<Record<string, DuckDBType>> = {
  INTEGER,
  SMALLINT,
  BIGINT,
  DOUBLE,
  BOOLEAN,
  DATE,
  TIMESTAMP,
  VARCHAR,
}

export function duckDbType(sqlType: string): DuckDBType {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(sqlType)
  const type = decimal ? DECIMAL(Number(decimal[1]), Number(decimal[2])) : bySqlType[sqlType]
  if (type === undefined) throw new Error(`no vector for ${sqlType}`)
  return type
}

/** Copies values[from .. from+count) to the start of the vector and hands it to the engine. */
export function fillVector(
  vector: DuckDBVector,
  values: ColumnValues,
  from: number,
  count: number,
): void {
  allFilled(vector)
  if (values instanceof Float64Array) fillNumbers(vector, values, from, count)
  else if (values instanceof PlacedTexts) {
    if (!(vector instanceof DuckDBVarCharVector)) throw new Error('a column of texts was expected')
    fillPlacedTexts(vector, values, from, count)
  } else fillObjects(vector, values, from, count)
  vector.flush()
}

interface Validity {
  data: BigUint64Array<ArrayBuffer> | null
  readonly itemCount: number
}

/** Which items are filled, a bit each; the typings hide it, and setting one by one makes two BigInts a blank. */
function validityOf(vector: DuckDBVector): Validity {
  return (vector as unknown as { validity: Validity }).validity
}

function filledBits(vector: DuckDBVector): Uint32Array {
  const validity = validityOf(vector)
  validity.data ??= new BigUint64Array(Math.ceil(validity.itemCount / 64)).fill(
    0xffff_ffff_ffff_ffffn,
  )
  const { buffer, byteOffset, length } = validity.data
  return new Uint32Array(buffer, byteOffset, length * 2)
}

function setBlank(bits: Uint32Array, item: number): void {
  bits[item >>> 5] = (bits[item >>> 5] as number) & ~(1 << (item & 31)) // within the vector
}

/** A vector that is filled again forgets the blanks of the rows before. */
function allFilled(vector: DuckDBVector): void {
  validityOf(vector).data?.fill(0xffff_ffff_ffff_ffffn)
}

function fillNumbers(
  vector: DuckDBVector,
  values: Float64Array,
  from: number,
  count: number,
): void {
  if (
    vector instanceof DuckDBIntegerVector ||
    vector instanceof DuckDBSmallIntVector ||
    vector instanceof DuckDBDateVector ||
    vector instanceof DuckDBDoubleVector
  ) {
    fillItems(vector, values, from, count)
  } else if (vector instanceof DuckDBBooleanVector) {
    for (let i = 0; i < count; i++) {
      const value = values[from + i] ?? NaN
      vector.setItem(i, Number.isNaN(value) ? null : value !== 0)
    }
  } else {
    fillInt64(vector, values, from, count)
  }
}

interface ItemVector {
  readonly items: Int32Array | Int16Array | Float64Array
}

function fillItems(
  vector: DuckDBIntegerVector | DuckDBSmallIntVector | DuckDBDateVector | DuckDBDoubleVector,
  values: Float64Array,
  from: number,
  count: number,
): void {
  // The typings hide `items`, the vector's own buffer, which is its documented fast way in.
  const { items } = vector as unknown as ItemVector
  let blanks: Uint32Array | undefined
  for (let i = 0; i < count; i++) {
    const value = values[from + i] as number // a batch holds them all
    if (Number.isNaN(value)) setBlank((blanks ??= filledBits(vector)), i)
    else items[i] = value
  }
}

const microsPerSecond = 1_000_000

/** Int64 as two 32-bit halves, low first: every machine the engine ships for is little-endian. */
function fillInt64(vector: DuckDBVector, values: Float64Array, from: number, count: number): void {
  const halves = halvesOf(vector)
  const factor = vector instanceof DuckDBTimestampVector ? microsPerSecond : 1
  let blanks: Uint32Array | undefined
  for (let i = 0; i < count; i++) {
    const value = (values[from + i] as number) * factor // a batch holds them all
    if (Number.isNaN(value)) {
      setBlank((blanks ??= filledBits(vector)), i)
      continue
    }
    const high = Math.floor(value / 4_294_967_296)
    halves[2 * i] = value - high * 4_294_967_296
    halves[2 * i + 1] = high
  }
}

function halvesOf(vector: DuckDBVector): Int32Array | Uint32Array {
  if (vector instanceof DuckDBBigIntVector || vector instanceof DuckDBTimestampVector) {
    // Same buffer as above, hidden by the typings.
    const { items } = vector as unknown as { items: BigInt64Array }
    return new Uint32Array(items.buffer, items.byteOffset, items.length * 2)
  }
  if (vector instanceof DuckDBDecimal64Vector) {
    // The decimal vector keeps its buffer behind a DataView.
    const { dataView } = vector as unknown as { dataView: DataView }
    return new Uint32Array(dataView.buffer, dataView.byteOffset, dataView.byteLength / 4)
  }
  throw new Error('numbers were given for a vector that takes none')
}

function fillObjects(
  vector: DuckDBVector,
  values: readonly (string | bigint | null)[],
  from: number,
  count: number,
): void {
  if (vector instanceof DuckDBVarCharVector) {
    fillTexts(vector, values, from, count)
    return
  }
  if (!(vector instanceof DuckDBDecimal128Vector)) throw new Error('a wide column was expected')
  const { width, scale } = vector.type as { width: number; scale: number }
  for (let i = 0; i < count; i++) {
    const value = values[from + i]
    vector.setItem(
      i,
      typeof value === 'bigint' ? new DuckDBDecimalValue(value, width, scale) : null,
    )
  }
}
