import { describe, expect, it } from 'vitest'
import { evaluateFormula } from '../../../shared/expression/evaluate/evaluate.ts'
import { functions } from '../../../shared/expression/functions/catalogue.ts'
import { parseFormula } from '../../../shared/expression/parser.ts'
import type { Tree } from '../../../shared/expression/tree.ts'
import { partsOf } from '../../../shared/expression/tree.ts'
import { formulaCases } from '../../support/formula-cases.ts'
import type { FormulaRow } from '../../support/formula-rows.ts'
import { blankRow, fullRow, reading } from '../../support/formula-rows.ts'
import { shown, typed } from '../../support/formula-text.ts'

function value(formula: string, row: FormulaRow): string {
  const part = typed(formula)
  return shown(evaluateFormula(part, reading(row)), part.type)
}

describe.each(Object.entries(formulaCases))('formulas with %s', (_group, cases) => {
  it('have the values worked out by hand', () => {
    const found = cases.map(([formula]) => [formula, value(formula, fullRow)])
    expect(found).toEqual(cases.map(([formula, full]) => [formula, full]))
  })

  it('have the values worked out by hand where everything is blank', () => {
    const told = cases.filter(([, , blank]) => blank !== undefined)
    const found = told.map(([formula]) => [formula, value(formula, blankRow)])
    expect(found).toEqual(told.map(([formula, , blank]) => [formula, blank]))
  })
})

describe('the worked examples', () => {
  it('leave no function out', () => {
    const used = (tree: Tree): string[] => [
      ...(tree.kind === 'call' ? [tree.fn] : []),
      ...partsOf(tree).flatMap(used),
    ]
    const all = Object.values(formulaCases).flatMap((cases) =>
      cases.flatMap(([formula]) => {
        const tree = parseFormula(formula)
        return tree.ok ? used(tree.value) : []
      }),
    )
    const ofRows = Object.values(functions).filter(({ kind }) => kind === 'row')
    expect(ofRows.filter(({ id }) => !all.includes(id))).toEqual([])
  })
})

describe('the last day', () => {
  it('is blank where a dataset has no dates', () => {
    const part = typed('LASTDAY()')
    expect(evaluateFormula(part, reading(fullRow, null))).toBeNull()
  })
})
