import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileFormula } from '../../electron/engine/query/expression/compile-formula.ts'
import { column, select } from '../../electron/engine/sql/nodes.ts'
import { duckdb } from '../../electron/engine/sql/dialects/duckdb.ts'
import { clickhouse } from '../../electron/engine/sql/dialects/clickhouse.ts'
import { print } from '../../electron/engine/sql/printer.ts'
import { evaluateFormula } from '../../shared/expression/evaluate/evaluate.ts'
import type { FormulaEngine } from '../support/formula-engine.ts'
import { openFormulaEngine } from '../support/formula-engine.ts'
import { fullRow, reading } from '../support/formula-rows.ts'
import { read, typed } from '../support/formula-text.ts'

let engine: FormulaEngine
beforeAll(async () => {
  engine = await openFormulaEngine()
  await engine.load([fullRow])
})
afterAll(() => engine.close())

const attacks = [
  "'); drop table sales; --",
  "' || (select 1) || '",
  '$1 $2 ${x}',
  '\\',
  "\\' or 1=1 --",
  '/* */ ; attach x',
  '%n %s %% {0}',
  '(?i).*',
]
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

describe('texts of formulas', () => {
  it.each(attacks)('are values, never SQL: %s', async (attack) => {
    const text = quoted(attack)
    for (const formula of [
      `${text} & [note]`,
      `SUBSTITUTE(${text}, "x", ${text})`,
      `CONTAINS([note] & ${text}, ${text})`,
      `TEXTAFTER([note] & ${text} & "tail", ${text})`,
      `VALUE(${text})`,
      `DATEVALUE(${text})`,
      `SWITCH(${text}, ${text}, ${text})`,
    ]) {
      const part = typed(formula)
      const expected = evaluateFormula(part, reading(fullRow))
      expect([formula, await engine.values(part)]).toEqual([formula, [expected]])
    }
  })

  it('stand in no statement, whatever they hold', () => {
    for (const attack of attacks) {
      const compiled = compileFormula(typed(`${quoted(`${attack}#`)} & TEXT([day], "yyyy'#'")`), {
        lastDay: null,
        columnOf: ({ field }) => column('t', field.name),
      })
      if (!compiled.ok) throw new Error('refused')
      const { text } = print(oneColumn(compiled.value), duckdb)
      expect(text).not.toContain('#')
    }
  })

  it('and names of columns cannot break out of their quotes', () => {
    const scope = { fields: [{ name: 'a" or "b', type: 'text' as const }], datasets: [] }
    const part = read('[a" or "b] & "x"', scope)
    if (!part.ok) throw new Error('refused')
    const compiled = compileFormula(part.value, {
      lastDay: null,
      columnOf: ({ field }) => column('t', field.name),
    })
    if (!compiled.ok) throw new Error('refused')
    expect(print(oneColumn(compiled.value), duckdb).text).toContain('"t"."a"" or ""b"')
  })
})

describe('patterns', () => {
  it.each(["yyyy'--mm", 'yyyy%dd', 'd"m', '%%yyyy%Y'])('are values: %s', async (pattern) => {
    const outcome = read(`TEXT([day], ${quoted(pattern)})`)
    // A letter that is no part of a date is refused.
    if (!outcome.ok) return expect(outcome.errors[0]?.reason).toBe('badPattern')
    const expected = evaluateFormula(outcome.value, reading(fullRow))
    expect(await engine.values(outcome.value)).toEqual([expected])
  })
})

describe('the largest formulas that are let through', () => {
  const nested = (open: string, inner: string, close: string) => (times: number) =>
    open.repeat(times) + inner + close.repeat(times)
  it.each([
    ['divisions', nested('1.5 / (', '[单价]', ')')],
    ['dates', nested('DATEADD(', '[day]', ', 1, "month")')],
    ['conditions', nested('IF([paid], ', '[qty]', ', 2)')],
    ['remainders', nested('MOD(', '[qty]', ', 5)')],
    ['finds', nested('FIND("x", "x" & ', '[note]', ')')],
    ['texts', nested('LEFT(TRIM(', '[note]', '), 5)')],
    ['numbers as texts', nested('VALUE("" & ', '[qty]', ')')],
    ['words', nested('TEXTBEFORE(', '[note]', ', "#")')],
  ])('run: %s', async (_name, build) => {
    const accepted = (times: number): boolean => {
      const outcome = read(build(times))
      if (!outcome.ok) return false
      return compileFormula(outcome.value, { lastDay: 0, columnOf: () => column('t', 'note') }).ok
    }
    let times = 1
    while (times < 100 && accepted(times + 1)) times++
    const part = typed(build(times))
    expect(await engine.values(part)).toEqual([evaluateFormula(part, reading(fullRow))])
  })
})

describe('an engine that lacks a function', () => {
  it('says so instead of printing something else', () => {
    const compiled = compileFormula(typed('UPPER([note])'), {
      lastDay: null,
      columnOf: ({ field }) => column('t', field.name),
    })
    if (!compiled.ok) throw new Error('refused')
    const without = { ...clickhouse([]), rows: {} }
    expect(() => print(oneColumn(compiled.value), without)).toThrow(
      'clickhouse has no cases in formulas',
    )
  })
})

function oneColumn(expr: Parameters<typeof select>[0]['columns'][number]['expr']) {
  return select({
    columns: [{ expr, as: 'value' }],
    from: { kind: 'named', name: 'sales' },
    as: 't',
  })
}
