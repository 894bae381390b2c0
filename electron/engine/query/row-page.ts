import type { ValueColumn } from '../../../shared/query/query-result.ts'
import type { RowsPage } from '../../../shared/query/row-list.ts'
import { decimalText } from '../../../shared/query/spread/accumulate.ts'
import { basename } from 'node:path'
import { sourceIdColumn, sourceRowColumn } from '../extracts/extract-columns.ts'
import type { Expr } from '../sql/nodes.ts'
import { column, inList, integer, select } from '../sql/nodes.ts'
import { print } from '../sql/printer.ts'
import type { GroupKey } from './field-access.ts'
import { groupKey, memberOfKey, rowIdOf } from './field-access.ts'
import { codesIn } from './key-members.ts'
import { fromClause } from './plan.ts'
import type { RawAnswer, RawColumn, RunTarget } from './query-runner.ts'
import { toNumbers } from './read-levels.ts'
import type { HeldPages } from './held-pages.ts'
import type { FieldAt, ResolvedQuery } from './resolve.ts'
import type { RowIds } from './row-sort.ts'
import type { QueryTools } from './query-tools.ts'
import { dialectOf } from './query-tools.ts'

/** Rows by id, and what to show of them. */
export interface ListedRows {
  readonly ids: RowIds
  readonly resolved: ResolvedQuery
  readonly fields: readonly FieldAt[]
  readonly target: RunTarget
  /** The rows by their places, where they have no names; there are no ids then. */
  readonly held?: HeldPages
}

/** Reads the rows of one page by their ids, in the list's order. */
export class RowPages {
  readonly #tools: QueryTools

  constructor(tools: QueryTools) {
    this.#tools = tools
  }

  async page(
    list: ListedRows,
    offset: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<RowsPage> {
    const { resolved, fields, target } = list
    if (list.held) return this.#heldPage(list.held, list, offset, limit, signal)
    const ids = list.ids.subarray(offset, offset + limit)
    const rowId = rowIdOf(resolved.base)
    const keys = fields.map((at) => groupKey(at, undefined))
    const statement = select({
      ...fromClause(resolved, inList(rowId, Array.from(ids, integer))),
      columns: [
        { expr: rowId, as: 'id' },
        ...placeColumns(resolved, rowId),
        ...keys.map(({ expr }, index) => ({ expr, as: `f${index}` })),
      ],
    })
    const answer = await this.#tools.runner.run(
      target,
      print(statement, dialectOf(resolved)),
      signal,
    )
    const order = orderOf(answer, ids)
    const values: ValueColumn[] = []
    for (const [index, at] of fields.entries()) {
      const raw = answer.columns.get(`f${index}`)
      const key = keys[index]
      if (raw && key) values.push(await this.#shown(raw, key, at, order, target, signal))
    }
    const sources = await this.#sources(list, signal)
    const sourceIds = numbersIn(answer, 'source', order)
    return {
      offset,
      rowIds: Float64Array.from(ids),
      sources: Array.from(sourceIds, (id) => sources[id] ?? ''),
      sourceRows: numbersIn(answer, 'line', order),
      columns: values,
    }
  }

  async #heldPage(
    held: HeldPages,
    { fields, target, resolved }: ListedRows,
    offset: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<RowsPage> {
    const { rows, from, count } = await held.at(offset, limit, signal)
    // Rows that went since they were counted are blank.
    const order = Int32Array.from({ length: count }, (_row, index) => from + index)
    const places = Float64Array.from(order, (_row, index) => offset + index)
    const columns: ValueColumn[] = []
    for (const [index, at] of fields.entries()) {
      const raw = rows.columns.get(`f${index}`)
      const key = groupKey(at, undefined)
      if (raw) columns.push(await this.#shown(raw, key, at, order, target, signal))
    }
    const { storage, name } = resolved.base.dataset
    const place = storage.kind === 'live' ? storage.table : name
    return {
      ...{ offset, columns, rowIds: places },
      sources: Array.from(places, () => place),
      sourceRows: Float64Array.from(places, (at) => at + 1),
    }
  }

  async #sources(list: ListedRows, signal: AbortSignal): Promise<string[]> {
    const { storage } = list.resolved.base.dataset
    if (storage.kind === 'live') return [`${basename(storage.path)} / ${storage.table}`]
    const statement = select({
      columns: ['source_id', 'name', 'part'].map((name) => ({ expr: column('s', name), as: name })),
      from: { kind: 'stored', catalog: storage.alias, name: 'sources' },
      as: 's',
    })
    const answer = await this.#tools.runner.run(
      list.target,
      print(statement, dialectOf(list.resolved)),
      signal,
    )
    const ids = answer.columns.get('source_id')
    const names: string[] = []
    if (!ids) return names
    toNumbers(ids).forEach((id, row) => {
      const part = textIn(answer, 'part', row)
      names[id] = textIn(answer, 'name', row) + (part === '' ? '' : ` / ${part}`)
    })
    return names
  }

