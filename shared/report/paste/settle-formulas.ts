/** What calculated fields and parameters of pasted blocks are called in the report, and which of them it has already. */
import type { Draft } from 'immer'
import { renameIn } from '../../expression/references.ts'
import type { Block } from '../blocks/block.ts'
import { fieldId, slotOf } from '../field-use.ts'
import type { ReportFormula, ReportParameter } from '../formula.ts'
import { measureNames } from '../measure-names.ts'
import { pillFormat } from '../pill-format.ts'
import { fieldPlaces } from '../remap-slot.ts'
import {
  formulaField,
  formulaNamed,
  formulaOf,
  formulasOf,
  namedFormulas,
  parametersOf,
} from '../report-formulas.ts'
import type { Report } from '../report.ts'
import { allPills } from '../shelves.ts'
import { namesTaken } from './free-name.ts'

/** Things of the report are taken for those of the clipping by their ids while the report they were copied from is open. */
export interface Meeting {
  readonly report: Report
  readonly here: boolean
}

export interface SettledParameters {
  /** Of the clipping's parameters, by their ids. */
  readonly to: ReadonlyMap<string, ReportParameter>
  readonly added: readonly ReportParameter[]
}

/** A parameter is the report's where name, kind, limits and value are: with another value the numbers would be others. */
export function settleParameters(
  clip: Draft<Report>,
  { report, here }: Meeting,
): SettledParameters {
  const to = new Map<string, ReportParameter>()
  const added: ReportParameter[] = []
  const coming = parametersOf(clip)
  for (const parameter of coming) {
    const same = here ? report.parameters?.[parameter.id] : undefined
    const others = [...parametersOf(report), ...added]
    const around = coming.filter(({ id }) => id !== parameter.id).map(({ name }) => name)
    const taken = namesTaken(
      parameter.name,
      new Set([...others.map(({ name }) => name), ...around]),
      '_',
    )
    const alike = taken
      .map((name) => others.find((one) => one.name === name))
      .find((one) => one !== undefined && sameParameter(one, parameter))
    const found = same ?? alike
    const own = { ...parameter, name: nextName(parameter.name, taken.length, '_') }
    to.set(parameter.id, found ?? own)
    if (!found) added.push(own)
  }
  const names = new Map(coming.map(({ id, name }) => [name, to.get(id)?.name]))
  for (const formula of Object.values(clip.formulas ?? {})) {
    formula.text = renameIn(formula.text, (part) =>
      part.kind === 'parameter' ? names.get(part.name) : undefined,
    )
  }
  return { to, added }
}

const nextName = (name: string, taken: number, joint: ' ' | '_'): string =>
  taken === 0 ? name : `${name}${joint}${String(taken + 1)}`

function sameParameter(a: ReportParameter, b: ReportParameter): boolean {
  const plain = ({ id, name, ...rest }: ReportParameter): string =>
    JSON.stringify(Object.entries(rest).toSorted(([x], [y]) => x.localeCompare(y)))
  return plain(a) === plain(b)
}

/** Gives the clipping's formulas the names they go by in the report; those the report lacks are answered, in order of need. */
export function settleFormulas(clip: Draft<Report>, { report, here }: Meeting): ReportFormula[] {
  const blocks = Object.values(clip.pages).flatMap((page) => Object.values(page.blocks))
  const names = new Map<string, string>()
  const added: ReportFormula[] = []
  const looks = new Map<string, ReportFormula>()
  const coming = inOrder(clip, blocks)
  for (const formula of coming) {
    const text = rewritten(clip, blocks, formula, names)
    const key = fieldId(formula.slot, formula.name)
    const others = [...formulasOf(report), ...added].filter(({ slot }) => slot === formula.slot)
    const around = coming.filter(({ id, slot }) => id !== formula.id && slot === formula.slot)
    const columns = report.datasets[formula.slot]?.fields ?? clip.datasets[formula.slot]?.fields
    const taken = namesTaken(
      formula.name,
      new Set([...others, ...around, ...(columns ?? [])].map(({ name }) => name)),
      ' ',
    )
    const same = here ? report.formulas?.[formula.id] : undefined
    const alike = taken
      .map((name) => others.find((one) => one.name === name))
      .find((one) => one?.kind === formula.kind && one.text === text)
    const found = same?.slot === formula.slot ? same : alike
    const own = { ...formula, text, name: nextName(formula.name, taken.length, ' ') }
    names.set(key, (found ?? own).name)
    if (found) looks.set(key, found)
    else added.push(own)
  }
  keepFormats(clip, blocks, looks)
  for (const place of fieldPlaces(clip)) {
    const formula = formulaOf(clip, place.id)
    const name = names.get(place.id)
    if (formula && name !== undefined) place.write(fieldId(formula.slot, name))
  }
  return added
}

