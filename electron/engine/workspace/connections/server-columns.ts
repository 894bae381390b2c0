/** Columns of a server's table in the types of a dataset: as declared, so that nothing has to be read for them. */
import type { ConnectionKind } from '../../../../shared/data/connection.ts'
import type { DeclaredType } from '../../sources/typing/told-columns.ts'
import { mostPlaces } from '../../sources/typing/told-columns.ts'

export interface ServerColumn {
  readonly name: string
  /** As the server writes it. */
  readonly type: string
}

export interface ColumnType extends DeclaredType {
  /** A decimal whose places nobody declared: they have to be looked at. */
  readonly open?: true
}

const double = { type: 'double', scale: 0 } as const
const whole = { type: 'integer', scale: 0 } as const
const text = { type: 'text', scale: 0 } as const

const decimal = (places: number): ColumnType =>
  places === 0 ? whole : places <= mostPlaces ? { type: 'decimal', scale: places } : double

function postgresType(type: string): ColumnType | undefined {
  const scaled = /^numeric\(\d+,(-?\d+)\)$/.exec(type)
  if (scaled) return decimal(Math.max(0, Number(scaled[1])))
  if (/^numeric/.test(type)) return { type: 'decimal', scale: 0, open: true }
  if (/^(smallint|integer|bigint|oid)$/.test(type)) return whole
  if (/^(real|double precision)$/.test(type)) return double
  if (type === 'boolean') return { type: 'boolean', scale: 0 }
  if (type === 'date') return { type: 'date', scale: 0 }
  if (type.startsWith('timestamp')) return { type: 'timestamp', scale: 0 }
  return /^(bytea|xml|point|polygon)$/.test(type) ? undefined : text
}

function clickhouseType(type: string): ColumnType | undefined {
  const inner = /^(?:Nullable|LowCardinality)\((.*)\)$/.exec(type)?.[1]
  if (inner !== undefined) return clickhouseType(inner)
  const scaled = /^Decimal(?:\d*)\((?:\d+, ?)?(\d+)\)$/.exec(type)
  if (scaled) return decimal(Number(scaled[1]))
  if (/^U?Int(8|16|32|64)$/.test(type)) return whole
  if (type.startsWith('Float')) return double
  if (type === 'Bool') return { type: 'boolean', scale: 0 }
  if (/^Date(32)?$/.test(type)) return { type: 'date', scale: 0 }
  if (type.startsWith('DateTime')) return { type: 'timestamp', scale: 0 }
  return /^(Aggregate|SimpleAggregate|Nested|Tuple|Map|JSON|Dynamic|Object)/.test(type)
    ? undefined
    : text
}

const types: Readonly<Record<ConnectionKind, (type: string) => ColumnType | undefined>> = {
  postgres: postgresType,
  clickhouse: clickhouseType,
}

/** Undefined for a type no question can use. */
export function columnType(kind: ConnectionKind, { type }: ServerColumn): ColumnType | undefined {
  return types[kind](type)
}
