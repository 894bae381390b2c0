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

export type LogicFunction = (typeof logicFunctions)[number]
export type NumberFunction = (typeof numberFunctions)[number]
export type TextFunction = (typeof textFunctions)[number]
export type DateFunction = (typeof dateFunctions)[number]
export type FunctionId = LogicFunction | NumberFunction | TextFunction | DateFunction
