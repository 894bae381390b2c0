import { describe, expect, it } from 'vitest'
import { explainFormula } from '../../../shared/expression/explain.ts'
import { evaluateFormula } from '../../../shared/expression/evaluate/evaluate.ts'
import type { FormulaError } from '../../../shared/expression/formula-error.ts'
import {
  checkMeasureFormula,
  checkRowFormula,
  formulaKind,
} from '../../../shared/expression/measure-formula.ts'
import type { MeasureFormulaKind } from '../../../shared/expression/measure-formula.ts'
import { parseFormula } from '../../../shared/expression/parser.ts'
import { printFormula } from '../../../shared/expression/print.ts'
import type { MeasureScope } from '../../../shared/expression/scope.ts'
import type { Tree } from '../../../shared/expression/tree.ts'
import { exactType, integerType } from '../../../shared/expression/value-type.ts'
import { textIn } from '../../../shared/text/messages.ts'

const scope: MeasureScope = {
  fields: [
    { name: 'amount', type: 'decimal', scale: 2 },
    { name: 'qty', type: 'integer' },
    { name: 'rate', type: 'double' },
    { name: 'region', type: 'text' },
    { name: 'day', type: 'date' },
    { name: 'member', type: 'text' },
  ],
  datasets: [{ name: 'shops', reached: true, fields: [{ name: 'city', type: 'text' }] }],
  measures: [
    { name: 'Sales', type: exactType(2) },
    { name: 'Visits', type: integerType },
  ],
  parameters: [
    { name: 'goal', type: 'number', value: 100.5 },
    { name: 'growth rate', type: 'number', value: '0.125' },
    { name: 'since', type: 'date', value: '2025-01-31' },
    { name: 'wrong', type: 'date', value: 'tomorrow' },
  ],
}

function parse(text: string): Tree {
  const tree = parseFormula(text)
  if (!tree.ok) throw new Error(`${text}: ${tree.errors[0]?.reason ?? ''}`)
  return tree.value
}

function checked(text: string, kind: MeasureFormulaKind) {
  const outcome = checkMeasureFormula(text, kind, scope)
  if (!outcome.ok) throw new Error(`${text}: ${outcome.errors.map((e) => e.reason).join(', ')}`)
  return outcome.value
}

/** Reason, marked place, suggestion. */
function mistakes(text: string, kind: MeasureFormulaKind | 'row') {
  const outcome =
    kind === 'row' ? checkRowFormula(text, scope) : checkMeasureFormula(text, kind, scope)
  const errors: readonly FormulaError[] = outcome.ok ? [] : outcome.errors
  return errors.map(({ reason, span, suggestion }) => [
    reason,
    text.slice(span.from, span.to),
    suggestion,
  ])
}

function leaves(text: string): string[] {
  const formula = checked(text, 'aggregate')
  if (formula.kind !== 'aggregate') return []
  return formula.leaves.map(
    ({ aggregate, operand }) =>
      `${aggregate} ${operand === undefined ? '' : printFormula(operand, 'en')}`,
  )
}

