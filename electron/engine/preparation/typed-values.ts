/** Values written in a recipe as constants of a type, and columns of one type as values of another. */
import { parseIsoDay, parseIsoSecond } from '../../../shared/data/calendar-day.ts'
import type { CellValue } from '../../../shared/data/cell-value.ts'
import type { FieldType } from '../../../shared/data/field.ts'
import type { Expr } from '../sql/nodes.ts'
import {
  all,
  any,
  call,
  integer,
  isNull,
  not,
  nothing,
  param,
  scalar,
  select,
} from '../sql/nodes.ts'
import type { ReadOrder } from '../sources/typing/written-values.ts'
import { readOrders } from '../sources/typing/written-values.ts'
import type { Stage } from './stage.ts'
import { previous } from './stage.ts'
import { prepare } from '../sql/prepare-functions.ts'
import { row } from '../sql/row-functions.ts'

interface ValueShape {
  readonly type: FieldType
  readonly scale: number
}

/** Undefined when the type has no such value; blank is null, and so is empty text. */
export function literalOf(value: CellValue, { type, scale }: ValueShape): Expr | undefined {
  if (value === null || value === '') return blankOf({ type, scale })
  switch (type) {
    case 'text':
      return row('typedText', [param(String(value))])
    case 'integer':
      return wholeNumber(value)
    case 'decimal':
      return exactNumber(value, scale)
    case 'double': {
      const number = typeof value === 'boolean' ? NaN : Number(value)
      return Number.isFinite(number) ? row('typedDouble', [param(number)]) : undefined
    }
    case 'boolean':
      if (typeof value !== 'boolean') return undefined
      return value ? all([]) : any([])
    case 'date': {
      const day = typeof value === 'string' ? parseIsoDay(value) : undefined
      return day === undefined ? undefined : row('dayOfEpoch', [integer(day)])
    }
    case 'timestamp': {
      const second = typeof value === 'string' ? parseIsoSecond(value) : undefined
      return second === undefined ? undefined : row('momentOfEpoch', [integer(second)])
    }
  }
}

/** Blanks have types too: the engine guesses otherwise. */
export function blankOf({ type, scale }: ValueShape): Expr {
  switch (type) {
    case 'text':
      return row('typedText', [nothing])
    case 'integer':
      return prepare('wholeLiteral', [nothing])
    case 'decimal':
      return prepare('decimalLiteral', [nothing], scale)
    case 'double':
      return row('typedDouble', [nothing])
    case 'boolean':
      return row('truth', [nothing])
    case 'date':
      return row('day', [nothing])
    case 'timestamp':
      return row('moment', [nothing])
  }
}

function wholeNumber(value: CellValue): Expr | undefined {
  const text = digitsOf(value)
  if (text === undefined || !Number.isSafeInteger(Number(text)) || text.includes('.')) {
    return undefined
  }
  return prepare('wholeLiteral', [param(text)])
}

function exactNumber(value: CellValue, scale: number): Expr | undefined {
  const text = digitsOf(value)
  if (text === undefined) return undefined
  const [whole = '', fraction = ''] = text.split('.')
  if (fraction.length > scale || whole.length + scale > 37) return undefined
  return prepare('decimalLiteral', [param(text)], scale)
}

