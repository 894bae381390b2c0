/** Names used inside: formulas are saved as text, so these may change. */
export const logicFunctions = [
  'if',
  'ifs',
  'switch',
  'and',
  'or',
  'not',
  'isBlank',
  'coalesce',
  'blank',
  'in',
  'between',
  'related',
] as const
export const numberFunctions = [
  'abs',
  'sign',
  'round',
  'roundUp',
  'roundDown',
  'int',
  'floor',
  'ceiling',
  'mod',
  'min',
  'max',
  'power',
  'value',
] as const
export const textFunctions = [
  'left',
  'right',
  'mid',
  'len',
  'trim',
  'upper',
  'lower',
  'concat',
  'substitute',
  'replace',
  'contains',
  'startsWith',
  'endsWith',
  'find',
  'textBefore',
  'textAfter',
  'padLeft',
  'text',
] as const
export const dateFunctions = [
  'date',
  'dateValue',
  'toDate',
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'weekday',
  'hour',
  'minute',
  'dateAdd',
  'dateDif',
  'monthStart',
  'monthEnd',
  'lastDay',
] as const

/** Over the rows of a cell; `minimum` and `maximum` are MIN and MAX with one argument. */
export const aggregateFunctions = [
  'sum',
  'count',
  'countRows',
  'distinctCount',
  'average',
  'minimum',
  'maximum',
  'median',
  'percentile',
  'weightedAverage',
  'sumIfs',
  'countIfs',
  'averageIfs',
  'distinctCountIfs',
  'fixed',
] as const
/** Over the cells of a block as they are shown. */
export const cellFunctions = [
  'previous',
  'next',
  'first',
  'last',
  'rowTotal',
  'columnTotal',
  'grandTotal',
  'parent',
  'runningSum',
  'movingAverage',
  'rank',
] as const

export type LogicFunction = (typeof logicFunctions)[number]
export type NumberFunction = (typeof numberFunctions)[number]
export type TextFunction = (typeof textFunctions)[number]
export type DateFunction = (typeof dateFunctions)[number]
export type RowFunctionId = LogicFunction | NumberFunction | TextFunction | DateFunction
export type AggregateFunction = (typeof aggregateFunctions)[number]
export type CellFunction = (typeof cellFunctions)[number]
export type FunctionId = RowFunctionId | AggregateFunction | CellFunction

const aggregateIds: ReadonlySet<string> = new Set(aggregateFunctions)
const cellIds: ReadonlySet<string> = new Set(cellFunctions)
export const isAggregateFunction = (id: FunctionId): id is AggregateFunction => aggregateIds.has(id)
export const isCellFunction = (id: FunctionId): id is CellFunction => cellIds.has(id)
export const isRowFunction = (id: FunctionId): id is RowFunctionId =>
  !aggregateIds.has(id) && !cellIds.has(id)
