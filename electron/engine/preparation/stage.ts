/** The rows as they are after a step: a named select over the one before, with what its columns mean. */
import type { Field, FieldRole, FieldType } from '../../../shared/data/field.ts'
import type { Meaning } from '../../../shared/data/meaning.ts'
import type { PersonalKind } from '../../../shared/data/personal.ts'
import type { ExtractField } from '../extracts/extract-columns.ts'
import {
  columnName,
  dictionaryTable,
  rowIdColumn,
  rowsTable,
  sourceIdColumn,
  sourceRowColumn,
} from '../extracts/extract-columns.ts'
import type { Expr, Join, NamedSelect, OrderTerm, Select, Table } from '../sql/nodes.ts'
import { binary, column, select } from '../sql/nodes.ts'

export interface StageColumn {
  /** Its name in the statement; people's names never get there. */
  readonly id: string
  readonly name: string
  readonly type: FieldType
  readonly role: FieldRole
  /** Digits after the point of a decimal, else 0. */
  readonly scale: number
  /** Decimals that may have more than 18 digits, whole numbers that may be beyond 2^53. */
  readonly wide: boolean
  readonly sign?: string | undefined
  /** Absent for a new field, until somebody looks. */
  readonly meaning?: Meaning | null | undefined
  /** What is made of a person's data goes on telling of the person. */
  readonly personal?: PersonalKind | null | undefined
  /** Still codes of this dictionary: text is looked up only where a step needs it. */
  readonly dictionary?: Table | undefined
}

export interface Stage {
  readonly name: string
  readonly selects: readonly NamedSelect[]
  readonly columns: readonly StageColumn[]
  /** Columns that tell apart rows which were one row as imported. */
  readonly ordinals: readonly string[]
}

/** A column of the next stage and where it comes from; `previous` names the stage before. */
export interface Cell {
  readonly column: StageColumn
  readonly expr: Expr
}

export const previous = 'p'
export const keyColumns = [rowIdColumn, sourceIdColumn, sourceRowColumn] as const

export const own = ({ id }: StageColumn): Expr => column(previous, id)
export const carried = (one: StageColumn): Cell => ({ column: one, expr: own(one) })

export function fieldOf(one: StageColumn): Field {
  const { name, type, role, scale, sign, meaning, personal } = one
  return {
    ...{ name, type, role },
    ...(type === 'decimal' ? { scale } : {}),
    ...(sign === undefined ? {} : { sign }),
    ...(meaning == null ? {} : { meaning }),
    ...(personal == null ? {} : { personal }),
  }
}

/** The extract as imported, attached as `catalog`. */
export function firstStage(fields: readonly ExtractField[], catalog: string): Stage {
  const columns = fields.map((field, index): StageColumn => {
    const { name, type, role, scale, sign, meaning, personal, coded, wide } = field
    const dictionary: Table = { kind: 'stored', catalog, name: dictionaryTable(index) }
    return {
      ...{ id: columnName(index), name, type, role, scale, sign, meaning, personal },
      wide: type === 'decimal' && wide,
      ...(coded ? { dictionary } : {}),
    }
  })
  const names = [...keyColumns, ...columns.map(({ id }) => id)]
  const rows = select({
    columns: names.map((name) => ({ expr: column('r', name), as: name })),
    from: { kind: 'stored', catalog, name: rowsTable },
    as: 'r',
  })
  return {
    name: 's0',
    selects: [{ name: 's0', select: rows, inline: true }],
    columns,
    ordinals: [],
  }
}

type More = Partial<Pick<Select, 'joins' | 'where' | 'orderBy' | 'limit' | 'offset'>> & {
  readonly ordinal?: Expr
}

/** The stage after `stage`, with the columns given. */
export function nextStage(stage: Stage, cells: readonly Cell[], more: More = {}): Stage {
  const { ordinal, ...clauses } = more
  const place = stage.selects.length
  const name = `s${place}`
  const ordinals = ordinal === undefined ? stage.ordinals : [...stage.ordinals, `o${place}`]
  const kept = [...keyColumns, ...stage.ordinals].map((key) => ({
    expr: column(previous, key),
    as: key,
  }))
  const node = select({
    columns: [
      ...kept,
      ...(ordinal === undefined ? [] : [{ expr: ordinal, as: `o${place}` }]),
      ...cells.map(({ column: { id }, expr }) => ({ expr, as: id })),
    ],
    from: { kind: 'named', name: stage.name },
    as: previous,
    ...clauses,
  })
  return {
    name,
    selects: [...stage.selects, { name, select: node, inline: true }],
    columns: cells.map((cell) => cell.column),
    ordinals,
  }
}

/** An id no column of an earlier stage has. */
export const freshId = (stage: Stage, place = 0): string => `n${stage.selects.length}_${place}`

/** The same rows with the texts of some columns looked up; the stage itself where none is coded. */
export function decoded(stage: Stage, wanted: readonly StageColumn[]): Stage {
  const ids = new Set(wanted.map(({ id }) => id))
  const joins: Join[] = []
  const cells = stage.columns.map((one): Cell => {
    const { dictionary, ...plain } = one
    if (dictionary === undefined || !ids.has(one.id)) return carried(one)
    const as = `d${joins.length}`
    joins.push({ table: dictionary, as, on: binary('=', column(as, 'code'), own(one)) })
    return { column: plain, expr: column(as, 'value') }
  })
  return joins.length === 0 ? stage : nextStage(stage, cells, { joins })
}

/** The order of the sources, and within a row as imported that of the rows it became. */
export function sourceOrder(stage: Stage, table: string, descending = false): OrderTerm[] {
  return [rowIdColumn, ...stage.ordinals].map((name) => ({ by: column(table, name), descending }))
}
