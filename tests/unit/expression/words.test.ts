import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainFormula } from '../../../shared/expression/explain.ts'
import { formulaErrorSentence } from '../../../shared/expression/error-words.ts'
import { functions, functionNamed } from '../../../shared/expression/functions/catalogue.ts'
import { parseFormula } from '../../../shared/expression/parser.ts'
import { printFormula } from '../../../shared/expression/print.ts'
import type { Tree } from '../../../shared/expression/tree.ts'
import { languages } from '../../../shared/text/language.ts'
import { textIn } from '../../../shared/text/messages.ts'
import { formulaCases } from '../../support/formula-cases.ts'
import { read } from '../../support/formula-text.ts'
import { randomFormula } from '../../support/random-formula.ts'

function parse(text: string): Tree {
  const tree = parseFormula(text)
  if (!tree.ok) throw new Error(`${text}: ${tree.errors[0]?.reason ?? ''}`)
  return tree.value
}

/** The tree without places, which printing changes. */
const placeless = (tree: Tree): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)))

const handWritten = Object.values(formulaCases).flatMap((cases) => cases.map(([text]) => text))

describe('printing', () => {
  it.each(languages)('in %s gives the same tree when read again', (language) => {
    fc.assert(
      fc.property(fc.oneof(randomFormula, fc.constantFrom(...handWritten)), (text) => {
        const tree = parse(text)
        const printed = printFormula(tree, language)
        expect(placeless(parse(printed))).toEqual(placeless(tree))
        expect(printFormula(parse(printed), language)).toBe(printed)
      }),
      { numRuns: 300 },
    )
  })
})

describe('explaining', () => {
  it.each([
    ['IF([qty] > 5, "many", "few")', 'if (“qty” is more than 5), then "many", otherwise "few"'],
    ['[qty] * ([单价] + 1)', '“qty” times (“单价” plus 1)'],
    ['ROUND([cost] / 3, 2)', '(“cost” divided by 3) rounded to 2 digits after the point'],
    [
      'IFS([qty] > 9, 1, [paid], 2, 3)',
      'if (“qty” is more than 9), then 1; if “paid”, then 2; otherwise 3',
    ],
    ['SWITCH([qty], 1, "a", 2, "b")', 'if “qty” is 1, then "a"; if “qty” is 2, then "b"'],
    ['OR([paid], [qty] = 1)', '“paid” or (“qty” is 1)'],
    ['IN([note], "a", "b")', '“note” is one of "a", "b"'],
    ['LEFT([note])', 'the first character of “note”'],
  ])('%s in English', (text, words) => {
    expect(explainFormula(parse(text), textIn('en'))).toBe(words)
  })

  it.each([
    ['如果([qty] > 5, "多")', '如果（“qty”大于5），则为"多"，否则为空'],
    ['IFBLANK([qty], 0)', '“qty”、0中第一个不为空的'],
    ['DATEADD([day], 1, "月")', '“day”推后 1 个"月"'],
    ['AND([paid], NOT([paid]))', '“paid”并且（并非“paid”）'],
  ])('%s in Chinese', (text, words) => {
    expect(explainFormula(parse(text), textIn('zh-CN'))).toBe(words)
  })

  it('leaves no gap in any sentence', () => {
    for (const language of languages) {
      const gaps = handWritten.filter((text) =>
        /\{\w+\}/.test(explainFormula(parse(text), textIn(language))),
      )
      expect(gaps).toEqual([])
    }
  })
})

describe('function names', () => {
  it('are one function each, in either language and any case', () => {
    const all = Object.values(functions).flatMap((entry) =>
      [...entry.english, ...entry.chinese].map((name) => [name, entry.id] as const),
    )
    // MIN and MAX of one argument are over rows, of several among them.
    const named = all.filter(([name, id]) => functionNamed(name.toLowerCase())?.id !== id)
    expect(named).toEqual([
      ['MIN', 'minimum'],
      ['MAX', 'maximum'],
    ])
    expect(new Set(all.map(([name]) => name)).size).toBe(all.length - named.length)
    expect(all.filter(([name]) => !/^[\p{Lu}\p{Lo}]+$/u.test(name))).toEqual([])
  })
})

describe('what is wrong, in words', () => {
  it.each([
    [
      '[qtty]',
      'There is no field “qtty”. Did you mean [qty]?',
      '没有名为“qtty”的字段。是否要写 [qty]？',
    ],
    [
      '[qty] = "7"',
      'Values of two kinds do not go together here: a whole number and a text. VALUE, TEXT and DATEVALUE turn one into the other.',
      '整数与文本不能放在一起。可用 转数值、转文本、转日期 进行转换。',
    ],
    [
      'IF([qty], 1)',
      'Here a condition is needed, not a whole number.',
      '此处需要条件，而不是整数。',
    ],
    ['(1', 'The parenthesis opened here is not closed.', '此处的左括号没有对应的右括号。'],
  ])('%s', (text, english, chinese) => {
    const outcome = read(text)
    const error = outcome.ok ? undefined : outcome.errors[0]
    expect(
      languages.map((language) => error && formulaErrorSentence(error, textIn(language))),
    ).toEqual([chinese, english])
  })
})
