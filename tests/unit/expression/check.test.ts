import { describe, expect, it } from 'vitest'
import { asAppError } from '../../../shared/expression/formula-error.ts'
import { AppError } from '../../../shared/errors.ts'
import { read, typed } from '../../support/formula-text.ts'

const typeOf = (text: string): string => {
  const { type } = typed(text)
  return type.kind === 'decimal' ? `decimal(${type.scale})` : type.kind
}

/** Reason, marked piece and suggestion of each mistake. */
function mistakes(text: string): [string, string, string?][] {
  const outcome = read(text)
  if (outcome.ok) throw new Error(`${text} was accepted`)
  return outcome.errors.map(({ reason, span, suggestion }) => {
    const piece = text.slice(span.from, span.to)
    return suggestion === undefined ? [reason, piece] : [reason, piece, suggestion]
  })
}

describe('types', () => {
  it.each([
    ['1', 'integer'],
    ['1.50', 'decimal(1)'],
    ['[qty] + 1.25', 'decimal(2)'],
    ['[单价] * [cost]', 'decimal(8)'],
    ['[cost] * [cost] * [cost]', 'decimal(12)'],
    ['[qty] / [qty]', 'decimal(12)'],
    ['[单价]%', 'decimal(4)'],
    ['[qty] + [rate]', 'double'],
    ['[qty] ^ 2', 'double'],
    ['ROUND([cost], 2)', 'decimal(2)'],
    ['ROUND([qty], 2)', 'integer'],
    ['ROUND([cost], -2)', 'integer'],
    ['ROUND([rate], 4)', 'decimal(4)'],
    ['CEILING([cost], 0.05)', 'decimal(2)'],
    ['MOD([qty], 0.5)', 'decimal(1)'],
    ['VALUE([note])', 'decimal(6)'],
    ['VALUE([note], 0)', 'integer'],
    ['[qty] & ""', 'text'],
    ['""', 'text'],
    ['[day] + 1', 'date'],
    ['[time] - 1', 'timestamp'],
    ['[until] - [day]', 'integer'],
    ['IF([paid], [day], [time])', 'timestamp'],
    ['IF([paid], 1, BLANK())', 'integer'],
    ['IF([paid], BLANK())', 'blank'],
    ['IF([paid], 1, [cost])', 'decimal(6)'],
    ['COALESCE(BLANK(), [rate], 1)', 'double'],
    ['SWITCH([qty], 1, "a", 2.5, "b")', 'text'],
    ['MAX([qty], [单价])', 'decimal(2)'],
    ['[qty] > 1.5', 'boolean'],
    ['[shops.region]', 'text'],
    ['RELATED([shops.area])', 'decimal(1)'],
    ['关联取值([shops.region]) & [note]', 'text'],
  ])('%s is %s', (text, type) => {
    expect(typeOf(text)).toBe(type)
  })
})

describe('what does not fit is told with its place', () => {
  it.each<[string, ...ReturnType<typeof mistakes>]>([
    ['[qtty] + 1', ['unknown', '[qtty]', '[qty]']],
    ['[shops.regoin]', ['unknown', '[shops.regoin]', '[shops.region]']],
    ['[nothing like it]', ['unknown', '[nothing like it]']],
    ['[lines.amount]', ['notRelated', '[lines.amount]']],
    ['RELATED([lines.amount])', ['notRelated', '[lines.amount]']],
    ['RELATED([qty])', ['relatedField', '[qty]']],
    ['RELATED(1 + 1)', ['relatedField', '1 + 1']],
    ['RELATED([shops.regoin])', ['unknown', '[shops.regoin]', '[shops.region]']],
    ['"a" + 1', ['wanted', '"a"']],
    ['[qty] = "7"', ['mixed', '"7"']],
    ['[day] > "2024-01-01"', ['mixed', '"2024-01-01"']],
    ['IF([qty], 1, 2)', ['wanted', '[qty]']],
    ['IF([paid], 1, "a")', ['mixed', '"a"']],
    ['IN([note], "a", 1)', ['mixed', '1']],
    ['[paid] > TRUE', ['notOrdered', '[paid] > TRUE']],
    ['MAX([paid], TRUE)', ['notOrdered', '[paid]']],
    ['LEFT([note], 1.5)', ['wholeNeeded', '1.5']],
    ['[day] + 1.5', ['wholeNeeded', '1.5']],
    ['[day] + [day]', ['wanted', '[day]']],
    ['[time] - [day]', ['wanted', '[time]']],
    ['[rate] & "x"', ['roundFirst', '[rate]']],
    ['INT([rate])', ['roundFirst', '[rate]']],
    ['[paid] & "x"', ['wanted', '[paid]']],
    ['ROUND([cost], [qty])', ['fixedDigits', '[qty]']],
    ['ROUND([cost], 13)', ['fixedDigits', '13']],
    ['ROUND([cost], 1.5)', ['fixedDigits', '1.5']],
    ['VALUE([note], -1)', ['fixedDigits', '-1']],
    ['DATEADD([day], 1, [note])', ['fixedText', '[note]']],
    ['DATEADD([day], 1, "mnth")', ['badUnit', '"mnth"', '"month"']],
    ['DATEADD([day], 1, "hour")', ['unitNeedsTime', '"hour"']],
    ['HOUR([day])', ['wanted', '[day]']],
    ['TEXT([qty], "abc")', ['badPattern', '"abc"']],
    ['TEXT([note], "0.00")', ['wanted', '[note]']],
    ['TEXT([day], "0.00")', ['wanted', '[day]']],
    ['TEXT([day], "hh:mm")', ['wanted', '[day]']],
    ['-[note]', ['wanted', '[note]']],
    ['[note]%', ['wanted', '[note]']],
  ])('%s', (text, ...expected) => {
    expect(mistakes(text)).toEqual(expected)
  })

  it('once each, in the order of the text', () => {
    expect(mistakes('IF([x y z], [qtty] + "a", LEFT([note], 0.5))')).toEqual([
      ['unknown', '[x y z]'],
      ['unknown', '[qtty]', '[qty]'],
      ['wanted', '"a"'],
      ['wholeNeeded', '0.5'],
    ])
  })

  it('and crosses the contract as an error of the application', () => {
    const outcome = read('[qtty] + 1')
    const error = outcome.ok ? undefined : outcome.errors[0]
    expect(error && AppError.parse(asAppError(error))).toEqual({
      code: 'expression/unknownField',
      details: { reason: 'unknown', name: 'qtty', from: 0, to: 6, suggestion: '[qty]' },
      canRetry: false,
    })
  })
})

describe('names of fields', () => {
  const field = (type: 'integer' | 'text', name: string) => ({ name, type })
  const scope = {
    fields: [field('integer', 'a.b'), field('integer', 'x]y')],
    datasets: [
      { name: 'a', reached: true, fields: [field('text', 'b'), field('text', 'b.c')] },
      { name: 'a.b', reached: true, fields: [field('integer', 'c')] },
    ],
  }
  it.each([
    ['[a.b]', 'integer'],
    ['[x]]y]', 'integer'],
    ['[a.b.c]', 'integer'],
  ])('%s is found, own ones first, then by the longest dataset', (text, kind) => {
    const outcome = read(text, scope)
    expect(outcome.ok && outcome.value.type.kind).toBe(kind)
  })
})
