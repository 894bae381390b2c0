import type { Aggregate } from '../../../shared/query/report-query.ts'
import { isTemporal } from '../../../shared/data/field.ts'
import type { Expr } from '../sql/nodes.ts'
import { binary, call, integer, isNull, when } from '../sql/nodes.ts'
import { dayOf, groupKey, scaledInteger, stored } from './field-access.ts'
import type { FieldAt, ResolvedMeasure } from './resolve.ts'

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
    }

export interface BitBudget {
  /** Upper bound of groups at the finest level. */
  readonly groups: number
  readonly maxBytes: number
}

/** Whole numbers and decimals are added up exactly; doubles with compensation. */
export function planMeasure({ measure, at }: ResolvedMeasure, budget: BitBudget): MeasurePlan {
  if (!at) return { kind: 'rowCount' }
  const plans: Record<Aggregate, () => MeasurePlan> = {
    count: () => ({ kind: 'rowCount' }),
    sum: () => sumPlan(at),
    average: () => meanPlan(at),
    min: () => extremePlan(at, 'min'),
    max: () => extremePlan(at, 'max'),
    median: () => medianPlan(at),
    countDistinct: () => distinctPlan(at, false, budget),
    countDistinctWithBlank: () => distinctPlan(at, true, budget),
  }
  return plans[measure.aggregate]()
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

/** Dates are compared as their day or second; `scale` null means a double. */
function extremePlan(at: FieldAt, of: 'min' | 'max'): MeasurePlan {
  if (isTemporal(at.field.type)) {
    const value = at.field.type === 'date' ? dayOf(at) : call('epochSecond', stored(at))
    return { kind: 'extreme', of, scale: 0, value: call(of, value) }
  }
  if (at.field.type === 'double') {
    return { kind: 'extreme', of, scale: null, value: call(of, stored(at)) }
  }
  return { kind: 'extreme', of, scale: at.field.scale, value: call(of, exactValue(at)) }
}

function distinctPlan(at: FieldAt, withBlank: boolean, budget: BitBudget): MeasurePlan {
  const { expr } = groupKey(at, undefined)
  const blank = when(isNull(expr), integer(1), integer(0))
  const bytes = (budget.groups * at.field.distinct) / 8
  const dense = !isLive(at) && at.field.type === 'text' && at.field.coded && at.field.distinct > 0
  if (dense && bytes <= budget.maxBytes) {
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
  }
}
