import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differingParts } from '../../../../renderer/people/differing-parts.ts'
import { pairRows } from '../../../../renderer/people/pair-rows.ts'
import type { PersonRecord } from '../../../../shared/people/people-words.ts'

test('parts make up the value again, and what is the same in both is in both', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (a, b) => {
      const parts = differingParts(a, b)
      expect(parts.map(({ text }) => text).join('')).toBe(a)
      const kept = (list: typeof parts): string => list.filter(({ differs }) => !differs).map(({ text }) => text).join('') // prettier-ignore
      expect(Array.from(kept(parts))).toHaveLength(Array.from(kept(differingParts(b, a))).length)
    }),
  )
})

test('the one digit that differs is marked and nothing else', () => {
  expect(differingParts('13800138000', '13800138001')).toEqual([
    { text: '1380013800', differs: false },
    { text: '0', differs: true },
  ])
  expect(differingParts('王小明', '王晓明').filter(({ differs }) => differs)).toEqual([{ text: '小', differs: true }]) // prettier-ignore
})

test('columns that mean the same stand in one line whatever they are called; empty lines are left out', () => {
  const record = (dataset: string, values: PersonRecord['values']): PersonRecord => ({ dataset, key: 'k', values }) // prettier-ignore
  const rows = pairRows(
    [
      record('ds_aaaaaa', [{ field: '手机号', trait: 'phone', value: '138' }, { field: '等级', trait: null, value: '金' }, { field: '地址', trait: 'address', value: null }]),
      record('ds_bbbbbb', [{ field: 'Mobile', trait: 'phone', value: '139' }, { field: '城市', trait: null, value: '苏州' }]),
    ],
    (trait) => trait,
  ) // prettier-ignore
  expect(rows).toEqual([
    { trait: 'phone', label: 'phone', values: ['138', '139'] },
    { trait: null, label: '等级', values: ['金', null] },
    { trait: null, label: '城市', values: [null, '苏州'] },
  ])
})