describe('a formula over aggregates', () => {
  it.each([
    ['SUM([amount]) / SUM([qty])', ['sum [amount]', 'sum [qty]']],
    ['求和([amount] * [qty])', ['sum [amount] * [qty]']],
    ['SUM([amount]) + SUM([amount])', ['sum [amount]']],
    ['COUNTROWS() + DISTINCTCOUNT([member])', ['rows ', 'countDistinct [member]']],
    ['AVERAGE([qty])', ['sum [qty]', 'sum IF(ISBLANK([qty]), 0, 1)']],
    ['MIN([amount])', ['min [amount]']],
    ['MAX(MIN([qty]), 1)', ['min [qty]']],
    ['SUMIFS([amount], [region] = "East")', ['sum IF([region] = "East", [amount])']],
    ['COUNTIFS([qty] > 1, [qty] < 9)', ['sum IF(AND([qty] > 1, [qty] < 9), 1, 0)']],
    ['DISTINCTCOUNTIFS([member], [qty] > 0)', ['countDistinct IF([qty] > 0, [member])']],
    ['SUM([qty]) * @goal', ['sum [qty]']],
    ['SUMIFS([qty], [shops.city] = "上海")', ['sum IF([shops.city] = "上海", [qty])']],
  ])('%s asks for %j', (text, asked) => {
    expect(leaves(text)).toEqual(asked)
  })

  it.each([
    ['SUM([amount]) / [qty]', [['fieldInAggregate', '[qty]', 'SUM([qty])']]],
    ['COUNTROWS() & [region]', [['fieldInAggregate', '[region]', 'DISTINCTCOUNT([region])']]],
    ['SUM(SUM([qty]))', [['aggregateInAggregate', 'SUM([qty])', undefined]]],
    ['SUM([qty]) + PREVIOUS([Sales])', [['cellsInAggregate', 'PREVIOUS([Sales])', undefined]]],
    [
      'AVERAGE(FIXED(SUM([qty]) + [Sales], [member]))',
      [['measureInAggregate', '[Sales]', undefined]],
    ],
    ['SUM([qty]) + [Slaes]', [['unknown', '[Slaes]', '[Sales]']]],
    ['SUM([region])', [['wanted', '[region]', undefined]]],
    ['AVERAGE([region])', [['wanted', '[region]', undefined]]],
    ['MAX([region])', [['ofNumbersOrDates', '[region]', undefined]]],
    ['SUM([qtty])', [['unknown', '[qtty]', '[qty]']]],
    ['PERCENTILE([qty], 90)', [['badShare', '90', '90%']]],
    ['SUM([qty]) > @gaol', [['parameter', '@gaol', '@goal']]],
    ['MAX([day]) > @wrong', [['badParameter', '@wrong', undefined]]],
    [
      'FIXED(SUM([qty]), [member])',
      [['fixedAlone', 'FIXED(SUM([qty]), [member])', 'AVERAGE(FIXED(SUM([qty]), [member]))']],
    ],
    ['AVERAGE(FIXED([qty], [member]))', [['fieldInAggregate', '[qty]', 'SUM([qty])']]],
    ['AVERAGE(FIXED(1, [member]))', [['fixedOfNoAggregate', 'FIXED(1, [member])', undefined]]],
    ['AVERAGE(FIXED(SUM([qty]), 1))', [['fixedFieldNeeded', '1', undefined]]],
    ['SUM(FIXED(SUM([qty]), [member]) * [rate])', [['fieldNotFixed', '[rate]', undefined]]],
    [
      'SUM(FIXED(SUM([qty]), [member]) / FIXED(SUM([qty]), [region]))',
      [['fixedFieldsDiffer', 'FIXED(SUM([qty]), [region])', undefined]],
    ],
  ])('%s is refused with its place', (text, expected) => {
    expect(mistakes(text, 'aggregate')).toEqual(expected)
  })

  it('names measures of its block, which stand for what they are over the rows', () => {
    const checked = checkMeasureFormula('SUM([qty]) / [Sales] + [Sales]', 'aggregate', scope)
    if (!checked.ok) throw new Error(JSON.stringify(checked.errors))
    expect(checked.value.named.map(({ measure }) => measure)).toEqual(['Sales'])
    expect(checked.value.leaves).toHaveLength(1)
  })

  it('refuses more aggregates than anyone reads', () => {
    const many = Array.from({ length: 41 }, (_, n) => `SUM([qty] + ${n})`).join('+')
    expect(mistakes(many, 'aggregate').map(([reason]) => reason)).toEqual(['tooManyAggregates'])
  })

  it('computes one value per combination of fields', () => {
    const formula = checked('AVERAGE(FIXED(SUM([amount]) / COUNTROWS(), [member]))', 'aggregate')
    const fixed = formula.kind === 'aggregate' ? formula.leaves.map((leaf) => leaf.fixed) : []
    expect(fixed.map((one) => one?.by)).toEqual([['member'], ['member']])
    expect(fixed[0]?.leaves.map((leaf) => leaf.aggregate)).toEqual(['sum', 'rows'])
  })

  it('gives exact quotients of the values of its leaves, blank over zero', () => {
    const formula = checked('SUM([amount]) / SUM([qty])', 'aggregate')
    const over = (values: Record<string, bigint | null>) =>
      evaluateFormula(formula.value, {
        valueOf: (_dataset, name) => values[name] ?? null,
        lastDay: null,
      })
    expect(formula.value.type).toEqual(exactType(12))
    expect(over({ '\u00010': 1000n, '\u00011': 4n })).toBe(2_500_000_000_000n)
    expect(over({ '\u00010': 1000n, '\u00011': 0n })).toBeNull()
    expect(over({ '\u00010': null, '\u00011': 4n })).toBeNull()
  })
})

