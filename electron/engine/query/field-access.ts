import type { Member } from '../../../shared/data/cell-value.ts'
import { isoSecond, parseIsoDay, parseIsoSecond } from '../../../shared/data/calendar-day.ts'
import { isTemporal } from '../../../shared/data/field.ts'
import type { DayKeys } from '../../../shared/calendar/calendar-grains.ts'
import type { Grain, PlainGrain } from '../../../shared/data/grain.ts'
import { isCalendarGrain } from '../../../shared/data/grain.ts'
import { decimalText } from '../../../shared/query/spread/accumulate.ts'
import { memberOfPeriod, periodOfMember } from '../../../shared/query/period.ts'
import { appError, AppErrorException } from '../../../shared/errors.ts'
import {
  columnName,
  dictionaryTable,
  partColumn,
  rowIdColumn,
  rowsTable,
} from '../extracts/extract-columns.ts'
import type { Expr, Table } from '../sql/nodes.ts'
import { binary, call, cast, column, inSelect, integer, param, select } from '../sql/nodes.ts'
import { dayMapExpr, floorDivide, modulo, plusOne } from './day-map-sql.ts'
import { exactText, scaledText } from './exact-text.ts'
import type { FieldAt, Source } from './resolve.ts'

/** How the keys of a dimension are turned into members after grouping. */
export type KeyKind =
  | { readonly kind: 'code'; readonly at: FieldAt }
  | { readonly kind: 'text' }
  | {
      readonly kind: 'number'
      /** The engine answers value * 10^scale as a whole number. */
      readonly scale: number
      /** What the statement itself compares: the number, its scaled whole number, or a double. */
      readonly compared: 'plain' | 'scaled' | 'double'
    }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'period'; readonly grain: PlainGrain }
  /** What the retail calendar, or a comparison, makes of a day. */
  | { readonly kind: 'calendar'; readonly keys: DayKeys }
  | { readonly kind: 'second' }

export interface GroupKey {
  readonly expr: Expr
  readonly key: KeyKind
}

export function tableOf(source: Source): Table {
  const { storage } = source.dataset
  if (storage.kind === 'live' && storage.sql) return { kind: 'written', ...storage.sql }
  return storage.kind === 'extract'
    ? { kind: 'stored', catalog: storage.alias, name: rowsTable }
    : {
        ...{ kind: 'stored', catalog: undefined, name: storage.table },
        ...(storage.server ? { schema: storage.server.schema } : {}),
      }
}

const isLive = (at: FieldAt): boolean => at.source.dataset.storage.kind === 'live'

/** Nothing about it is stored beside it: no codes, no parts of dates. */
const isBare = (at: FieldAt): boolean => at.computed !== undefined || isLive(at)

/** The column as stored: a code, a number, a date; in a live table whatever the source holds. */
export function stored(at: FieldAt): Expr {
  if (at.computed) return at.computed.value
  if (!isLive(at)) return column(at.source.as, columnName(at.field.index))
  const own = ofPartner(at.source, column(at.source.as, at.field.name))
  return at.field.gaps === true ? filledOnly(own) : own
}

/** Says of a row of a joined table that it is there (see live-join.ts). */
export const metColumn = '~met'

/** ClickHouse fills a missing partner with noughts and empty texts. */
function ofPartner({ as, dataset: { storage }, via }: Source, own: Expr): Expr {
  const server = storage.kind === 'live' ? storage.server : undefined
  if (via?.kind !== 'relation' || server?.kind !== 'clickhouse') return own
  const isThere = binary('=', column(as, metColumn), integer(1))
  return { kind: 'when', if: isThere, then: own, otherwise: { kind: 'null' } }
}

/** Empty text is blank, as in files. */
export function filledOnly(own: Expr): Expr {
  return { kind: 'when', if: binary('=', own, param('')), then: { kind: 'null' }, otherwise: own }
}

