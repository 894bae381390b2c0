import { doubleType, integerType, isExact } from '../value-type.ts'
import type { ValueType } from '../value-type.ts'
import { exactType } from '../value-type.ts'
import { maxScale } from '../limits.ts'
import type { FunctionEntry, GivenArgument, Parameter } from './function-entry.ts'
import { always, asArgument } from './function-entry.ts'
import type { AggregateFunction } from './function-id.ts'

const aggregate = { kind: 'aggregate', group: 'aggregate' } as const
const number: Parameter = { name: 'number', takes: 'number' }
const value: Parameter = { name: 'value', takes: 'any' }
const condition: Parameter = { name: 'condition', takes: 'condition' }

/** A mean is a sum over a count: as many digits as a division has. */
const divided = (args: readonly GivenArgument[]): ValueType => {
  const type = args[0]?.type ?? doubleType
  return isExact(type) ? exactType(maxScale) : doubleType
}

export const aggregateEntries: Readonly<Record<AggregateFunction, FunctionEntry>> = {
  sum: {
    ...aggregate,
    id: 'sum',
    english: ['SUM'],
    chinese: ['求和'],
    parameters: [number],
    gives: asArgument(0),
  },
  count: {
    ...aggregate,
    id: 'count',
    english: ['COUNT'],
    chinese: ['计数'],
    parameters: [value],
    gives: always(integerType),
  },
  countRows: {
    ...aggregate,
    id: 'countRows',
    english: ['COUNTROWS'],
    chinese: ['行数'],
    parameters: [],
    gives: always(integerType),
  },
  distinctCount: {
    ...aggregate,
    id: 'distinctCount',
    english: ['DISTINCTCOUNT'],
    chinese: ['去重计数'],
    parameters: [value],
    gives: always(integerType),
  },
  average: {
    ...aggregate,
    id: 'average',
    english: ['AVERAGE'],
    chinese: ['平均值'],
    parameters: [number],
    gives: divided,
  },
  minimum: {
    ...aggregate,
    id: 'minimum',
    english: ['MIN'],
    chinese: ['最小值'],
    parameters: [value],
    gives: asArgument(0),
  },
  maximum: {
    ...aggregate,
    id: 'maximum',
    english: ['MAX'],
    chinese: ['最大值'],
    parameters: [value],
    gives: asArgument(0),
  },
  median: {
    ...aggregate,
    id: 'median',
    english: ['MEDIAN'],
    chinese: ['中位数'],
    parameters: [number],
    gives: always(doubleType),
  },
  percentile: {
    ...aggregate,
    id: 'percentile',
    english: ['PERCENTILE'],
    chinese: ['百分位数'],
    parameters: [number, { name: 'share', takes: 'exact' }],
    gives: always(doubleType),
  },
  weightedAverage: {
    ...aggregate,
    id: 'weightedAverage',
    english: ['WEIGHTEDAVERAGE'],
    chinese: ['加权平均'],
    parameters: [number, { name: 'weight', takes: 'number' }],
    gives: divided,
  },
  sumIfs: {
    ...aggregate,
    id: 'sumIfs',
    english: ['SUMIFS'],
    chinese: ['条件求和'],
    parameters: [number],
    repeated: [condition],
    gives: asArgument(0),
  },
  countIfs: {
    ...aggregate,
    id: 'countIfs',
    english: ['COUNTIFS'],
    chinese: ['条件计数'],
    parameters: [],
    repeated: [condition],
    gives: always(integerType),
  },
  averageIfs: {
    ...aggregate,
    id: 'averageIfs',
    english: ['AVERAGEIFS'],
    chinese: ['条件平均'],
    parameters: [number],
    repeated: [condition],
    gives: divided,
  },
  distinctCountIfs: {
    ...aggregate,
    id: 'distinctCountIfs',
    english: ['DISTINCTCOUNTIFS'],
    chinese: ['条件去重计数'],
    parameters: [value],
    repeated: [condition],
    gives: always(integerType),
  },
  fixed: {
    ...aggregate,
    id: 'fixed',
    english: ['FIXED'],
    chinese: ['固定粒度'],
    parameters: [{ name: 'aggregate', takes: 'any' }],
    repeated: [{ name: 'field', takes: 'any' }],
    gives: asArgument(0),
  },
}
