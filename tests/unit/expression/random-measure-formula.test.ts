/** Random formulas over aggregates and over shown cells: what is printed reads the same, and what is checked computes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateFormula } from '../../../shared/expression/evaluate/evaluate.ts'
import { explainFormula } from '../../../shared/expression/explain.ts'
import { checkMeasureFormula, formulaKind } from '../../../shared/expression/measure-formula.ts'
import { parseFormula } from '../../../shared/expression/parser.ts'
import { printFormula } from '../../../shared/expression/print.ts'
import type { MeasureScope } from '../../../shared/expression/scope.ts'
import type { Tree } from '../../../shared/expression/tree.ts'
import { exactType } from '../../../shared/expression/value-type.ts'
import { languages } from '../../../shared/text/language.ts'
import { textIn } from '../../../shared/text/messages.ts'

const scope: MeasureScope = {
  fields: [
    { name: '金额', type: 'decimal', scale: 2 },
    { name: 'qty', type: 'integer' },
    { name: 'a]b', type: 'text' },
  ],
  datasets: [],
  measures: [
    { name: 'Sales', type: exactType(2) },
    { name: '客 流', type: exactType(0) },
  ],
  parameters: [
    { name: 'goal', type: 'number', value: 12.5 },
    { name: 'two words', type: 'number', value: 2 },
  ],
}

const written = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts)
const infix = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(of, written('+', '-', '*', '/'), of).map(([a, op, b]) => `(${a} ${op} ${b})`)

const row = fc.oneof(
  written('[金额]', '[qty]', '2', '@goal'),
  infix(written('[金额]', '[qty]', '1.5')),
)
const condition = fc
  .tuple(row, written('>', '<=', '<>'), row)
  .map(([a, op, b]) => `${a} ${op} ${b}`)
const leaf = fc.oneof(
  fc
    .tuple(written('SUM', '平均值', 'MIN', 'Max', 'MEDIAN', 'COUNT'), row)
    .map(([f, x]) => `${f}(${x})`),
  fc.tuple(row, condition).map(([x, c]) => `SUMIFS(${x}, ${c})`),
  fc.tuple(condition, condition).map(([a, b]) => `条件计数(${a}, ${b})`),
  row.map((x) => `PERCENTILE(${x}, 90%)`),
  fc
    .tuple(row, written('[a]]b]', '[qty], [a]]b]'))
    .map(([x, by]) => `AVERAGE(FIXED(SUM(${x}), ${by}))`),
  written('COUNTROWS()', 'DISTINCTCOUNT([a]]b])', '@[two words]'),
)
const outer = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(of, infix(of), fc.tuple(of, of).map(([a, b]) => `IF(${a} > ${b}, ${a}, COALESCE(${b}, 0))`)) // prettier-ignore
const overAggregates = outer(outer(leaf))

const cell = fc.oneof(
  written('[Sales]', '[客 流]', '@goal'),
  fc.tuple(written('PREVIOUS', '下一个', 'FIRST', 'RANK', 'RUNNINGSUM'), written('[Sales]', '[客 流] + 1'), written('', ', "rows"', ', "列"')).map(([f, x, axis]) => `${f}(${x}${axis})`), // prettier-ignore
  written('ROWTOTAL([Sales])', '总计(PREVIOUS([Sales]))', 'MOVINGAVERAGE([客 流], 3)'),
)
const overCells = outer(outer(cell))

const parsed = (text: string): Tree => {
  const tree = parseFormula(text)
  if (!tree.ok) throw new Error(`${text}: ${tree.errors[0]?.reason ?? ''}`)
  return tree.value
}
const placeless = (tree: Tree): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)))

describe.each([
  ['aggregate', overAggregates],
  ['cells', overCells],
] as const)('a random formula over %s', (kind, formulas) => {
  it('reads as it was printed, in either language, and is explained without a gap', () => {
    fc.assert(
      fc.property(formulas, (text) => {
        const tree = parsed(text)
        for (const language of languages) {
          const printed = printFormula(tree, language)
          expect(placeless(parsed(printed))).toEqual(placeless(tree))
          expect(explainFormula(tree, textIn(language))).not.toMatch(/\{\w+\}/)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('is of its kind, checked, and computed from what it reads without an error', () => {
    fc.assert(
      fc.property(
        formulas,
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1 }),
        (text, given) => {
          const told = formulaKind(parsed(text), scope)
          expect([kind, 'constant']).toContain(told)
          const checked = checkMeasureFormula(text, kind, scope)
          if (!checked.ok) throw new Error(`${text}: ${checked.errors[0]?.reason ?? ''}`)
          const reader = {
            lastDay: null,
            valueOf: (_dataset: string | undefined, name: string) => {
              const at = Number(name.slice(1))
              const formula = checked.value
              const types = formula.kind === 'aggregate' ? formula.leaves : formula.inputs
              const value = given[at % given.length] ?? 0
              return types[at]?.type.kind === 'double' ? value : BigInt(value)
            },
          }
          const value = evaluateFormula(checked.value.value, reader)
          expect(['bigint', 'number', 'object']).toContain(typeof value)
        },
      ),
      { numRuns: 150 },
    )
  })
})
