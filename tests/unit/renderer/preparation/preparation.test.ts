import { describe, expect, it } from 'vitest'
import type { Field } from '../../../../shared/data/field.ts'
import { RecipeStep } from '../../../../shared/preparation/recipe.ts'
import type { PreviewRows } from '../../../../shared/preparation/recipe-words.ts'
import { textIn } from '../../../../shared/text/messages.ts'
import { compareRows, renamesIn } from '../../../../renderer/preparation/compare-rows.ts'
import { completed, completionAt } from '../../../../renderer/preparation/complete-formula.ts'
import { lookedUpFields } from '../../../../renderer/preparation/complete-formula.ts'
import { checkedFormula } from '../../../../renderer/preparation/formula-check.ts'
import { newStep, quickStep, quickSteps, stepKinds } from '../../../../renderer/preparation/new-step.ts' // prettier-ignore
import { pastedEntries } from '../../../../renderer/preparation/pasted-entries.ts'
import { gapOf } from '../../../../renderer/preparation/step-gaps.ts'
import { stepWords } from '../../../../shared/quality/step-words.ts'

const name: Field = { name: '姓名', type: 'text', role: 'dimension' }
const amount: Field = { name: '金额', type: 'decimal', role: 'measure', scale: 2 }

function rows(
  fields: readonly Field[],
  ids: readonly number[],
  ...columns: (string | null)[][]
): PreviewRows {
  // prettier-ignore
  return {
    fields: [...fields],
    page: {
      ...{ offset: 0, sources: ids.map(() => 'a.csv') },
      rowIds: Float64Array.from(ids),
      sourceRows: Float64Array.from(ids),
      columns: columns.map((values) => ({ kind: 'text', writing: 'text', values })),
    },
  }
}

const kinds = (before: PreviewRows, after: PreviewRows, limit = 100): string[] =>
  compareRows(before, after, new Map(), limit).rows.map(({ kind }) => kind)

describe('rows before and after', () => {
  const before = rows([name], [1, 2, 3], ['甲 ', '乙', null])

  it('marks cells that changed and rows that went', () => {
    expect(kinds(before, rows([name], [1, 3], ['甲', null]))).toEqual([
      'changed',
      'removed',
      'same',
    ])
  })

  it('marks rows that came of one row, and leaves out what lies beyond a full page', () => {
    const unpivoted = rows([name], [1, 1, 2], ['甲 ', '甲 ', '乙'])
    expect(kinds(before, unpivoted)).toEqual(['same', 'added', 'same', 'removed'])
    expect(kinds(before, unpivoted, 3)).toEqual(['same', 'added', 'same'])
  })

  it('lays a renamed column over what it was called, also when two swap names', () => {
    const swap = RecipeStep.parse({
      ...{ id: 'a', kind: 'rename' },
      names: [
        { field: '姓名', to: '金额' },
        { field: '金额', to: '姓名' },
      ],
    })
    expect([...renamesIn([swap])].toSorted()).toEqual([['姓名', '金额'], ['金额', '姓名']].toSorted()) // prettier-ignore
    expect(renamesIn([swap, { ...swap, id: 'b' }]).get('姓名')).toBe('姓名')
    const member = { ...name, name: '会员' }
    const { columns, rows: compared } = compareRows(
      before,
      rows([member], [1, 2, 3], ['甲 ', '乙', null]),
      new Map([['会员', '姓名']]),
      100,
    )
    expect(columns).toEqual([{ field: member, before: 0, after: 0, was: '姓名' }])
    expect(compared.every(({ kind }) => kind === 'same')).toBe(true)
  })

  it('keeps a removed column in its place', () => {
    const { columns } = compareRows(
      rows([name, amount], [1], ['甲'], ['1']),
      rows([amount], [1], ['1']),
      new Map(),
      100,
    )
    expect(columns.map(({ field, after }) => [field.name, after])).toEqual([['姓名', undefined], ['金额', 0]]) // prettier-ignore
  })
})