  async #shown(
    raw: RawColumn,
    group: GroupKey,
    at: FieldAt,
    order: Int32Array,
    target: RunTarget,
    signal: AbortSignal,
  ): Promise<ValueColumn> {
    const { key } = group
    if (key.kind === 'number') return numberColumn(raw, key.scale, at, order)
    const texts =
      key.kind === 'code'
        ? await this.#tools.dictionaries.texts(key.at, codesIn(raw), target, signal)
        : undefined
    const shown = (value: number | string): string =>
      key.kind === 'code' ? (texts?.get(Number(value)) ?? '') : String(memberOfKey(key, value))
    return {
      kind: 'text',
      writing: writingOf(at),
      values: Array.from(order, (row) => {
        const value = rawValue(raw, row)
        return value === null ? null : shown(value)
      }),
    }
  }
}

/** Where a row stands in its source: a live table is one source, its row numbers are the places. */
function placeColumns({ base }: ResolvedQuery, rowId: Expr): { expr: Expr; as: string }[] {
  const isLive = base.dataset.storage.kind === 'live'
  return [
    { expr: isLive ? integer(0) : column(base.as, sourceIdColumn), as: 'source' },
    { expr: isLive ? rowId : column(base.as, sourceRowColumn), as: 'line' },
  ]
}

function writingOf(at: FieldAt): 'text' | 'date' | 'timestamp' | 'boolean' {
  const { type } = at.field
  return type === 'date' || type === 'timestamp' || type === 'boolean' ? type : 'text'
}

/** Digits after the point that are written exactly. */
const longestScale = 6

function numberColumn(raw: RawColumn, scale: number, at: FieldAt, order: Int32Array): ValueColumn {
  if (raw.kind === 'wide') {
    return {
      kind: 'text',
      writing: 'decimal',
      values: Array.from(order, (row) => {
        const value = raw.values[row] ?? null
        return value === null ? null : decimalText(value, scale)
      }),
    }
  }
  const numbers = toNumbers(raw)
  const values = Float64Array.from(order, (row) => numbers[row] ?? NaN)
  if (at.field.type === 'double') return { kind: 'number', values }
  // Quotients of calculated fields have more digits than an answer writes exactly.
  return scale > longestScale
    ? { kind: 'number', values: values.map((value) => value / 10 ** scale) }
    : { kind: 'scaled', scale, values }
}

function rawValue(raw: RawColumn, row: number): number | string | null {
  if (raw.kind === 'numbers') {
    const value = raw.values[row] ?? NaN
    return Number.isNaN(value) ? null : value
  }
  const value = raw.values[row] ?? null
  return typeof value === 'bigint' ? value.toString() : value
}

/** Where each wanted id stands in the answer, which comes in no order. */
function orderOf(answer: RawAnswer, ids: RowIds): Int32Array {
  const found = answer.columns.get('id')
  const places = new Map<number, number>()
  if (found) toNumbers(found).forEach((id, row) => places.set(id, row))
  return Int32Array.from(ids, (id) => places.get(id) ?? -1)
}

function numbersIn(answer: RawAnswer, name: string, order: Int32Array): Float64Array<ArrayBuffer> {
  const raw = answer.columns.get(name)
  const numbers = raw ? toNumbers(raw) : new Float64Array()
  return Float64Array.from(order, (row) => numbers[row] ?? NaN)
}

function textIn(answer: RawAnswer, name: string, row: number): string {
  const raw = answer.columns.get(name)
  return raw?.kind === 'texts' ? (raw.values[row] ?? '') : ''
}
