/** A checked formula as SQL nodes: one expression over columns the caller names, every literal bound or typed. */
import type { FormulaOutcome } from '../../../../shared/expression/formula-error.ts'
import { formulaError } from '../../../../shared/expression/formula-error.ts'
import { formulaLimits } from '../../../../shared/expression/limits.ts'
import type { FieldPlace } from '../../../../shared/expression/scope.ts'
import type { Operation, Typed } from '../../../../shared/expression/typed.ts'
import type { Value } from '../../../../shared/expression/value.ts'
import type { ValueType } from '../../../../shared/expression/value-type.ts'
import { isExact, scaleOf } from '../../../../shared/expression/value-type.ts'
import type { Expr } from '../../sql/nodes.ts'
import { all, any, binary, integer, nothing, param } from '../../sql/nodes.ts'
import { row } from '../../sql/row-functions.ts'
import type { Compiled, CompileContext } from './compiled.ts'
import { exactConstant, rescaled } from './compiled.ts'
import { compileDates } from './dates-sql.ts'
import { compileLogic } from './logic-sql.ts'
import { compileNumbers } from './numbers-sql.ts'
import { settled, settledFor } from './settle.ts'
import { statementSize } from './statement-size.ts'
import { compileTexts } from './texts-sql.ts'

const operations: Readonly<Record<Operation, Compiled>> = {
  ...compileLogic,
  ...compileNumbers,
  ...compileTexts,
  ...compileDates,
}

export interface FormulaSource extends CompileContext {
  /** The field as a column of its own type; a related one is blank in rows without a partner. */
  columnOf(place: FieldPlace): Expr
  /** The field where it is a value as formulas compute them already. */
  computed?(place: FieldPlace): Expr | undefined
}

/**
 * The formula's value as the columnar store keeps it: DECIMAL(38, scale), DOUBLE, VARCHAR, DATE, TIMESTAMP or BOOLEAN.
 * Fails with `expression/syntax` (tooComplex) when parts used several times make the statement too large.
 */
export function compileFormula(formula: Typed, source: FormulaSource): FormulaOutcome<Expr> {
  const value = computeFormula(formula, source)
  return value.ok ? { ok: true, value: outward(value.value, formula.type) } : value
}

/** The same as formulas compute it: exact numbers are digits without a point. */
export function computeFormula(formula: Typed, source: FormulaSource): FormulaOutcome<Expr> {
  const expr = settled(formula, compilePart(formula, source))
  const { nodes, levels } = statementSize(expr)
  const fits = nodes <= formulaLimits.statementNodes && levels < formulaLimits.statementLevels
  if (fits) return { ok: true, value: expr }
  return { ok: false, errors: [formulaError('expression/syntax', 'tooComplex', formula.span)] }
}

function compilePart(part: Typed, source: FormulaSource): Expr {
  switch (part.kind) {
    case 'constant':
      return constant(part.value, part.type)
    case 'field':
      return source.computed?.(part.place) ?? inward(source.columnOf(part.place), part.type)
    case 'apply': {
      const args = part.args.map((arg) => settledFor(part.operation, arg, compilePart(arg, source)))
      return operations[part.operation](args, part, source)
    }
    case 'convert':
      return converted(compilePart(part.of, source), part.of.type, part.type)
  }
}

function constant(value: Value, type: ValueType): Expr {
  if (typeof value === 'bigint') return exactConstant(value)
  if (typeof value === 'boolean') return value ? all([]) : any([])
  if (typeof value === 'number') {
    return row(type.kind === 'date' ? 'dayOfEpoch' : 'momentOfEpoch', [integer(value)])
  }
  return typedConstant[type.kind](value)
}

const blank = (fn: 'exact' | 'typedDouble' | 'day' | 'moment' | 'truth') => (): Expr =>
  row(fn, [param(null)])

/** Blanks have types too: an engine guesses otherwise. */
const typedConstant: Readonly<Record<ValueType['kind'], (value: string | null) => Expr>> = {
  integer: blank('exact'),
  decimal: blank('exact'),
  double: blank('typedDouble'),
  date: blank('day'),
  timestamp: blank('moment'),
  boolean: blank('truth'),
  text: (value) => row('typedText', [param(value)]),
  blank: () => row('typedText', [param(null)]),
}

/** A stored column as formulas compute it. */
function inward(column: Expr, type: ValueType): Expr {
  switch (type.kind) {
    case 'integer':
    case 'decimal':
      return row('exactOfDecimal', [column], scaleOf(type))
    case 'double':
      return whenever(row('isFinite', [column]), row('typedDouble', [column]))
    case 'text':
      return whenever(
        binary('<>', column, row('typedText', [param('')])),
        row('typedText', [column]),
      )
    case 'date':
      return row('day', [column])
    case 'timestamp':
      return row('moment', [column])
    case 'boolean':
    case 'blank':
      return column
  }
}

const whenever = (condition: Expr, then: Expr): Expr => row('cases', [condition, then, nothing])

/** As the columnar store keeps it. */
export function outward(expr: Expr, type: ValueType): Expr {
  return type.kind === 'decimal' ? row('decimal', [expr], type.scale) : expr
}

function converted(expr: Expr, from: ValueType, to: ValueType): Expr {
  if (from.kind === 'blank') return constant(null, to)
  if (isExact(from)) {
    if (isExact(to)) return rescaled(expr, scaleOf(from), scaleOf(to))
    return row(to.kind === 'double' ? 'double' : 'textOfExact', [expr], scaleOf(from))
  }
  return row(to.kind === 'timestamp' ? 'moment' : 'typedText', [expr])
}
