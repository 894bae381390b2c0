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
import { fillTexts } from './text-vector.ts'

/**
 * Values of one field for some rows. Numbers carry everything but text and wide decimals, NaN is blank: dictionary code,
 * whole number, decimal times 10^scale, double, 0 or 1, epoch day, wall-clock epoch second.
 */
export type ColumnValues = Float64Array | readonly (string | null)[] | readonly (bigint | null)[]

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
  if (values instanceof Float64Array) fillNumbers(vector, values, from, count)
  else fillObjects(vector, values, from, count)
  vector.flush()
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
  setItem(index: number, value: null): void
}

function fillItems(
  vector: DuckDBIntegerVector | DuckDBSmallIntVector | DuckDBDateVector | DuckDBDoubleVector,
  values: Float64Array,
  from: number,
  count: number,
): void {
  // The typings hide `items`, the vector's own buffer, which is its documented fast way in.
  const { items } = vector as unknown as ItemVector
  for (let i = 0; i < count; i++) {
    const value = values[from + i] ?? NaN
    if (Number.isNaN(value)) vector.setItem(i, null)
    else items[i] = value
  }
}

const microsPerSecond = 1_000_000

/** Int64 as two 32-bit halves, low first: every machine the engine ships for is little-endian. */
function fillInt64(vector: DuckDBVector, values: Float64Array, from: number, count: number): void {
  const halves = halvesOf(vector)
  const factor = vector instanceof DuckDBTimestampVector ? microsPerSecond : 1
  for (let i = 0; i < count; i++) {
    const value = (values[from + i] ?? NaN) * factor
    if (Number.isNaN(value)) {
      vector.setItem(i, null)
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
