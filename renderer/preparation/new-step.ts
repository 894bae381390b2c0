/** Steps as they begin in the form: as near to whole as can be guessed, or with gaps the form asks for. */
import type { Field } from '../../shared/data/field.ts'
import { isNumeric } from '../../shared/data/field.ts'
import type { Condition, RecipeStep, StepKind } from '../../shared/preparation/recipe.ts'

/** In the order of the menu. */
export const stepKinds: readonly StepKind[] = [
  'normalise',
  'type',
  'fill',
  'replace',
  'map',
  'filter',
  'dedupe',
  'formula',
  'classify',
  'split',
  'merge',
  'rename',
  'remove',
  'unpivot',
]

/** A filter without a value yet; blanks need none. */
export const firstCondition = (field: string): Condition => ({
  match: 'all',
  filters: [{ field, op: 'notBlank' }],
})

export function newStep(kind: StepKind, id: string, fields: readonly Field[]): RecipeStep {
  const base = { id, on: true }
  const first = fields[0]?.name ?? ''
  const text = fields.find(({ type }) => type === 'text')?.name ?? first
  switch (kind) {
    case 'rename':
      return { ...base, kind, names: [{ field: first, to: '' }] }
    case 'remove':
      return { ...base, kind, fields: [] }
    case 'type':
      return { ...base, kind, field: first, to: 'text' }
    case 'normalise':
      return { ...base, kind, fields: [], width: 'half', space: 'single' }
    case 'replace':
      return { ...base, kind, field: text, match: 'whole', pairs: [{ find: '', with: '' }] }
    case 'map':
      return { ...base, kind, field: text, entries: [{ from: '', to: '' }], otherwise: 'keep' }
    case 'fill':
      return { ...base, kind, fields: [], with: { kind: 'above' } }
    case 'split':
      return {
        ...{ ...base, kind, field: text, keep: true },
        by: { kind: 'delimiter', text: '-' },
        into: [freshName(`${text} 1`, fields), freshName(`${text} 2`, fields)],
      }
    case 'merge':
      return { ...base, kind, fields: [], into: '', separator: ' ', keep: true }
    case 'filter':
      return { ...base, kind, when: firstCondition(first), rows: 'keep' }
    case 'dedupe':
      return { ...base, kind, keys: [], keep: 'first' }
    case 'unpivot':
      return { ...base, kind, fields: [], nameInto: '', valueInto: '', keepBlanks: false }
    case 'formula':
      return { ...base, kind, into: '', formula: '' }
    case 'classify':
      return {
        ...{ ...base, kind, into: '' },
        classes: { rules: [{ when: firstCondition(first), name: '' }], otherwise: null },
      }
  }
}

function freshName(name: string, fields: readonly Field[]): string {
  const taken = new Set(fields.map((field) => field.name))
  let fresh = name.slice(0, 190)
  for (let more = 2; taken.has(fresh); more++) fresh = `${name.slice(0, 190)} (${more})`
  return fresh
}

/** What the head of a column offers at once. */
export const quickSteps = ['rename', 'type', 'trim', 'fill', 'filterOut', 'dedupe'] as const
export type QuickStep = (typeof quickSteps)[number]

/** A step for one field, and whether its form has something to ask. */
export function quickStep(
  quick: QuickStep,
  id: string,
  { name, type }: Field,
): { readonly step: RecipeStep; readonly open: boolean } {
  const base = { id, on: true }
  switch (quick) {
    case 'rename':
      return { step: { ...base, kind: 'rename', names: [{ field: name, to: '' }] }, open: true }
    case 'type':
      return {
        step: { ...base, kind: 'type', field: name, to: type === 'text' ? 'integer' : 'text' },
        open: true,
      }
    case 'trim':
      return {
        step: { ...base, kind: 'normalise', fields: [name], width: 'half', space: 'single' },
        open: false,
      }
    case 'fill': {
      const value = isNumeric(type) ? 0 : ''
      return {
        step: { ...base, kind: 'fill', fields: [name], with: { kind: 'value', value } },
        open: true,
      }
    }
    case 'filterOut':
      return {
        step: {
          ...{ ...base, kind: 'filter', rows: 'drop' },
          when: { match: 'all', filters: [{ field: name, op: 'blank' }] },
        },
        open: true,
      }
    case 'dedupe':
      return { step: { ...base, kind: 'dedupe', keys: [name], keep: 'first' }, open: true }
  }
}
