/** What could be written at a place of a formula. Pure. */
import type { Field } from '../../shared/data/field.ts'
import { functions, namesOf } from '../../shared/expression/functions/catalogue.ts'
import type { FunctionEntry } from '../../shared/expression/functions/function-entry.ts'
import { writeField } from '../../shared/expression/scope.ts'
import type { RecipeLookup } from '../../shared/preparation/recipe-words.ts'
import type { Language } from '../../shared/text/language.ts'

export type Suggestion =
  | { readonly kind: 'field'; readonly name: string; readonly field: Field }
  | { readonly kind: 'function'; readonly name: string; readonly entry: FunctionEntry }

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
  fields: readonly Field[],
  language: Language,
  asked: boolean,
): Completion | undefined {
  const before = formula.slice(0, caret)
  const place = placeIn(before)
  if (place === 'text') return undefined
  if (place !== undefined) {
    const rest = /^[^\]］】[(]*[\]］】]/.exec(formula.slice(caret))?.[0] ?? ''
    const suggestions = fieldsLike(before.slice(place + 1), fields)
    return found({ from: place, to: caret + rest.length, suggestions })
  }
  const word = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(before)?.[0] ?? ''
  if (word === '' && !asked) return undefined
  const suggestions = [...fieldsLike(word, fields), ...functionsLike(word, language)]
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

/** Names that begin so come first. */
function ranked<T>(
  all: readonly T[],
  written: string,
  namesFor: (one: T) => readonly string[],
): T[] {
  const wanted = written.toLowerCase()
  const rank = (one: T): number => {
    const names = namesFor(one).map((name) => name.toLowerCase())
    if (names.some((name) => name.startsWith(wanted))) return 0
    return names.some((name) => name.includes(wanted)) ? 1 : 2
  }
  const kept = all.filter((one) => rank(one) < 2)
  return kept.toSorted((a, b) => rank(a) - rank(b))
}

const fieldsLike = (written: string, fields: readonly Field[]): Suggestion[] =>
  ranked(fields, written, ({ name }) => [name]).map((field) => ({
    ...{ kind: 'field', name: field.name, field },
  }))

/** A recipe computes single rows. */
const rowFunctions = Object.values(functions).filter(({ kind }) => kind === 'row')

const functionsLike = (written: string, language: Language): Suggestion[] =>
  ranked(rowFunctions, written, ({ english, chinese }) => [...english, ...chinese]).map(
    (entry) => ({ kind: 'function', name: namesOf(entry, language)[0], entry }),
  )

/** The formula with a suggestion in its place, and where the caret goes. */
export function completed(
  formula: string,
  { from, to }: Completion,
  suggestion: Suggestion,
): { readonly formula: string; readonly caret: number } {
  const rest = formula.slice(to)
  const call = rest.startsWith('(') ? '' : '()'
  const written = suggestion.kind === 'field' ? writeField(suggestion.name) : suggestion.name + call
  const inside = suggestion.kind === 'function' && call !== '' ? 1 : 0
  return {
    formula: formula.slice(0, from) + written + rest,
    caret: from + written.length - inside,
  }
}
