/** What could be written at a place of a formula. Pure. */
import type { Field } from '../../shared/data/field.ts'
import { functions, namesOf } from '../../shared/expression/functions/catalogue.ts'
import type { FunctionEntry } from '../../shared/expression/functions/function-entry.ts'
import type { ParameterType } from '../../shared/expression/scope.ts'
import { writeField, writeParameter } from '../../shared/expression/scope.ts'
import type { RecipeLookup } from '../../shared/preparation/recipe-words.ts'
import type { Language } from '../../shared/text/language.ts'
import { ranked } from './ranked.ts'

export type Suggestion =
  | { readonly kind: 'field'; readonly name: string; readonly field: Field }
  | { readonly kind: 'parameter'; readonly name: string; readonly type: ParameterType }
  | { readonly kind: 'function'; readonly name: string; readonly entry: FunctionEntry }

/** What a formula may name. */
export interface FormulaWords {
  /** Fields, or the measures of a block. */
  readonly fields: readonly Field[]
  /** Measures of a block beside the fields of its data. */
  readonly measures?: readonly Field[]
  readonly parameters?: readonly { readonly name: string; readonly type: ParameterType }[]
  /** Kinds of functions that stand in it; those of rows alone when absent. */
  readonly kinds?: readonly FunctionEntry['kind'][]
}

export interface Completion {
  /** What a suggestion takes the place of. */
  readonly from: number
  readonly to: number
  readonly suggestions: readonly Suggestion[]
}

const most = 40

/** Fields of related datasets as a formula names them. */
export const lookedUpFields = (lookups: readonly RecipeLookup[]): Field[] =>
  lookups.flatMap(({ name: dataset, reached, fields }) =>
    reached ? fields.map((field) => ({ ...field, name: `${dataset}.${field.name}` })) : [],
  )

/** Undefined inside a text in quotes and where nothing fits; `asked` lists everything also before the first letter. */
export function completionAt(
  formula: string,
  caret: number,
  { fields, measures = [], parameters = [], kinds = ['row'] }: FormulaWords,
  language: Language,
  asked: boolean,
): Completion | undefined {
  const before = formula.slice(0, caret)
  const place = placeIn(before)
  if (place === 'text') return undefined
  if (place !== undefined) {
    const rest = /^[^\]］】[(]*[\]］】]/.exec(formula.slice(caret))?.[0] ?? ''
    const suggestions = fieldsLike(before.slice(place + 1), [...fields, ...measures])
    return found({ from: place, to: caret + rest.length, suggestions })
  }
  const at = /[@＠]([\p{L}_][\p{L}\p{N}_]*)?$/u.exec(before)
  if (at) {
    const suggestions = parametersLike(at[1] ?? '', parameters)
    return found({ from: at.index, to: caret, suggestions })
  }
  const word = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(before)?.[0] ?? ''
  if (word === '' && !asked) return undefined
  const suggestions = [
    ...fieldsLike(word, fields),
    ...parametersLike(word, parameters),
    ...functionsLike(word, kinds, language),
    ...fieldsLike(word, measures),
  ]
  return found({ from: caret - word.length, to: caret, suggestions })
}

function found({ suggestions, ...place }: Completion): Completion | undefined {
  return suggestions.length === 0
    ? undefined
    : { ...place, suggestions: suggestions.slice(0, most) }
}

/** Where a field name is open at the end, or `text` when a quoted text is. */
function placeIn(before: string): number | 'text' | undefined {
  let open: number | undefined
  let quote: string | undefined
  for (const [at, sign] of Array.from(before).entries()) {
    if (quote !== undefined) {
      if (sign === quote) quote = undefined
    } else if (open !== undefined) {
      if (']］】'.includes(sign)) open = undefined
    } else if ('[［【'.includes(sign)) open = at
    else if (sign === '“') quote = '”'
    else if (sign === '"' || sign === '＂') quote = sign
  }
  return quote === undefined ? open : 'text'
}

const fieldsLike = (written: string, fields: readonly Field[]): Suggestion[] =>
  ranked(fields, written, ({ name }) => [name]).map((field) => ({
    ...{ kind: 'field', name: field.name, field },
  }))

const parametersLike = (
  written: string,
  parameters: NonNullable<FormulaWords['parameters']>,
): Suggestion[] =>
  ranked(parameters, written, ({ name }) => [name]).map(({ name, type }) => ({
    ...{ kind: 'parameter', name, type },
  }))

function functionsLike(
  written: string,
  kinds: readonly FunctionEntry['kind'][],
  language: Language,
): Suggestion[] {
  // Kinds named first are those the formula is about.
  const fitting = kinds.flatMap((kind) =>
    Object.values(functions).filter((entry) => entry.kind === kind),
  )
  return ranked(fitting, written, ({ english, chinese }) => [...english, ...chinese]).map(
    (entry) => ({ kind: 'function', name: namesOf(entry, language)[0], entry }),
  )
}

function writtenAs(suggestion: Suggestion, call: string): string {
  if (suggestion.kind === 'field') return writeField(suggestion.name)
  return suggestion.kind === 'parameter' ? writeParameter(suggestion.name) : suggestion.name + call
}

/** The formula with a suggestion in its place, and where the caret goes. */
export function completed(
  formula: string,
  { from, to }: Completion,
  suggestion: Suggestion,
): { readonly formula: string; readonly caret: number } {
  const rest = formula.slice(to)
  const call = rest.startsWith('(') ? '' : '()'
  const written = writtenAs(suggestion, call)
  const inside = suggestion.kind === 'function' && call !== '' ? 1 : 0
  return {
    formula: formula.slice(0, from) + written + rest,
    caret: from + written.length - inside,
  }
}
