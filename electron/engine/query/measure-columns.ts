import type { Measure, MeasureAggregate } from '../../../shared/query/report-query.ts'
import type { FieldType } from '../../../shared/data/field.ts'
import { isTemporal } from '../../../shared/data/field.ts'
import type { Expr } from '../sql/nodes.ts'
import { binary, call, cast, exact, integer, isNull, nothing, when } from '../sql/nodes.ts'
import { dayOf, groupKey, scaledInteger, stored } from './field-access.ts'
import type { ComputedField, FieldAt, FixedField, ResolvedMeasure } from './resolve.ts'

/** How a measure is got from the engine, decided once per query. */
export type MeasurePlan =
  | { readonly kind: 'rowCount' }
  | { readonly kind: 'exactSum'; readonly scale: number; readonly sum: Expr }
  | { readonly kind: 'floatSum'; readonly sum: Expr }
  | {
      readonly kind: 'mean'
      readonly scale: number | null
      readonly sum: Expr
      readonly count: Expr
    }
  | {
      readonly kind: 'extreme'
      readonly of: 'min' | 'max'
      readonly scale: number | null
      readonly value: Expr
    }
  /** Distinct codes as a bit string at the finest level, united and counted at every other. */
  | { readonly kind: 'bits'; readonly bits: Expr; readonly blank: Expr | null }
  /** One grouped select per level. */
  | {
      readonly kind: 'perLevel'
      readonly value: Expr
      /** Digits after the point a value has at most, where that is known. */
      readonly decimals?: number
      /** Groups at the finest level up to which bit strings would do, where nobody has counted them. */
      readonly bitGroups?: number
    }
  /** The first or last value of each `per`, added up: a select of its own for every level. */
  | {
      readonly kind: 'balance'
      readonly edge: 'min' | 'max'
      /** Null for doubles. */
      readonly scale: number | null
      readonly value: Expr
      readonly date: Expr
      readonly per: Expr | null
    }
  /** Over values computed per combination of fields: a select of its own for every level. */
  | {
      readonly kind: 'fixed'
      readonly fixed: FixedField
      /** Null for doubles. */
      readonly scale: number | null
      readonly value: Expr
    }

export interface BitBudget {
  /** Groups at the finest level: an upper bound, unless they were counted. */
  readonly groups: number
  readonly counted: boolean
  readonly maxBytes: number
}

/** Whole numbers and decimals are added up exactly; doubles with compensation. */
export function planMeasure(resolved: ResolvedMeasure, budget: BitBudget): MeasurePlan {
  const { measure, at } = resolved
  if (!at) return { kind: 'rowCount' }
  if (at.computed?.fixed) return fixedPlan(at, at.computed, at.computed.fixed, measure)
  const plans: Record<MeasureAggregate, () => MeasurePlan> = {
    count: () => ({ kind: 'rowCount' }),
    sum: () => sumPlan(at),
    average: () => meanPlan(at),
    min: () => extremePlan(at, 'min'),
    max: () => extremePlan(at, 'max'),
    median: () => medianPlan(at),
    percentile: () => percentilePlan(at, measure.percent ?? 50),
    weightedAverage: () => weightedPlan(at, resolved.weight ?? at),
    opening: () => balancePlan(at, 'min', resolved),
    closing: () => balancePlan(at, 'max', resolved),
    countDistinct: () => distinctPlan(at, false, budget),
    countDistinctWithBlank: () => distinctPlan(at, true, budget),
    formula: neverAsked,
    cells: neverAsked,
  }
  return plans[measure.aggregate]()
}

/** In the table of the combinations. */
function fixedPlan(
  { field }: FieldAt,
  { value, exact: digits }: ComputedField,
  fixed: FixedField,
  { aggregate, percent = 50 }: Measure,
): MeasurePlan {
  const scale = digits ? field.scale : null
  switch (aggregate) {
    case 'countDistinct':
      return { kind: 'fixed', fixed, scale: 0, value: call('countDistinct', digits ?? value) }
    case 'min':
    case 'max': {
      const of = isTemporal(field.type) ? fixedMoment(field.type, value) : (digits ?? value)
      return {
        kind: 'fixed',
        fixed,
        scale: field.type === 'double' ? null : field.scale,
        value: call(aggregate, of),
      }
    }
    case 'median':
      return { kind: 'fixed', fixed, scale: null, value: call('median', value) }
    case 'percentile':
      return {
        ...{ kind: 'fixed', fixed, scale: null },
        value: call('percentile', value, exact((percent / 100).toFixed(6))),
      }
    default:
      return {
        kind: 'fixed',
        fixed,
        scale,
        value: digits ? call('sum', digits) : call('floatSum', value),
      }
  }
}

const fixedMoment = (type: FieldType, value: Expr): Expr =>
  call(type === 'date' ? 'epochDay' : 'epochSecond', value)

