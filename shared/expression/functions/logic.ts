import { blankType, booleanType } from '../value-type.ts'
import type { ValueType } from '../value-type.ts'
import type { FunctionEntry, GivenArgument, Parameter } from './function-entry.ts'
import { always, asArgument } from './function-entry.ts'
import type { LogicFunction } from './function-id.ts'

const condition: Parameter = { name: 'condition', takes: 'condition' }
const result: Parameter = { name: 'result', takes: 'result' }
const otherwise: Parameter = { name: 'otherwise', takes: 'result', optional: true }
const logic = { kind: 'row', group: 'logic' } as const

/** Results share one type by the time this is asked. */
const second = (args: readonly GivenArgument[]): ValueType => asArgument(1)(args)

export const logicEntries: Readonly<Record<LogicFunction, FunctionEntry>> = {
  if: {
    ...logic,
    id: 'if',
    english: ['IF'],
    chinese: ['如果'],
    parameters: [condition, result, otherwise],
    gives: second,
  },
  ifs: {
    ...logic,
    id: 'ifs',
    english: ['IFS'],
    chinese: ['多条件'],
    parameters: [],
    repeated: [condition, result],
    last: otherwise,
    gives: second,
  },
  switch: {
    ...logic,
    id: 'switch',
    english: ['SWITCH'],
    chinese: ['匹配'],
    parameters: [{ name: 'value', takes: 'same' }],
    repeated: [{ name: 'option', takes: 'same' }, result],
    last: otherwise,
    gives: asArgument(2),
  },
  and: {
    ...logic,
    id: 'and',
    english: ['AND'],
    chinese: ['且', '并且'],
    parameters: [],
    repeated: [condition],
    gives: always(booleanType),
  },
  or: {
    ...logic,
    id: 'or',
    english: ['OR'],
    chinese: ['或', '或者'],
    parameters: [],
    repeated: [condition],
    gives: always(booleanType),
  },
  not: {
    ...logic,
    id: 'not',
    english: ['NOT'],
    chinese: ['非'],
    parameters: [condition],
    gives: always(booleanType),
  },
  isBlank: {
    ...logic,
    id: 'isBlank',
    english: ['ISBLANK'],
    chinese: ['为空'],
    parameters: [{ name: 'value', takes: 'any' }],
    gives: always(booleanType),
  },
  coalesce: {
    ...logic,
    id: 'coalesce',
    english: ['COALESCE', 'IFBLANK'],
    chinese: ['空值替换'],
    parameters: [],
    repeated: [{ name: 'value', takes: 'same' }],
    gives: asArgument(0),
  },
  blank: {
    ...logic,
    id: 'blank',
    english: ['BLANK'],
    chinese: ['空值'],
    parameters: [],
    gives: always(blankType),
  },
  in: {
    ...logic,
    id: 'in',
    english: ['IN'],
    chinese: ['属于'],
    parameters: [{ name: 'value', takes: 'same' }],
    repeated: [{ name: 'option', takes: 'same' }],
    gives: always(booleanType),
  },
  between: {
    ...logic,
    id: 'between',
    english: ['BETWEEN'],
    chinese: ['介于'],
    parameters: [
      { name: 'value', takes: 'ordered' },
      { name: 'low', takes: 'ordered' },
      { name: 'high', takes: 'ordered' },
    ],
    gives: always(booleanType),
  },
  related: {
    ...logic,
    id: 'related',
    english: ['RELATED'],
    chinese: ['关联取值'],
    parameters: [{ name: 'field', takes: 'related' }],
    gives: asArgument(0),
  },
}
