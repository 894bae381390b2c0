import { expect, it } from 'vitest'
import type { QueryResult } from '../../../shared/query/query-result.ts'
import { ResultCache } from '../../../electron/engine/query/result-cache.ts'

/** About `cells` times eight bytes. */
const result = (cells: number): QueryResult => ({
  rows: { fields: [], totals: 'none', paths: [] },
  columns: { fields: [], totals: 'none', paths: [] },
  measures: [],
  cells: [{ kind: 'number', values: new Float64Array(cells) }],
  baseRows: 0,
  dataAsOf: '',
  version: 1,
  elapsedMs: 0,
  cached: false,
  warnings: [],
})

it('counts a result once, however often its question is answered', () => {
  const cache = new ResultCache(8000)
  cache.set('kept', result(200))
  for (let again = 0; again < 50; again++) cache.set('again', result(200))
  expect(cache.get('kept')).toBeDefined()
  expect(cache.get('again')).toBeDefined()
})

it('counts a result no longer once it was dropped, replaced by another size or cleared', () => {
  const cache = new ResultCache(8000)
  for (let n = 0; n < 20; n++) cache.set(`q${n}`, result(200))
  const kept = Array.from({ length: 20 }, (_, n) => cache.get(`q${n}`) !== undefined)
  expect(kept.lastIndexOf(false)).toBe(14)
  for (let n = 15; n < 20; n++) cache.set(`q${n}`, result(10))
  for (let n = 0; n < 4; n++) cache.set(`r${n}`, result(200))
  expect(cache.get('q15')).toBeDefined()
  cache.clear()
  for (let n = 0; n < 5; n++) cache.set(`s${n}`, result(200))
  expect(cache.get('s0')).toBeDefined()
})

it('drops what was asked for longest ago, and never keeps what would fill a quarter', () => {
  const cache = new ResultCache(8000)
  for (let n = 0; n < 5; n++) cache.set(`q${n}`, result(200))
  cache.get('q0')
  cache.set('q5', result(200))
  expect(cache.get('q0')).toBeDefined()
  expect(cache.get('q1')).toBeUndefined()
  cache.set('huge', result(300))
  expect(cache.get('huge')).toBeUndefined()
})
