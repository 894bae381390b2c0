/** Columns of an answer in the types of a dataset, and how each leaves the engine. */
import type { DuckDBType } from '@duckdb/node-api'
import { DuckDBTypeId } from '@duckdb/node-api'
import type { FieldType } from '../../../../shared/data/field.ts'
import type { StageColumn } from '../../preparation/stage.ts'
import { mostPlaces, typedAndTold } from '../../sources/typing/told-columns.ts'

export interface AnswerColumn extends StageColumn {
  /** As the spool takes it. */
  readonly stored: string
  /** As people read it. */
  readonly shown: string
}

interface Known {
  readonly type: FieldType
  readonly scale: number
  /** May have more digits than a double holds. */
  readonly wide: boolean
}

const small: readonly DuckDBTypeId[] = [
  ...[DuckDBTypeId.TINYINT, DuckDBTypeId.SMALLINT, DuckDBTypeId.INTEGER],
  ...[DuckDBTypeId.UTINYINT, DuckDBTypeId.USMALLINT, DuckDBTypeId.UINTEGER],
]
const large: readonly DuckDBTypeId[] = [
  ...[DuckDBTypeId.BIGINT, DuckDBTypeId.UBIGINT, DuckDBTypeId.HUGEINT, DuckDBTypeId.UHUGEINT],
]
const moments: readonly DuckDBTypeId[] = [
  ...[DuckDBTypeId.TIMESTAMP, DuckDBTypeId.TIMESTAMP_S, DuckDBTypeId.TIMESTAMP_MS],
  ...[DuckDBTypeId.TIMESTAMP_NS, DuckDBTypeId.TIMESTAMP_TZ],
]

function known(type: DuckDBType): Known {
  const { typeId } = type
  const plain = { scale: 0, wide: false }
  if (small.includes(typeId)) return { type: 'integer', ...plain }
  if (large.includes(typeId)) return { type: 'integer', scale: 0, wide: true }
  if (moments.includes(typeId)) return { type: 'timestamp', ...plain }
  if (typeId === DuckDBTypeId.DATE) return { type: 'date', ...plain }
  if (typeId === DuckDBTypeId.BOOLEAN) return { type: 'boolean', ...plain }
  if (typeId === DuckDBTypeId.DOUBLE || typeId === DuckDBTypeId.FLOAT) {
    return { type: 'double', ...plain }
  }
  if ('width' in type && 'scale' in type) {
    const { width, scale } = type
    if (scale === 0) return { type: 'integer', scale, wide: true }
    if (scale <= mostPlaces) return { type: 'decimal', scale, wide: width > 15 }
    return { type: 'double', ...plain }
  }
  return { type: 'text', ...plain }
}

const blanks = "' \t\r\n\u3000\u00a0'"

export function answerColumn(name: string, index: number, type: DuckDBType): AnswerColumn {
  const own = `p.c${index}`
  const { wide, ...found } = known(type)
  const told = typedAndTold(name, found)
  const asText = `cast(${own} as varchar)`
  return {
    ...{ id: `c${index}`, name, ...told },
    wide: wide && told.type !== 'text',
    stored: storedAs(told.type, told.scale, wide, own),
    shown: told.type === 'timestamp' ? `cast(cast(${own} as timestamp) as varchar)` : asText,
  }
}

function storedAs(type: FieldType, scale: number, wide: boolean, own: string): string {
  const asText = `cast(${own} as varchar)`
  switch (type) {
    case 'text':
      return `case when trim(${asText}, ${blanks}) = '' then null else ${asText} end`
    case 'integer':
      return wide ? asText : `cast(${own} as double)`
    case 'decimal':
      return wide ? asText : `cast(cast(${own} * ${10 ** scale} as bigint) as double)`
    case 'double':
      return `case when isfinite(cast(${own} as double)) then cast(${own} as double) end`
    case 'boolean':
      return `cast(${own} as integer)`
    case 'date':
      return `case when isfinite(${own}) then cast(floor(epoch(${own}) / 86400) as double) end`
    case 'timestamp':
      return `case when isfinite(cast(${own} as timestamp)) then floor(epoch(cast(${own} as timestamp))) end`
  }
}
