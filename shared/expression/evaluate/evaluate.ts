/** The reference: computes a checked formula for one row, part by part. What engines answer is held against it. */
import { isoDay, isoSecond } from '../../data/calendar-day.ts'
import type { Operation, Typed } from '../typed.ts'
import type { Value } from '../value.ts'
import type { ValueType } from '../value-type.ts'
import { isExact, scaleOf } from '../value-type.ts'
import { secondsPerDay } from './calendar.ts'
import { evaluateDates } from './dates.ts'
import { exactText, exactToDouble, rescaled } from './exact.ts'
import { evaluateLogic } from './logic.ts'
import { evaluateNumbers } from './numbers.ts'
import type { Evaluated, RowReader } from './operation.ts'
import { evaluateTexts } from './texts.ts'

const operations: Readonly<Record<Operation, Evaluated>> = {
  ...evaluateLogic,
  ...evaluateNumbers,
  ...evaluateTexts,
  ...evaluateDates,
}

/** Never throws: what has no answer is blank. */
export function evaluateFormula(part: Typed, row: RowReader): Value {
  switch (part.kind) {
    case 'constant':
      return part.value
    case 'field': {
      const value = row.valueOf(part.place.dataset, part.place.field.name)
      return value === '' ? null : value
    }
    case 'apply': {
      const args = part.args.map((arg) => evaluateFormula(arg, row))
      return operations[part.operation](args, part, row)
    }
    case 'convert':
      return converted(evaluateFormula(part.of, row), part.of.type, part.type)
  }
}

function converted(value: Value, from: ValueType, to: ValueType): Value {
  if (typeof value === 'bigint') {
    if (isExact(to)) return rescaled(value, scaleOf(from), scaleOf(to))
    return to.kind === 'double'
      ? exactToDouble(value, scaleOf(from))
      : exactText(value, scaleOf(from))
  }
  if (typeof value !== 'number') return value
  if (to.kind === 'timestamp') return value * secondsPerDay
  if (to.kind !== 'text') return value
  return from.kind === 'date' ? isoDay(value) : isoSecond(value).replace('T', ' ')
}