describe('a step in its form', () => {
  const known = [name.name, amount.name]

  it('says what it lacks until the schema takes it', () => {
    for (const kind of stepKinds) {
      const step = newStep(kind, 'a', [name, amount])
      expect([kind, gapOf(step, known) === undefined]).toEqual([kind, RecipeStep.safeParse(step).success]) // prettier-ignore
    }
    const rename = { ...newStep('rename', 'a', [name]), names: [{ field: '姓名', to: '金额' }] }
    expect(gapOf(rename as RecipeStep, known)).toEqual({ key: 'recipe.gap.taken', name: '金额' })
    expect(gapOf(quickStep('fill', 'a', name).step, known)).toEqual({ key: 'recipe.gap.value' })
    const gone = { ...newStep('dedupe', 'a', [name]), keys: ['电话'] }
    expect(gapOf(gone as RecipeStep, known)).toEqual({ key: 'recipe.gap.missing', name: '电话' })
  })

  it('has words in both languages for every kind and every quick step', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const text = textIn(language)
      for (const kind of stepKinds)
        expect(stepWords(newStep(kind, 'a', [name]), text)).not.toMatch(/undefined|\{\w+\}/)
      for (const quick of quickSteps)
        expect(stepWords(quickStep(quick, 'a', name).step, text)).toContain('姓名')
    }
  })

  it('takes two columns from the clipboard as a dictionary', () => {
    expect(pastedEntries('京\t北京\r\n沪\t上海\n\n空\t')).toEqual([
      { from: '京', to: '北京' },
      { from: '沪', to: '上海' },
      { from: '空', to: null },
    ])
    expect(pastedEntries('只有一列')).toEqual([])
  })
})

describe('writing a formula', () => {
  const fields = [name, amount]
  const namesAt = (formula: string, asked = false): string[] =>
    completionAt(formula, formula.length, fields, 'en', asked)?.suggestions.map((one) => one.name) ?? [] // prettier-ignore

  it('offers fields in brackets, functions by either name, and nothing inside a text', () => {
    expect(namesAt('[')).toEqual(['姓名', '金额'])
    expect(namesAt('1 + [金')).toEqual(['金额'])
    expect(namesAt('rou')[0]).toBe('ROUND')
    expect(namesAt('长')).toContain('LEN')
    expect(namesAt('"rou')).toEqual([])
    expect(namesAt('1 + ')).toEqual([])
    expect(namesAt('1 + ', true).slice(0, 2)).toEqual(['姓名', '金额'])
  })

  it('puts the choice in its place, a function with the caret in its parentheses', () => {
    const take = (formula: string, caret = formula.length) => {
      const completion = completionAt(formula, caret, fields, 'en', false)
      const [first] = completion?.suggestions ?? []
      return completion && first && completed(formula, completion, first)
    }
    expect(take('rou')).toEqual({ formula: 'ROUND()', caret: 6 })
    expect(take('2 * [金')).toEqual({ formula: '2 * [金额]', caret: 8 })
    expect(take('[金] + 1', 2)).toEqual({ formula: '[金额] + 1', caret: 4 })
  })

  it('offers and checks fields of datasets a relationship leads to, and no others', () => {
    const text = textIn('en')
    const lookups = [
      { name: '会员', reached: true, fields: [{ name: '等级', type: 'text', role: 'dimension' }] },
      { name: '行', reached: false, fields: [{ name: '数量', type: 'integer', role: 'measure' }] },
    ] as const
    const offered = lookedUpFields(lookups.map((one) => ({ ...one, fields: [...one.fields] })))
    expect(offered.map(({ name }) => name)).toEqual(['会员.等级'])
    const check = (formula: string) => checkedFormula(formula, fields, lookups.map((one) => ({ ...one, fields: [...one.fields] })), text) // prettier-ignore
    expect(check('RELATED([会员.等级])')).toMatchObject({ state: 'right', type: 'text' })
    expect(check('[行.数量]')).toMatchObject({ state: 'wrong', error: { reason: 'notRelated' } })
  })

  it('says the place of a mistake, or the type and the meaning', () => {
    const text = textIn('en')
    const wrong = checkedFormula('1 + [金额1]', fields, [], text)
    expect(wrong).toMatchObject({ state: 'wrong', error: { span: { from: 4, to: 9 }, suggestion: '[金额]' } }) // prettier-ignore
    expect(checkedFormula('[金额] * 2', fields, [], text)).toEqual({
      ...{ state: 'right', type: 'decimal', words: '“金额” times 2' },
    })
  })
})
