import { doubleType, integerType } from '../value-type.ts'
import type { ValueType } from '../value-type.ts'
import type { FunctionEntry, GivenArgument, Parameter } from './function-entry.ts'
import { always, asArgument } from './function-entry.ts'
import type { CellFunction } from './function-id.ts'

const cells = { kind: 'cells', group: 'cells' } as const
const number: Parameter = { name: 'number', takes: 'number' }
const axis: Parameter = { name: 'axis', takes: 'axis', optional: true }
const own = asArgument(0)

function entry(
  id: CellFunction,
  english: string,
  chinese: string,
  more: readonly Parameter[] = [],
  gives: (args: readonly GivenArgument[]) => ValueType = own,
): FunctionEntry {
  const parameters = [number, ...more]
  return { ...cells, id, english: [english], chinese: [chinese], parameters, gives }
}

export const cellEntries: Readonly<Record<CellFunction, FunctionEntry>> = {
  previous: entry('previous', 'PREVIOUS', '上一个', [axis]),
  next: entry('next', 'NEXT', '下一个', [axis]),
  first: entry('first', 'FIRST', '第一个', [axis]),
  last: entry('last', 'LAST', '最后一个', [axis]),
  rowTotal: entry('rowTotal', 'ROWTOTAL', '行总计'),
  columnTotal: entry('columnTotal', 'COLUMNTOTAL', '列总计'),
  grandTotal: entry('grandTotal', 'GRANDTOTAL', '总计'),
  parent: entry('parent', 'PARENT', '上级', [axis]),
  runningSum: entry('runningSum', 'RUNNINGSUM', '累计', [axis]),
  movingAverage: entry(
    'movingAverage',
    'MOVINGAVERAGE',
    '移动平均',
    [{ name: 'window', takes: 'digits' }, axis],
    always(doubleType),
  ),
  rank: entry(
    'rank',
    'RANK',
    '排名',
    [axis, { name: 'direction', takes: 'direction', optional: true }],
    always(integerType),
  ),
}