/** What a formula is made of is asked, never the formula itself. */
function neverAsked(): never {
  throw new Error('a formula is computed from measures')
}

const isLive = (at: FieldAt): boolean => at.source.dataset.storage.kind === 'live'

/** Extracts store decimals as such and sum them exactly; live sources are scaled to whole numbers first. */
function exactValue(at: FieldAt): Expr {
  return isLive(at) ? scaledInteger(at) : stored(at)
}

function sumPlan(at: FieldAt): MeasurePlan {
  return at.field.type === 'double'
    ? { kind: 'floatSum', sum: call('floatSum', stored(at)) }
    : { kind: 'exactSum', scale: at.field.scale, sum: call('sum', exactValue(at)) }
}

function meanPlan(at: FieldAt): MeasurePlan {
  const count = call('count', stored(at))
  return at.field.type === 'double'
    ? { kind: 'mean', scale: null, sum: call('floatSum', stored(at)), count }
    : { kind: 'mean', scale: at.field.scale, sum: call('sum', exactValue(at)), count }
}

/** The mean of two decimals has one digit more than they have. */
function medianPlan(at: FieldAt): MeasurePlan {
  const value = call('median', stored(at))
  return at.field.type === 'decimal'
    ? { kind: 'perLevel', value, decimals: at.field.scale + 1 }
    : { kind: 'perLevel', value }
}

function percentilePlan(at: FieldAt, percent: number): MeasurePlan {
  return {
    kind: 'perLevel',
    value: call('percentile', stored(at), exact((percent / 100).toFixed(6))),
  }
}

/**
 * A mean whose count is the sum of the weights. Rows without a value or without a weight count for nothing. Two decimals are
 * multiplied and added up exactly; whole numbers alone could leave their type, so they are multiplied as doubles.
 */
function weightedPlan(at: FieldAt, weight: FieldAt): MeasurePlan {
  const floating = (one: FieldAt): boolean => one.field.type === 'double' || one.field.wide
  const decimals = at.field.type === 'decimal' || weight.field.type === 'decimal'
  const together = isLive(at) === isLive(weight)
  const filled = (of: Expr): Expr => when(isNull(stored(at)), nothing, of)
  if (floating(at) || floating(weight) || !decimals || !together) {
    const [value, by] = [cast(stored(at), 'double'), cast(stored(weight), 'double')]
    const sum = call('floatSum', binary('*', value, by))
    return { kind: 'mean', scale: null, sum, count: call('floatSum', filled(by)) }
  }
  const [value, by] = [exactValue(at), exactValue(weight)]
  const sum = call('sum', call('exactProduct', value, by))
  // The weight's own factor is in the sum and in the count alike.
  return { kind: 'mean', scale: at.field.scale, sum, count: call('sum', filled(by)) }
}

function balancePlan(
  at: FieldAt,
  edge: 'min' | 'max',
  { over, per }: ResolvedMeasure,
): MeasurePlan {
  const floating = at.field.type === 'double'
  return {
    kind: 'balance',
    edge,
    scale: floating ? null : at.field.scale,
    value: floating ? stored(at) : exactValue(at),
    date: over ? momentOf(over) : nothing,
    per: per ? groupKey(per, undefined).expr : null,
  }
}

function momentOf(at: FieldAt): Expr {
  return at.field.type === 'date' ? dayOf(at) : call('epochSecond', stored(at))
}

/** Dates are compared as their day or second; `scale` null means a double. */
function extremePlan(at: FieldAt, of: 'min' | 'max'): MeasurePlan {
  if (isTemporal(at.field.type)) {
    return { kind: 'extreme', of, scale: 0, value: call(of, momentOf(at)) }
  }
  if (at.field.type === 'double') {
    return { kind: 'extreme', of, scale: null, value: call(of, stored(at)) }
  }
  return { kind: 'extreme', of, scale: at.field.scale, value: call(of, exactValue(at)) }
}

function distinctPlan(at: FieldAt, withBlank: boolean, budget: BitBudget): MeasurePlan {
  const { expr } = groupKey(at, undefined)
  const blank = when(isNull(expr), integer(1), integer(0))
  const dense = !isLive(at) && at.field.type === 'text' && at.field.coded && at.field.distinct > 0
  const bitGroups = dense ? Math.floor((budget.maxBytes * 8) / at.field.distinct) : 0
  if (budget.groups <= bitGroups) {
    return {
      kind: 'bits',
      bits: call('bitstring', stored(at), integer(at.field.distinct - 1)),
      blank: withBlank ? call('max', blank) : null,
    }
  }
  const distinct = call('countDistinct', expr)
  return {
    kind: 'perLevel',
    value: withBlank ? binary('+', distinct, call('max', blank)) : distinct,
    ...(bitGroups > 0 && !budget.counted ? { bitGroups } : {}),
  }
}
