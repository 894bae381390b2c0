import { describe, expect, it } from 'vitest'
import type { FormulaError } from '../../../shared/expression/formula-error.ts'
import { formulaLimits } from '../../../shared/expression/limits.ts'
import { parseFormula } from '../../../shared/expression/parser.ts'
import { printFormula } from '../../../shared/expression/print.ts'

function printed(text: string): string {
  const tree = parseFormula(text)
  if (!tree.ok) throw new Error(`${text}: ${tree.errors[0]?.reason ?? ''}`)
  return printFormula(tree.value, 'en')
}

function mistake(text: string): FormulaError {
  const tree = parseFormula(text)
  if (tree.ok) throw new Error(`${text} was accepted`)
  expect(tree.errors).toHaveLength(1)
  return tree.errors[0]!
}

/** Reason and the marked piece of the text. */
function marked(text: string): [string, string] {
  const { reason, span } = mistake(text)
  return [reason, text.slice(span.from, span.to)]
}

describe('reading', () => {
  it.each([
    ['1+2*3', '1 + 2 * 3'],
    ['(1+2)*3', '(1 + 2) * 3'],
    ['1-(2-3)', '1 - (2 - 3)'],
    ['(1-2)-3', '1 - 2 - 3'],
    ['-2^2', '-2 ^ 2'],
    ['-(2^2)', '-(2 ^ 2)'],
    ['2^-3', '2 ^ -3'],
    ['-5%', '-5%'],
    ['(-5)%', '(-5)%'],
    ['+[a]', '[a]'],
    ['= 1', '1'],
    ['007.50', '7.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['"he said ""no"""', '"he said ""no"""'],
    ['[a]]b]', '[a]]b]'],
    ['[销售.金额]', '[销售.金额]'],
    ['true = 假', 'TRUE = FALSE'],
    ['[a]=1 and [b]=2 or not [c]', 'OR(AND([a] = 1, [b] = 2), NOT([c]))'],
    ['not [a] = 1 and [b]', 'AND(NOT([a] = 1), [b])'],
    ['and([a],[b]) and (1=1)', 'AND(AND([a], [b]), 1 = 1)'],
    ['round([a];2)', 'ROUND([a], 2)'],
    ['如果（【数量】≥５0，“多”；"少"）', ''],
    ['如果（【数量】≥50，“多”；"少"）＆＂x＂', 'IF([数量] >= 50, "多", "少") & "x"'],
    ['四舍五入(［单价］×2÷3, 2)', 'ROUND([单价] * 2 / 3, 2)'],
    ['【a】】b】≠1', '[a】b] <> 1'],
    ['IFBLANK([a], 0)', 'COALESCE([a], 0)'],
    ['blank()', 'BLANK()'],
    ['[a] % % ', '[a]%%'],
    ['"a"\n&\t"b"', '"a" & "b"'],
  ])('%s', (text, canonical) => {
    // Full-width digits are letters of no number: told, not guessed.
    if (canonical === '') expect(mistake(text).reason).toBe('badCharacter')
    else expect(printed(text)).toBe(canonical)
  })

  it('prints in Chinese what it reads in English', () => {
    const tree = parseFormula('IF([qty] > 5 AND TRUE, ROUND([单价], 2), BLANK())')
    expect(tree.ok && printFormula(tree.value, 'zh-CN')).toBe(
      '如果(且([qty] > 5, 真), 四舍五入([单价], 2), 空值())',
    )
  })
})

describe('a mistake is told with its place', () => {
  it.each([
    ['', ['empty', '']],
    ['  ', ['empty', '']],
    ['1 +', ['missingOperand', '']],
    ['* 2', ['missingOperand', '*']],
    ['1 + * 2', ['missingOperand', '*']],
    ['(1 + 2', ['missingClose', '(']],
    ['IF([a], 1', ['missingClose', '(']],
    ['IF([a], 1,', ['missingClose', '(']],
    ['1 + 2)', ['strayClose', ')']],
    ['[a] [b]', ['missingOperator', '[b]']],
    ['IF([a] 1, 2)', ['missingOperator', '1']],
    ['IF([a],, 2)', ['missingArgument', ',']],
    ['IF([a], )', ['missingArgument', ')']],
    ['"abc', ['unclosedText', '"abc']],
    ['“abc"', ['unclosedText', '“abc"']],
    ['1 + [a', ['unclosedField', '[a']],
    ['[]', ['emptyField', '[]']],
    ['1 # 2', ['badCharacter', '#']],
    ["'a'", ['badCharacter', "'"]],
    ['1; 2', ['missingOperator', ';']],
    ['ROUND(1)', ['tooFewArguments', 'ROUND(1)']],
    ['ROUND(1, 2, 3)', ['tooManyArguments', 'ROUND(1, 2, 3)']],
    ['IFS()', ['tooFewArguments', 'IFS()']],
    ['SWITCH([a], 1)', ['tooFewArguments', 'SWITCH([a], 1)']],
    ['0.1234567890123', ['numberTooLong', '0.1234567890123']],
    ['1'.repeat(39), ['numberTooLong', '1'.repeat(39)]],
    ['a\u0000b', ['badCharacter', '\u0000']],
    ['"\ud800"', ['badCharacter', '\ud800']],
    ['and', ['bareName', 'and']],
  ])('%s', (text, expected) => {
    expect(marked(text)).toEqual(expected)
  })

  it('names the place where the parenthesis could close', () => {
    expect(mistake('ROUND(1 + 2').details).toEqual({ at: 11 })
  })

  it.each([
    ['RUOND([a], 2)', 'unknownFunction', 'ROUND'],
    ['四舍五八([a], 2)', 'unknownFunction', '四舍五入'],
    ['VLOOKUP([a])', 'unknownFunction', undefined],
    ['左边([a], 2)', 'unknownFunction', '左截取'],
    ['取右([a], 2)', 'unknownFunction', '右截取'],
    ['子串([a], 2, 1)', 'unknownFunction', '中间截取'],
    ['平均([a])', 'unknownFunction', '平均值'],
    ['substring([a], 2, 1)', 'unknownFunction', 'MID'],
    ['四舍([a])', 'unknownFunction', '四舍五入'],
    ['中位([a])', 'unknownFunction', '中位数'],
    ['天气([a])', 'unknownFunction', undefined],
    ['TODAY()', 'volatile', 'LASTDAY'],
    ['今天()', 'volatile', '数据末日'],
    ['WEEKDAY([a])', 'ambiguous', 'ISOWEEKDAY'],
    ['price * 2', 'bareName', '[price]'],
    ['ROUND * 2', 'bareName', 'ROUND()'],
  ])('%s suggests', (text, reason, suggestion) => {
    const error = mistake(text)
    expect([error.reason, error.suggestion]).toEqual([reason, suggestion])
  })
})

describe('limits', () => {
  const { length, depth, parts } = formulaLimits

  it('stop texts that are too long before reading them', () => {
    expect(mistake('1'.repeat(1_000_000)).reason).toBe('tooLong')
    expect(mistake(`"${'a'.repeat(length)}"`).reason).toBe('tooLong')
  })

  it('stop what is nested too deep, whatever it is nested by', () => {
    const nested = (open: string, close: string, times: number) =>
      `${open.repeat(times)}1${close.repeat(times)}`
    for (const [open, close] of [
      ['(', ')'],
      ['-', ''],
      ['+', ''],
      ['ABS(', ')'],
      ['', '%'],
      ['1+(', ')'],
    ] as const) {
      expect([open, mistake(nested(open, close, 1500)).reason]).toEqual([open, 'tooDeep'])
      expect(parseFormula(nested(open, close, depth - 2)).ok).toBe(true)
    }
    expect(mistake('1+'.repeat(depth) + '1').reason).toBe('tooDeep')
    expect(parseFormula('1+'.repeat(depth - 1) + '1').ok).toBe(true)
  })

  it('stop what has too many parts', () => {
    expect(mistake(`MAX(${'1,'.repeat(parts)}1)`).reason).toBe('tooManyParts')
  })
})