/**
 * What names a row: its dense number in an extract, SQLite's own row number in a live table. Views have none, nor have
 * tables made without: asking for it fails there.
 */
export function rowIdOf(source: Source): Expr {
  const { storage, fields } = source.dataset
  if (storage.kind === 'extract') return column(source.as, rowIdColumn)
  // No number of a server's row is the same tomorrow, and those of a statement have none.
  if (storage.server || storage.sql) throw rowsHaveNoNames()
  const taken = new Set(fields.map(({ name }) => name.toLowerCase()))
  const free = liveRowIds.find((name) => !taken.has(name))
  if (free === undefined) throw rowsHaveNoNames()
  return column(source.as, free)
}

const liveRowIds = ['_rowid_', 'rowid', 'oid']

export function rowsHaveNoNames(): AppErrorException {
  return new AppErrorException(appError('query/invalid', { reason: 'rowsWithoutNumbers' }))
}

/** What to group by, as small whole numbers where the extract stores them. */
export function groupKey(at: FieldAt, grain: Grain | undefined): GroupKey {
  const { type, scale, coded } = at.field
  if (at.days) {
    const expr = dayMapExpr(at.days.map, dayOf(at), () => periodExpr(at, 'month'))
    return { expr, key: { kind: 'calendar', keys: at.days } }
  }
  if (isTemporal(type)) {
    if (grain === undefined && type === 'timestamp') {
      return { expr: call('epochSecond', stored(at)), key: { kind: 'second' } }
    }
    const used = grain ?? 'day'
    if (isCalendarGrain(used)) throw new Error(`nobody resolved the calendar for ${used}`)
    return { expr: periodExpr(at, used), key: { kind: 'period', grain: used } }
  }
  if (type === 'text') {
    return isBare(at) || !coded
      ? { expr: textOf(at), key: { kind: 'text' } }
      : { expr: stored(at), key: { kind: 'code', at } }
  }
  if (type === 'boolean') return { expr: cast(stored(at), 'integer'), key: { kind: 'boolean' } }
  // A decimal key is exact on every engine: extracts store decimals of any width, live ones are scaled to whole numbers.
  if (type === 'decimal' && isLive(at)) {
    return { expr: scaledInteger(at), key: { kind: 'number', scale, compared: 'scaled' } }
  }
  const compared = type === 'double' ? 'double' : 'plain'
  return {
    expr: stored(at),
    key: { kind: 'number', scale: type === 'decimal' ? scale : 0, compared },
  }
}

function textOf(at: FieldAt): Expr {
  const text = cast(stored(at), 'text')
  return isLive(at) && !at.computed ? filledOnly(text) : text
}

/** value * 10^scale as a whole number, of a live decimal. */
export function scaledInteger(at: FieldAt): Expr {
  if (at.computed?.exact) return at.computed.exact
  return at.field.scale === 0
    ? stored(at)
    : call('scaledInteger', stored(at), integer(10 ** at.field.scale))
}

/** The number of a period, or of a part of one; extracts have the common ones stored. */
export function periodExpr(at: FieldAt, grain: PlainGrain): Expr {
  switch (grain) {
    case 'year':
      return part(at, 'y', 'yearOf')
    case 'quarter':
      return part(at, 'q', 'quarterIndexOf')
    case 'month':
      return part(at, 'm', 'monthIndexOf')
    case 'week':
      return isBare(at)
        ? floorDivide(binary('+', dayOf(at), integer(3)), 7)
        : column(at.source.as, partColumn(at.field.index, 'w'))
    case 'day':
      return dayOf(at)
    case 'hour':
      return floorDivide(call('epochSecond', stored(at)), 3600)
    case 'quarterOfYear':
      return plusOne(binary('%', part(at, 'q', 'quarterIndexOf'), integer(4)))
    case 'monthOfYear':
      return plusOne(binary('%', part(at, 'm', 'monthIndexOf'), integer(12)))
    case 'dayOfMonth':
      return call('dayOfMonth', stored(at))
    case 'dayOfWeek':
      return plusOne(modulo(binary('+', dayOf(at), integer(3)), 7))
    case 'hourOfDay':
      return modulo(floorDivide(call('epochSecond', stored(at)), 3600), 24)
  }
}

