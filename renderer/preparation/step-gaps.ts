/** What a step in its form still lacks, told before the engine is asked. Pure. */
import type { CellValue } from '../../shared/data/cell-value.ts'
import type { RecipeStep, RowFilter } from '../../shared/preparation/recipe.ts'
import type { MessageKey } from '../../shared/text/messages.ts'
import { isWhole } from './recipe-state.ts'

export interface Gap {
  readonly key: MessageKey
  readonly name?: string
}

/** Fields a step works on. */
export function fieldsUsed(step: RecipeStep): readonly string[] {
  switch (step.kind) {
    case 'rename':
      return step.names.map(({ field }) => field)
    case 'remove':
    case 'normalise':
    case 'fill':
    case 'merge':
    case 'unpivot':
      return step.fields
    case 'type':
    case 'replace':
    case 'split':
      return [step.field]
    case 'map':
      return step.dateField === undefined ? [step.field] : [step.field, step.dateField]
    case 'filter':
      return step.when.filters.map(({ field }) => field)
    case 'dedupe':
      return step.by === undefined ? step.keys : [...step.keys, step.by]
    case 'classify':
      return 'set' in step.classes
        ? Object.values(step.classes.fields)
        : step.classes.rules.flatMap(({ when }) => when.filters.map(({ field }) => field))
    case 'formula':
      return []
  }
}

/** Names a step brings that must not exist yet, and those that go with it. */
function namesMade(step: RecipeStep): {
  readonly made: readonly string[]
  readonly freed: readonly string[]
} {
  // prettier-ignore
  switch (step.kind) {
    case 'rename':
      return { made: step.names.map(({ to }) => to), freed: step.names.map(({ field }) => field) }
    case 'split':
      return { made: step.into, freed: step.keep ? [] : [step.field] }
    case 'merge':
      return { made: [step.into], freed: step.keep ? [] : step.fields }
    case 'map':
      return { made: step.into === undefined ? [] : [step.into], freed: [] }
    case 'unpivot':
      return { made: [step.nameInto, step.valueInto], freed: step.fields }
    default:
      return { made: [], freed: [] }
  }
}

/** The first thing to mend, or undefined. */
export function gapOf(step: RecipeStep, fields: readonly string[]): Gap | undefined {
  const known = new Set(fields)
  const missing = fieldsUsed(step).find((field) => field !== '' && !known.has(field))
  if (missing !== undefined) return { key: 'recipe.gap.missing', name: missing }
  const lacking = lackOf(step)
  if (lacking !== undefined) return { key: lacking }
  const { made, freed } = namesMade(step)
  const taken = made.find(
    (name, at) => (known.has(name) && !freed.includes(name)) || made.indexOf(name) !== at,
  )
  if (taken !== undefined) return { key: 'recipe.gap.taken', name: taken }
  return isWhole(step) ? undefined : { key: 'recipe.gap.other' }
}

function lackOf(step: RecipeStep): MessageKey | undefined {
  switch (step.kind) {
    case 'rename':
      return step.names.some(({ to }) => to === '') ? 'recipe.gap.name' : undefined
    case 'remove':
    case 'normalise':
      return step.fields.length === 0 ? 'recipe.gap.fields' : undefined
    case 'fill':
      if (step.fields.length === 0) return 'recipe.gap.fields'
      return step.with.kind === 'value' && isNothing(step.with.value)
        ? 'recipe.gap.value'
        : undefined
    case 'dedupe':
      return step.keys.length === 0 ? 'recipe.gap.fields' : undefined
    case 'type':
      return step.field === '' ? 'recipe.gap.field' : undefined
    case 'replace':
      return step.match === 'part' && step.pairs.some(({ find }) => isNothing(find))
        ? 'recipe.gap.value'
        : undefined
    case 'map': {
      const { entries, dateField } = step
      if (entries.some(({ from }) => from === '')) return 'recipe.gap.value'
      const dated = entries.some(({ validFrom, validTo }) => validFrom ?? validTo)
      if (dated && dateField === undefined) return 'recipe.gap.days'
      return isWhole(step) ? undefined : 'recipe.gap.overlap'
    }
    case 'split':
      if (step.into.some((name) => name === '')) return 'recipe.gap.name'
      return isWhole(step) ? undefined : 'recipe.gap.parts'
    case 'merge':
      if (step.fields.length < 2) return 'recipe.gap.twoFields'
      return step.into === '' ? 'recipe.gap.name' : undefined
    case 'filter':
      return step.when.filters.some(asksNothing) ? 'recipe.gap.value' : undefined
    case 'unpivot':
      if (step.fields.length === 0) return 'recipe.gap.fields'
      return step.nameInto === '' || step.valueInto === '' ? 'recipe.gap.name' : undefined
    case 'formula':
      if (step.into === '') return 'recipe.gap.name'
      return step.formula === '' ? 'recipe.gap.formula' : undefined
    case 'classify': {
      if (step.into === '') return 'recipe.gap.name'
      const rules = 'rules' in step.classes ? step.classes.rules : []
      if (rules.some(({ name }) => name === '')) return 'recipe.gap.name'
      return rules.some(({ when }) => when.filters.some(asksNothing))
        ? 'recipe.gap.value'
        : undefined
    }
  }
}

const isNothing = (value: CellValue): boolean => value === null || value === ''

/** A filter whose value was not entered yet. */
function asksNothing(filter: RowFilter): boolean {
  switch (filter.op) {
    case 'in':
    case 'notIn':
      return filter.values.length === 0
    case 'range':
      return filter.from === undefined && filter.to === undefined
    case 'contains':
    case 'notContains':
    case 'startsWith':
      return filter.text === ''
    case 'blank':
    case 'notBlank':
      return false
  }
}