/** Each after those it is computed from. */
function inOrder(clip: Report, blocks: readonly Block[]): ReportFormula[] {
  const done: ReportFormula[] = []
  const seen = new Set<string>()
  const visit = (formula: ReportFormula): void => {
    if (seen.has(formula.id)) return
    seen.add(formula.id)
    const named =
      formula.kind === 'cells' ? besideIn(clip, blocks, formula) : namedFormulas(clip, formula)
    for (const one of named) visit(one)
    done.push(formula)
  }
  for (const formula of formulasOf(clip)) visit(formula)
  return done
}

/** Calculated fields among the measures of the blocks a formula over cells stands in. */
function besideIn(clip: Report, blocks: readonly Block[], formula: ReportFormula): ReportFormula[] {
  return blocksShowing(blocks, formula).flatMap((block) =>
    allPills(block).flatMap(({ use }) => {
      const named = formulaOf(clip, use.field)
      // One over cells waits for others over cells only where it names them.
      const waits = named?.kind !== 'cells' || namesMeasure(block, formula, use.id)
      return named && named.id !== formula.id && waits ? [named] : []
    }),
  )
}

function namesMeasure(block: Block, formula: ReportFormula, pill: string): boolean {
  const names = measureNames(block)
  let found = false
  renameIn(formula.text, ({ kind, name }) => {
    if (kind === 'field' && names.get(name) === pill) found = true
    return undefined
  })
  return found
}

function blocksShowing(blocks: readonly Block[], { slot, name }: ReportFormula): Block[] {
  const id = fieldId(slot, name)
  return blocks.filter((block) => allPills(block).some(({ use }) => use.field === id))
}

function rewritten(
  clip: Report,
  blocks: readonly Block[],
  formula: ReportFormula,
  names: ReadonlyMap<string, string>,
): string {
  if (formula.kind !== 'cells')
    return renameIn(formula.text, ({ kind, name }) =>
      kind === 'field' && formulaNamed(clip, formula.slot, name)
        ? names.get(fieldId(formula.slot, name))
        : undefined,
    )
  const called = blocksShowing(blocks, formula).map((block) => ({
    before: measureNames(block),
    now: measureNames(renamed(block, names)),
  }))
  return renameIn(formula.text, (part) => {
    const where = called.find(({ before }) => before.has(part.name))
    if (part.kind !== 'field' || !where) return undefined
    const pill = where.before.get(part.name)
    if (where.now.get(part.name) === pill) return undefined
    return [...where.now].find(([, id]) => id === pill)?.[0]
  })
}

/** The block with the names its calculated fields have so far. */
function renamed(block: Block, names: ReadonlyMap<string, string>): Block {
  if (!('shelves' in block)) return block
  const copy = structuredClone(block)
  for (const { use } of allPills(copy)) {
    const name = names.get(use.field)
    if (name !== undefined) use.field = fieldId(slotOf(use.field), name)
  }
  return copy
}

/** Where the report's field of that name is written in another way, the pasted pills say how they were. */
function keepFormats(
  clip: Draft<Report>,
  blocks: readonly Draft<Block>[],
  looks: ReadonlyMap<string, ReportFormula>,
): void {
  for (const { use } of blocks.flatMap(allPills)) {
    const [before, now] = [formulaOf(clip, use.field), looks.get(use.field)]
    if (!before || !now || use.aggregate === undefined || use.format) continue
    const format = pillFormat(use, formulaField(before))
    if (JSON.stringify(format) !== JSON.stringify(pillFormat(use, formulaField(now))))
      use.format = format
  }
}