describe('a formula over shown cells', () => {
  it.each([
    ['[Sales] / [Visits]', 2],
    ['[Sales] / PREVIOUS([Sales]) - 1', 2],
    ['RANK([Sales], "columns", "ascending")', 2],
    ['移动平均([Sales] / [Visits], 3, "行")', 3],
    ['[Sales] / 总计([Sales])', 2],
  ])('%s', (text, inputs) => {
    const formula = checked(text, 'cells')
    expect(formula.kind === 'cells' ? formula.inputs.length : 0).toBe(inputs)
  })

  it.each([
    ['[Salse]', [['measure', '[Salse]', '[Sales]']]],
    ['[qty] + [Sales]', [['fieldInCells', '[qty]', undefined]]],
    ['[Sales] / SUM([qty])', [['aggregateInCells', 'SUM([qty])', undefined]]],
    ['PREVIOUS([Sales], "row")', [['badAxis', '"row"', '"rows"']]],
    ['MOVINGAVERAGE([Sales], 1)', [['badWindow', '1', undefined]]],
    ['RANK([Sales], "rows", "up")', [['badDirection', '"up"', '"ascending"']]],
  ])('%s is refused with its place', (text, expected) => {
    expect(mistakes(text, 'cells')).toEqual(expected)
  })
})

describe('a formula of single rows', () => {
  it.each([
    ['[amount] / SUM([qty])', [['aggregateInRow', 'SUM([qty])', undefined]]],
    ['PREVIOUS([amount])', [['cellsInRow', 'PREVIOUS([amount])', undefined]]],
    ['MAX([amount])', [['aggregateInRow', 'MAX([amount])', undefined]]],
    ['[day] >= @since', []],
    ['[amount] * (1 + @[growth rate])', []],
  ])('%s', (text, expected) => {
    expect(mistakes(text, 'row')).toEqual(expected)
  })
})

describe('which kind a formula is', () => {
  it.each([
    ['[amount] * 2', 'row'],
    ['SUM([amount]) * 2', 'aggregate'],
    ['MAX([amount])', 'aggregate'],
    ['MAX([amount], 2)', 'row'],
    ['PREVIOUS([Sales])', 'cells'],
    ['[Sales] / [Visits]', 'cells'],
    ['1 + @goal', 'constant'],
    ['SUM([amount]) / PREVIOUS([Sales])', 'mixed'],
    ['[Sales] * [amount]', 'mixed'],
  ])('%s: %s', (text, kind) => {
    expect(formulaKind(parse(text), scope)).toBe(kind)
  })
})

describe('in words', () => {
  it.each([
    [
      'SUM([amount]) / DISTINCTCOUNT([member])',
      '(the sum of “amount”) divided by (the number of different values of “member”)',
      '（“amount”之和）除以（“member”的不同值个数）',
    ],
    [
      'SUMIFS([qty], [qty] > 1, [region] = "East")',
      'the sum of “qty” where (“qty” is more than 1) and (“region” is "East")',
      '满足（“qty”大于1）并且（“region”等于"East"）的“qty”之和',
    ],
    [
      'AVERAGE(FIXED(SUM([qty]), [member], [day]))',
      'the mean of ((the sum of “qty”) for each “member”, “day”)',
      '（每个“member”、“day”的（“qty”之和））的平均值',
    ],
    [
      '[Sales] / PREVIOUS([Sales])',
      '“Sales” divided by (“Sales” in the cell before)',
      '“Sales”除以（上一个单元格的“Sales”）',
    ],
    [
      'PREVIOUS([Sales], "columns")',
      '“Sales” in the cell before, along "columns"',
      '按"columns"方向上一个单元格的“Sales”',
    ],
    ['@goal', 'the parameter “goal”', '参数“goal”'],
  ])('%s', (text, english, chinese) => {
    expect(explainFormula(parse(text), textIn('en'))).toBe(english)
    expect(explainFormula(parse(text), textIn('zh-CN'))).toBe(chinese)
  })
})

describe('printing', () => {
  it.each([
    '@goal + @[growth rate]',
    'MIN([amount]) + MAX(1, 2)',
    'AVERAGE(FIXED(SUM([amount]), [member]))',
    'RANK([Sales], "rows", "ascending")',
  ])('%s reads as it is written', (text) => {
    expect(printFormula(parse(text), 'en')).toBe(text)
    const chinese = printFormula(parse(text), 'zh-CN')
    expect(printFormula(parse(chinese), 'en')).toBe(text)
  })
})
