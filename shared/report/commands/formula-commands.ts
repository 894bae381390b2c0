import type { Draft } from 'immer'
import { z } from 'zod'
import { renameIn } from '../../expression/references.ts'
import type { FieldUse } from '../field-use.ts'
import { fieldId } from '../field-use.ts'
import type { ParameterName } from '../formula.ts'
import {
  maxFormulas,
  maxParameters,
  ReportFormula,
  ReportParameter,
  withValue,
} from '../formula.ts'
import { FormulaId, ParameterId } from '../ids.ts'
import { dropFieldUses } from '../drop-formulas.ts'
import { renameFormula } from '../remap-slot.ts'
import type { Report } from '../report.ts'
import {
  circularFormulas,
  formulaNamed,
  formulasNaming,
  formulasWithParameter,
  parametersOf,
  suitsFormula,
} from '../report-formulas.ts'
import { allPills } from '../shelves.ts'
import { dropPillTraces } from './cleanup.ts'
import { command, CommandRefused } from './command.ts'

/** A calculated field is found by its name among the columns of its slot, so no two may share one. */
function claimName(
  report: Draft<Report>,
  { id, slot, name }: Pick<ReportFormula, 'id' | 'slot' | 'name'>,
): void {
  const taken = formulaNamed(report, slot, name)
  const column = report.datasets[slot]?.fields.some((field) => field.name === name)
  if (column === true || (taken && taken.id !== id)) throw new CommandRefused('nameTaken')
}

function formulaIn(report: Draft<Report>, id: string): Draft<ReportFormula> {
  const formula = report.formulas?.[id]
  if (!formula) throw new CommandRefused('missingFormula')
  return formula
}

function parameterIn(report: Draft<Report>, id: string): Draft<ReportParameter> {
  const parameter = report.parameters?.[id]
  if (!parameter) throw new CommandRefused('missingParameter')
  return parameter
}

const ofAggregates = ['weight', 'percent', 'over', 'per', 'compare'] as const

/** Pills follow a formula that became one of another kind, where they can: a measure stays one. */
function settleUses(report: Draft<Report>, formula: ReportFormula): void {
  const id = fieldId(formula.slot, formula.name)
  for (const page of Object.values(report.pages)) {
    for (const block of Object.values(page.blocks)) {
      for (const { use } of allPills(block)) {
        if (use.field !== id || suitsFormula(report, use)) continue
        if (use.aggregate === undefined) throw new CommandRefused('usedAsDimension')
        settleUse(use, formula)
      }
      dropPillTraces(block)
      if (
        'filters' in block &&
        formula.kind !== 'row' &&
        block.filters.some(({ field }) => field === id)
      )
        throw new CommandRefused('usedAsDimension')
    }
  }
  const leveled = Object.values(report.drillPaths).some(({ levels }) => levels.some(({ field }) => field === id)) // prettier-ignore
  if (leveled && formula.kind !== 'row') throw new CommandRefused('usedAsDimension')
}

function settleUse(use: Draft<FieldUse>, { kind, type }: ReportFormula): void {
  if (kind === 'row')
    use.aggregate = type === 'text' || type === 'boolean' ? 'countDistinct' : 'sum'
  else {
    use.aggregate = kind === 'aggregate' ? 'formula' : 'cells'
    for (const name of ofAggregates) delete use[name]
  }
}

export const formulaCommands = {
  /** Makes a calculated field or changes one; with another name, everything that names it follows. */
  'formula.set': command({
    args: z.strictObject({ formula: ReportFormula }),
    label: 'command.formula.set',
    apply: (report, { formula }) => {
      if (!report.datasets[formula.slot]) throw new CommandRefused('missingSlot')
      claimName(report, formula)
      const formulas = (report.formulas ??= {})
      const known = formulas[formula.id]
      if (known && known.slot !== formula.slot) throw new CommandRefused('notAccepted')
      if (!known && Object.keys(formulas).length >= maxFormulas)
        throw new CommandRefused('tooManyFormulas')
      if (known) renameFormula(report, known, formula.name)
      formulas[formula.id] = formula
      if (circularFormulas(report).length > 0) throw new CommandRefused('circularFormula')
      settleUses(report, formula)
    },
  }),
  /** Takes it from wherever it is shown as well; formulas that name it are asked to be changed first. */
  'formula.remove': command({
    args: z.strictObject({ formula: FormulaId }),
    label: 'command.formula.remove',
    apply: (report, { formula: id }) => {
      const formula = formulaIn(report, id)
      if (formulasNaming(report, formula).length > 0) throw new CommandRefused('formulaNamed')
      dropFieldUses(report, fieldId(formula.slot, formula.name))
      delete report.formulas?.[id]
    },
  }),
  'parameter.set': command({
    args: z.strictObject({ parameter: ReportParameter }),
    label: 'command.parameter.set',
    apply: (report, { parameter }) => {
      const taken = parametersOf(report).some(({ id, name }) => name === parameter.name && id !== parameter.id) // prettier-ignore
      if (taken) throw new CommandRefused('nameTaken')
      const parameters = (report.parameters ??= {})
      const known = parameters[parameter.id]
      if (!known && Object.keys(parameters).length >= maxParameters)
        throw new CommandRefused('tooManyFormulas')
      if (known) renameParameter(report, known.name, parameter.name)
      parameters[parameter.id] = parameter
    },
  }),
  /** What a control on the page does. */
  'parameter.setValue': command({
    args: z.strictObject({
      parameter: ParameterId,
      value: z.union([z.number(), z.string(), z.boolean()]),
    }),
    label: 'command.parameter.setValue',
    apply: (report, { parameter: id, value }) => {
      const next = withValue(parameterIn(report, id), value)
      if (!next) throw new CommandRefused('notAccepted')
      if (report.parameters) report.parameters[id] = next
    },
  }),
  /** Its controls stay, to be given another. */
  'parameter.remove': command({
    args: z.strictObject({ parameter: ParameterId }),
    label: 'command.parameter.remove',
    apply: (report, { parameter: id }) => {
      const { name } = parameterIn(report, id)
      if (formulasWithParameter(report, name).length > 0) throw new CommandRefused('parameterNamed')
      delete report.parameters?.[id]
      for (const page of Object.values(report.pages)) {
        for (const block of Object.values(page.blocks)) {
          if (block.kind === 'parameter' && block.parameter === id) delete block.parameter
        }
      }
    },
  }),
} as const

function renameParameter(report: Draft<Report>, before: string, after: ParameterName): void {
  if (before === after) return
  for (const formula of Object.values(report.formulas ?? {})) {
    formula.text = renameIn(formula.text, (part) =>
      part.kind === 'parameter' && part.name === before ? after : undefined,
    )
  }
}
