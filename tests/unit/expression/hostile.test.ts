import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFormula } from '../../../shared/expression/check/check-formula.ts'
import { evaluateFormula } from '../../../shared/expression/evaluate/evaluate.ts'
import { formulaErrorSentence } from '../../../shared/expression/error-words.ts'
import { functionNames } from '../../../shared/expression/functions/catalogue.ts'
import { parseFormula } from '../../../shared/expression/parser.ts'
import { textIn } from '../../../shared/text/messages.ts'
import { blankRow, formulaScope, fullRow, reading } from '../../support/formula-rows.ts'
import { read, typed } from '../../support/formula-text.ts'

/** Pieces of formulas in any order: most are nonsense, some are not. */
const scraps = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '(', ')', ',', ';', '[qty]', '[note]', '[day]', '[', ']', '"', '""', '“', '”', '【', '+', '-', '*', '/', '^', '&', '%', '=', '<',
        '>', '≤', ' ', '1', '0.5', '1e9', '.', 'AND', 'not', '真', '"day"', "'", '\\', '\u0000', '\u202e', '\ud800', '😀',
      ), // prettier-ignore
      fc.constantFrom(...functionNames()).map((name) => `${name}(`),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''))

describe('any text at all', () => {
  it('is a formula with a value, or is refused in words with a place inside it', () => {
    fc.assert(
      fc.property(scraps, (text) => {
        const outcome = read(text)
        if (outcome.ok) {
          for (const row of [fullRow, blankRow]) {
            expect(evaluateFormula(outcome.value, reading(row))).not.toBe('')
          }
          return
        }
        for (const error of outcome.errors) {
          const { from, to } = error.span
          expect(0 <= from && from <= to && to <= text.length).toBe(true)
          expect(formulaErrorSentence(error, textIn('en'))).not.toBe('')
        }
      }),
      { numRuns: 3000 },
    )
  })

  it.each(['[', '"', '(', '[qty]+', 'IF(', '-', ' ', '%', '(1)', '[a]]'])(
    'of a million %s is refused at once',
    (piece) => {
      const started = performance.now()
      expect(parseFormula(piece.repeat(1_000_000)).ok).toBe(false)
      expect(performance.now() - started).toBeLessThan(1000)
    },
  )
})

describe('names', () => {
  it('of a thousand long fields are compared in reasonable time', () => {
    const fields = Array.from({ length: 1000 }, (_, index) => ({
      name: `${'ab'.repeat(95)}${index}`,
      type: 'text' as const,
    }))
    const tree = parseFormula(`[${'ba'.repeat(100)}]`)
    const started = performance.now()
    expect(tree.ok && checkFormula(tree.value, { fields, datasets: [] }).ok).toBe(false)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('from the prototype of objects are no fields, functions or words', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(read(`[${name}]`).ok).toBe(false)
      expect(read(`${name}(1)`).ok).toBe(false)
      expect(read(`DATEADD([day], 1, "${name}")`).ok).toBe(false)
      expect(formulaScope.fields.some((field) => field.name === name)).toBe(false)
    }
  })
})

describe('texts that grow', () => {
  it('stop at the length of an Excel cell', () => {
    const grown = (text: string, times: number): string =>
      times === 0 ? text : grown(`SUBSTITUTE(${text}, "a", "aaaaaaaaaa")`, times - 1)
    const value = evaluateFormula(typed(grown('"aaaaaaaaaa"', 9)), reading(fullRow))
    expect(value).toBe('a'.repeat(32_767))
  })
})
