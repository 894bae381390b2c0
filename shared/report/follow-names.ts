import type { Draft } from 'immer'
import { renameIn } from '../expression/references.ts'
import type { Block } from './blocks/block.ts'
import { fieldId } from './field-use.ts'
import type { ReportFormula } from './formula.ts'
import { measureNames } from './measure-names.ts'
import { measureWords } from './measures-behind.ts'
import type { Report } from './report.ts'
import { allPills } from './shelves.ts'

/**
 * Measures of a block that are called otherwise now are called so in the formulas that name them; a formula that stands in
 * other blocks as well is left alone, for there the name may still be right.
 */
export function followNames(
  report: Draft<Report>,
  block: Block,
  before: ReadonlyMap<string, string>,
): void {
  const now = [...measureNames(block)]
  for (const formula of Object.values(report.formulas ?? {})) {
    if (formula.kind === 'row' || !standsOnlyIn(report, block, formula)) continue
    const words = formula.kind === 'aggregate' ? measureWords(report, formula) : undefined
    formula.text = renameIn(formula.text, (part) => {
      const isMeasure = part.kind === 'field' && words?.includes(part.name) !== false
      const pill = isMeasure ? before.get(part.name) : undefined
      if (pill === undefined || now.some(([name, id]) => name === part.name && id === pill))
        return undefined
      return now.find(([, id]) => id === pill)?.[0]
    })
  }
}

function standsOnlyIn(report: Report, block: Block, formula: ReportFormula): boolean {
  const id = fieldId(formula.slot, formula.name)
  const blocks = Object.values(report.pages).flatMap(({ blocks: map }) => Object.values(map))
  const showing = blocks.filter((one) => allPills(one).some(({ use }) => use.field === id))
  return showing.length === 1 && showing[0]?.id === block.id
}
