import type { Field } from '../../shared/data/field.ts'
import { checkFormula } from '../../shared/expression/check/check-formula.ts'
import { formulaErrorSentence } from '../../shared/expression/error-words.ts'
import { explainFormula } from '../../shared/expression/explain.ts'
import type { FormulaError } from '../../shared/expression/formula-error.ts'
import { suggestedAsWritten } from '../../shared/expression/suggestion-spelling.ts'
import { parseFormula } from '../../shared/expression/parser.ts'
import type { TypeKind } from '../../shared/expression/value-type.ts'
import type { RecipeLookup } from '../../shared/preparation/recipe-words.ts'
import type { Text } from '../../shared/text/messages.ts'

export type CheckedFormula =
  | { readonly state: 'empty' }
  | { readonly state: 'wrong'; readonly error: FormulaError; readonly words: string }
  | { readonly state: 'right'; readonly type: TypeKind; readonly words: string }

/** The first mistake with its place, or what the formula says. */
export function checkedFormula(
  formula: string,
  fields: readonly Field[],
  lookups: readonly RecipeLookup[],
  text: Text,
): CheckedFormula {
  if (formula.trim() === '') return { state: 'empty' }
  const wrong = (first: FormulaError | undefined): CheckedFormula => {
    if (first === undefined) return { state: 'empty' }
    const error = suggestedAsWritten(first, formula)
    return { state: 'wrong', error, words: formulaErrorSentence(error, text) }
  }
  const parsed = parseFormula(formula)
  if (!parsed.ok) return wrong(parsed.errors[0])
  const checked = checkFormula(parsed.value, { fields, datasets: lookups })
  if (!checked.ok) return wrong(checked.errors[0])
  return {
    state: 'right',
    type: checked.value.type.kind,
    words: explainFormula(parsed.value, text),
  }
}
