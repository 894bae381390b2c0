import { isTemporal } from '../../../shared/data/field.ts'
import { appError, AppErrorException } from '../../../shared/errors.ts'
import type { Filter, InFilter, RangeFilter } from '../../../shared/query/filter.ts'
import { relativeRange } from '../../../shared/query/relative-date.ts'
import type { Expr } from '../sql/nodes.ts'
import { all, any, binary, call, exact, inList, integer, isNull, not, param } from '../sql/nodes.ts'
import { exactText } from './exact-text.ts'
import { dayOf, groupKey, keyOfMember, parseBound, stored, textTest } from './field-access.ts'
import type { FieldAt, ResolvedFilter } from './resolve.ts'

export interface FilterClock {
  /** Epoch day of today; used only by filters that say so. */
  readonly today: number
  /** Dictionary codes of texts where the dictionary is at hand; a text that is not in it has none. */
  readonly codesOf?: CodesOf
}

export type CodesOf = (at: FieldAt, texts: readonly string[]) => readonly number[] | undefined

export function filterExpr({ at, filter }: ResolvedFilter, clock: FilterClock): Expr {
  switch (filter.op) {
    case 'in':
    case 'notIn':
      return inFilter(at, filter, clock.codesOf)
    case 'range':
      return rangeFilter(at, filter)
    case 'contains':
    case 'notContains':
    case 'startsWith':
      return textFilter(at, filter)
    case 'blank':
      return isBlank(at)
    case 'notBlank':
      return not(isBlank(at))
    case 'relative': {
      const anchor = filter.anchor === 'today' ? clock.today : at.source.dataset.lastDay
      // Without a last day every date is blank, so no row is in the range.
      if (anchor === null) return integerFalse
      const { from, to } = relativeRange(filter, anchor)
      return between(dayOf(at), from, to)
    }
  }
}

/** In an extract blank is blank as stored; in a live table only once it is read as what the field is. */
function isBlank(at: FieldAt): Expr {
  const { storage } = at.source.dataset
  return isNull(storage.kind === 'extract' ? stored(at) : groupKey(at, undefined).expr)
}

const integerFalse: Expr = any([])

function between(expr: Expr, from: number, to: number): Expr {
  return all([binary('>=', expr, integer(from)), binary('<=', expr, integer(to))])
}

/** Members no row can have are left out; `notIn` keeps blanks unless blank itself is listed. */
function inFilter(at: FieldAt, filter: InFilter, codesOf: CodesOf | undefined): Expr {
  const { expr, key } = groupKey(at, filter.grain)
  const keys = filter.values.flatMap((value) => {
    const found = value === null ? undefined : keyOfMember(key, value)
    return found === undefined ? [] : [found]
  })
  const withBlank = filter.values.includes(null)
  const codes = key.kind === 'code' ? codesOf?.(at, keys.map(String)) : undefined
  if (codes && filter.op === 'notIn' && !withBlank && codes.length <= fewCodes) {
    return noneOf(expr, codes)
  }
  const listed = codes
    ? oneOfCodes(expr, codes)
    : key.kind === 'code'
      ? codedIn(at, keys)
      : inList(expr, keys.map(key.kind === 'number' ? numberLiteral : literal))
  if (filter.op === 'in') return withBlank ? any([listed, isNull(expr)]) : listed
  const others = keys.length === 0 ? all([]) : not(listed)
  return withBlank ? all([others, not(isNull(expr))]) : any([others, isNull(expr)])
}

/** Above it a list of conditions costs more than looking into the dictionary. */
const fewCodes = 4
/** Bits of a mask that is still a safe whole number. */
const maskBits = 52

/** Small codes are tested against one mask: lists of two or more cost the engine twice as much. */
function oneOfCodes(expr: Expr, codes: readonly number[]): Expr {
  const [first] = codes
  if (first === undefined) return any([])
  if (codes.length === 1) return binary('=', expr, integer(first))
  if (codes.some((code) => code >= maskBits)) return inList(expr, codes.map(integer))
  const mask = [...new Set(codes)].reduce((sum, code) => sum + 2 ** code, 0)
  return call('bitTest', expr, integer(mask))
}

/** Blank is none of them. */
function noneOf(expr: Expr, codes: readonly number[]): Expr {
  const code = call('coalesce', expr, integer(-1))
  return all(codes.map((one) => binary('<>', code, integer(one))))
}

function codedIn(at: FieldAt, keys: readonly (number | string)[]): Expr {
  return keys.length === 0 ? any([]) : textTest(at, (text) => inList(text, keys.map(literal)))
}

/** Digits stay digits: a double would round them. */
function numberLiteral(value: number | string): Expr {
  return typeof value === 'string' ? exact(value) : literal(value)
}

function literal(value: number | string): Expr {
  return typeof value === 'number' && Number.isSafeInteger(value) ? integer(value) : param(value)
}

function textFilter(at: FieldAt, filter: Extract<Filter, { text: string }>): Expr {
  // Both sides are folded by the engine: two rules would differ in a few letters.
  const folded = (text: Expr): Expr => (filter.ignoreCase === true ? call('foldCase', text) : text)
  const fn = filter.op === 'startsWith' ? 'startsWith' : 'contains'
  const found = textTest(at, (text) => call(fn, folded(text), folded(param(filter.text))))
  if (filter.op !== 'notContains') return found
  return any([not(found), isNull(groupKey(at, undefined).expr)])
}

/** A day as upper end covers its whole day; blank values are in no range. */
function rangeFilter(at: FieldAt, filter: RangeFilter): Expr {
  const parts: Expr[] = []
  if (filter.from !== undefined) {
    parts.push(bound(at, filter, filter.from, filter.excludeFrom === true ? '>' : '>='))
  }
  if (filter.to !== undefined) {
    parts.push(bound(at, filter, filter.to, filter.excludeTo === true ? '<' : '<='))
  }
  return all(parts.length > 0 ? parts : [not(isNull(groupKey(at, undefined).expr))])
}

function bound(
  at: FieldAt,
  filter: RangeFilter,
  value: string | number,
  op: '<' | '<=' | '>' | '>=',
): Expr {
  const unusable = new AppErrorException(
    appError('query/invalid', { field: filter.field, reason: 'boundDoesNotSuit', value }),
  )
  if (filter.grain !== undefined) {
    const { expr, key } = groupKey(at, filter.grain)
    const found = keyOfMember(key, value)
    if (typeof found !== 'number') throw unusable
    return binary(op, expr, integer(found))
  }
  if (isTemporal(at.field.type)) {
    const parsed = typeof value === 'string' ? parseBound(value) : undefined
    if (!parsed) throw unusable
    if (parsed.second === undefined || at.field.type === 'date') {
      return binary(op, dayOf(at), integer(parsed.day))
    }
    return binary(op, call('epochSecond', stored(at)), integer(parsed.second))
  }
  if (at.field.type === 'text')
    return textTest(at, (text) => binary(op, text, param(String(value))))
  const digits = at.field.type === 'double' ? undefined : exactText(value)
  if (digits !== undefined) return binary(op, stored(at), exact(digits))
  const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value)
  if (!Number.isFinite(number)) throw unusable
  return binary(op, stored(at), literal(number))
}
