import type { FormulaError } from './formula-error.ts'
import { functionNamed } from './functions/catalogue.ts'

/** A Chinese name that is called; what stands in brackets or quotes is no function. */
const chineseCall = /[\u4e00-\u9fff]\s*[(（]/
const namesAndTexts = /\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"/g

/** The error with its suggestion in the names the formula itself uses: Chinese ones beside Chinese ones. */
export function suggestedAsWritten(error: FormulaError, formula: string): FormulaError {
  const { suggestion } = error
  if (suggestion === undefined || !chineseCall.test(formula.replaceAll(namesAndTexts, ''))) {
    return error
  }
  const own = (called: string, name: string): string => {
    const chinese = functionNamed(name)?.chinese[0]
    return chinese === undefined ? called : `${chinese}(`
  }
  return { ...error, suggestion: suggestion.replaceAll(/([A-Z][A-Z0-9]*)\(/g, own) }
}
