import { expect, test } from 'vitest'
import { KeyMembers } from '../../../electron/engine/query/key-members.ts'

function met(hours: readonly number[]): KeyMembers {
  const members = new KeyMembers({ kind: 'period', grain: 'hour' })
  const column = { kind: 'numbers', values: Float64Array.from(hours) } as const
  for (const row of hours.keys()) members.indexAt(column, row)
  return members
}

test('the periods between those met stand there too, unless that were more than anyone looks through', () => {
  expect(met([482_403, 482_400]).allPeriods()).toEqual([1, 2, 3, 0])
  expect(met([0, 20_000]).allPeriods()).toEqual([0, 1])
  expect(met([]).allPeriods()).toEqual([])
})

test('more hours may be met than a call takes arguments', () => {
  expect(met(Array.from({ length: 200_000 }, (_, hour) => hour)).allPeriods()).toHaveLength(200_000)
})
