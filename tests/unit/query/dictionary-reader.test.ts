import { describe, expect, it } from 'vitest'
import { DictionaryReader } from '../../../electron/engine/query/dictionary-reader.ts'
import type { QueryRunner } from '../../../electron/engine/query/query-runner.ts'
import type { FieldAt } from '../../../electron/engine/query/resolve.ts'

const storage = { kind: 'extract' as const, alias: 'sales_v1', path: '/sales' }
const { signal } = new AbortController()
const target = { kind: 'extracts' as const, attach: [] }

function member(distinct: number): FieldAt {
  const field = { index: 4, name: 'member', type: 'text' as const, role: 'identifier' as const, wide: false, scale: 0, coded: true, distinct } // prettier-ignore
  const dataset = { id: 'ds_sales00', name: 'sales', version: 1, rows: 9, dataAsOf: '', lastDay: null, fields: [field], storage } // prettier-ignore
  return { field, ref: 'member', source: { dataset, as: 't0', via: null } }
}

/** Answers with the texts of the codes the statement lists. */
function reading(): { runner: QueryRunner; asked: string[] } {
  const asked: string[] = []
  const runner: QueryRunner = {
    run(_target, { text }) {
      asked.push(text)
      const listed = /in \(([\d, ]+)\)/.exec(text)?.[1]?.split(', ').map(Number) ?? [0, 1, 2]
      return Promise.resolve({
        rows: listed.length,
        columns: new Map([
          ['code', { kind: 'numbers' as const, values: Float64Array.from(listed) }],
          ['value', { kind: 'texts' as const, values: listed.map((code) => `M${code}`) }],
        ]),
      })
    },
  }
  return { runner, asked }
}

describe('texts of a dictionary too large to be kept', () => {
  it('are read once for the codes an answer met, and name their codes to filters', async () => {
    const { runner, asked } = reading()
    const reader = new DictionaryReader(runner)
    const at = member(200_000)
    const read = await reader.texts(at, [7, 9], target, signal)
    expect([...read]).toEqual([[7, 'M7'], [9, 'M9']]) // prettier-ignore
    await reader.texts(at, [9], target, signal)
    expect(asked).toHaveLength(1)
    const codesOf = await reader.codesFor([at], target, signal)
    expect(codesOf(at, ['M9', 'M7'])).toEqual([9, 7])
    await reader.texts(at, [9, 11], target, signal)
    expect(asked).toHaveLength(2)
    expect(codesOf(at, ['M7', 'M11'])).toEqual([7, 11])
  })

  it('are no ground to say that a text they lack has no code', async () => {
    const { runner } = reading()
    const reader = new DictionaryReader(runner)
    const at = member(200_000)
    await reader.texts(at, [7], target, signal)
    const codesOf = await reader.codesFor([at], target, signal)
    expect(codesOf(at, ['M7', 'M8'])).toBeUndefined()
  })
})

describe('texts of a small dictionary', () => {
  it('are read whole, so a text that is not among them has no code', async () => {
    const { runner, asked } = reading()
    const reader = new DictionaryReader(runner)
    const codesOf = await reader.codesFor([member(3)], target, signal)
    expect(codesOf(member(3), ['M1', 'nobody'])).toEqual([1])
    expect(asked).toHaveLength(1)
  })
})