/** Plain digits without needless zeros behind the point. */
function digitsOf(value: CellValue): string | undefined {
  if (typeof value === 'boolean' || value === null) return undefined
  const text = String(value).trim()
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** How texts of a column are read as days: the order of three bare numbers, and the zone its times are brought to. */
export interface DayReading {
  readonly order: ReadOrder
  readonly zone: Expr
}

const orderNumber = (order: ReadOrder): number => readOrders.indexOf(order)

/** The zone most texts of a column name, in minutes ahead of UTC; blank where none does. */
export function commonZone(stage: Stage, text: Expr, order: ReadOrder): Expr {
  const zone = prepare('writtenZone', [text], orderNumber(order))
  const node = select({
    columns: [{ expr: zone, as: 'zone' }],
    from: { kind: 'named', name: stage.name },
    as: previous,
    where: all([prepare('mayNameZone', [text]), not(isNull(zone))]),
    groupBy: [zone],
    orderBy: [
      { by: call('countAll'), descending: true },
      { by: zone, descending: false },
    ],
    limit: 1,
  })
  return scalar(node)
}

/** Undefined where no value of the one type could ever be one of the other. */
export function convert(
  expr: Expr,
  from: ValueShape,
  to: ValueShape,
  reading: DayReading = { order: 'none', zone: nothing },
): Expr | undefined {
  switch (to.type) {
    case 'text':
      return asText(expr, from)
    case 'integer':
    case 'decimal':
    case 'double':
      return asNumber(expr, from, to)
    case 'boolean':
      if (from.type === 'boolean') return expr
      if (from.type === 'text') return prepare('booleanOfText', [expr])
      return isNumber(from) ? prepare('booleanOfNumber', [expr]) : undefined
    case 'date':
      if (from.type === 'date') return expr
      if (from.type === 'timestamp') return row('day', [expr])
      if (from.type === 'text') {
        const plain = prepare('dayOfText', [expr], orderNumber(reading.order))
        return row('firstOf', [plain, row('day', [writtenMoment(expr, reading)])])
      }
      return from.type === 'integer' ? prepare('dayOfWhole', [expr]) : undefined
    case 'timestamp':
      if (from.type === 'timestamp') return expr
      if (from.type === 'date') return row('moment', [expr])
      return from.type === 'text' ? momentOf(expr, reading) : undefined
  }
}

/** The plain ways of writing are read where the rows are, all others one by one. */
function momentOf(text: Expr, reading: DayReading): Expr {
  const plain = prepare('momentOfText', [text], orderNumber(reading.order))
  return row('firstOf', [plain, writtenMoment(text, reading)])
}

function writtenMoment(text: Expr, { order, zone }: DayReading): Expr {
  const second = prepare('writtenSecond', [text, zone], orderNumber(order))
  return row('momentOfEpoch', [second])
}

const numberOf = (fn: 'numberOfText' | 'doubleOfText', text: Expr): Expr =>
  row('firstOf', [prepare(fn, [text]), prepare(fn, [prepare('writtenNumber', [text])])])

const isNumber = ({ type }: ValueShape): boolean =>
  type === 'integer' || type === 'decimal' || type === 'double'

export function asText(expr: Expr, from: ValueShape): Expr {
  switch (from.type) {
    case 'text':
      return expr
    case 'double':
      return prepare('textOfDouble', [expr])
    case 'date':
      return prepare('textOfDay', [expr])
    case 'timestamp':
      return prepare('textOfMoment', [expr])
    case 'integer':
    case 'decimal':
    case 'boolean':
      return row('typedText', [expr])
  }
}

function asNumber(expr: Expr, from: ValueShape, to: ValueShape): Expr | undefined {
  if (from.type === 'date' || from.type === 'timestamp') return undefined
  if (from.type === 'boolean') {
    return asNumber(prepare('wholeOfBoolean', [expr]), { type: 'integer', scale: 0 }, to)
  }
  if (to.type === 'double') {
    if (from.type === 'double') return expr
    const double =
      from.type === 'text'
        ? numberOf('doubleOfText', expr)
        : prepare('doubleOfNumber', [expr], from.scale)
    return prepare('finite', [double])
  }
  if (to.type === 'integer') {
    if (from.type === 'integer') return expr
    if (from.type === 'double') return prepare('wholeOfDouble', [expr])
    return prepare('wholeOfDecimal', [from.type === 'text' ? numberOf('numberOfText', expr) : expr])
  }
  if (from.type === 'double') return prepare('decimalOfDouble', [expr], to.scale)
  const exact = from.type === 'text' ? numberOf('numberOfText', expr) : expr
  return prepare('decimalOfDecimal', [exact], to.scale)
}