function part(
  at: FieldAt,
  name: 'y' | 'q' | 'm',
  fn: 'yearOf' | 'quarterIndexOf' | 'monthIndexOf',
): Expr {
  return isBare(at) ? call(fn, stored(at)) : column(at.source.as, partColumn(at.field.index, name))
}

export function dayOf(at: FieldAt): Expr {
  return isBare(at)
    ? call('epochDay', stored(at))
    : column(at.source.as, partColumn(at.field.index, 'd'))
}

/** A test on the text of a field; coded columns test the dictionary once instead of every row. */
export function textTest(at: FieldAt, test: (text: Expr) => Expr): Expr {
  if (isBare(at) || !at.field.coded) return test(textOf(at))
  const { storage } = at.source.dataset
  const catalog = storage.kind === 'extract' ? storage.alias : undefined
  return inSelect(
    stored(at),
    select({
      columns: [{ expr: column('d', 'code'), as: 'code' }],
      from: { kind: 'stored', catalog, name: dictionaryTable(at.field.index) },
      as: 'd',
      where: test(column('d', 'value')),
    }),
  )
}

/** A key as the engine returned it (null apart) to the member people see; a number no double holds is its text. */
export function memberOfKey(key: KeyKind, raw: number | string | bigint): Member {
  switch (key.kind) {
    case 'code':
    case 'text':
      return String(raw)
    case 'number':
      return numberMember(raw, key.scale)
    case 'boolean':
      return raw === 1
    case 'period':
      return memberOfPeriod(key.grain, Number(raw))
    case 'calendar':
      return key.keys.memberOf(Number(raw))
    case 'second':
      return isoSecond(Number(raw))
  }
}

function numberMember(raw: number | string | bigint, scale: number): Member {
  if (typeof raw === 'string') return raw
  const whole = Number(raw)
  if (typeof raw === 'number' || Number.isSafeInteger(whole)) return whole / 10 ** scale
  return decimalText(raw, scale)
}

/** The key of a member as people write it, or undefined when no row can have it. */
export function keyOfMember(key: KeyKind, member: Member): number | string | undefined {
  switch (key.kind) {
    case 'code':
    case 'text':
      return member === null ? undefined : String(member)
    case 'number':
      return typeof member === 'string' || typeof member === 'number'
        ? numberKey(member, key)
        : undefined
    case 'boolean':
      return typeof member === 'boolean' ? Number(member) : undefined
    case 'period':
      return periodOfMember(key.grain, member)
    case 'calendar':
      return key.keys.keyOf(member)
    case 'second':
      return typeof member === 'string' ? parseIsoSecond(member) : undefined
  }
}

/** Digits where they can be compared exactly, else the double. */
function numberKey(
  member: string | number,
  { compared, scale }: Extract<KeyKind, { kind: 'number' }>,
): number | string | undefined {
  const text = compared === 'double' ? undefined : exactText(member)
  if (text !== undefined) return compared === 'scaled' ? scaledText(text, scale) : text
  const value = typeof member === 'string' && member.trim() === '' ? NaN : Number(member)
  if (!Number.isFinite(value)) return undefined
  return compared === 'scaled' ? value * 10 ** scale : value
}

/** Epoch day or wall-clock second of a bound written as text. */
export function parseBound(
  text: string,
): { readonly day: number; readonly second?: number } | undefined {
  const day = parseIsoDay(text)
  if (day !== undefined) return { day }
  const second = parseIsoSecond(text)
  return second === undefined ? undefined : { day: Math.floor(second / 86_400), second }
}
