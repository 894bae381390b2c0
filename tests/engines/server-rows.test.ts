/** What servers could not do at first: numbers proved from their rows, lists that end before the rows do, wide products. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Field } from '../../shared/data/field.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import { RowsRequest } from '../../shared/query/row-list.ts'
import { prove } from '../../electron/engine/query/proof/prove.ts'
import { RowLists } from '../../electron/engine/query/row-lists.ts'
import type { AllServers } from '../support/all-servers.ts'
import { allServers } from '../support/all-servers.ts'
import type { TestedEngine } from '../support/query-engines.ts'
import { plainCells } from '../support/query-engines.ts'

const fields: readonly Field[] = [
  { name: 'day', type: 'date', role: 'dimension' },
  { name: 'shop', type: 'text', role: 'dimension' },
  { name: 'price', type: 'decimal', role: 'measure', scale: 2 },
  { name: 'weight', type: 'decimal', role: 'measure', scale: 2 },
]
/** Scaled, a price times a weight leaves 64 bits. */
const rows = Array.from({ length: 6000 }, (_, at) => ({
  day: `2025-0${1 + (at % 3)}-15`,
  shop: at % 7 === 0 ? null : `s${at % 5}`,
  price: 90_000_000_000 + at + 0.25,
  weight: 3_000_000 + at + 0.5,
}))

const measures = [
  { field: 'price', aggregate: 'sum' as const, as: 'sum' },
  { field: 'shop', aggregate: 'countDistinct' as const, as: 'shops' },
  { field: 'price', aggregate: 'weightedAverage' as const, weight: 'weight', as: 'weighted' },
  { field: 'price', aggregate: 'closing' as const, over: 'day', per: 'shop', as: 'closing' },
]
const query: ReportQueryInput = {
  dataset: 'sales',
  rows: [{ field: 'shop' }],
  measures,
  totals: { rows: 'grand' },
}

let servers: AllServers | undefined
let engines: readonly TestedEngine[] = []
beforeAll(async () => {
  servers = await allServers()
  engines = await Promise.all(servers.makers.map((make) => make(fields, rows, '2025-03-15')))
})
afterAll(() => servers?.stop())

const { signal } = new AbortController()

describe('on every server', () => {
  it('a number is proved from its rows read one by one', async () => {
    for (const { name, catalog, tools } of engines) {
      const context = { catalog, tools, signal, onRows: () => undefined }
      for (const { as } of measures) {
        for (const row of [['s1'], [null], []]) {
          const ask = { query: ReportQuery.parse(query), cell: { row, column: [] }, measure: as }
          const proof = await prove(ask, context)
          const found = proof.ok ? [proof.value.agrees, proof.value.rows] : proof.error
          const own = rows.filter(({ shop }) => row.length === 0 || shop === row[0]).length
          expect([name, as, row, found]).toEqual([name, as, row, [true, own]])
        }
      }
    }
  })

  it('an average by weights is that of whole numbers as wide as they come', async () => {
    const [sum, by] = rows.reduce(
      ([a, b], { price, weight }) => {
        const w = BigInt(Math.round(weight * 100))
        return [a + BigInt(Math.round(price * 100)) * w, b + w]
      },
      [0n, 0n],
    )
    const exact = Number((sum * 10_000n) / by) / 1_000_000
    for (const engine of engines) {
      const { name } = engine
      const answer = await engine.ask({ ...query, rows: [], measures: measures.slice(2, 3) })
      const [[[value] = []] = []] = answer.ok ? plainCells(answer.value) : []
      expect([name, Number(value).toFixed(4)]).toEqual([name, exact.toFixed(4)])
    }
  })

  it('a list says how many rows there are', async () => {
    for (const { name, catalog, tools } of engines) {
      const lists = new RowLists(tools)
      const open = async (cell: { row: string[]; column: never[] }) => {
        const request = RowsRequest.parse({ query, cell, fields: ['shop'], limit: 10 })
        const list = await lists.open(request, catalog, signal)
        return list.ok ? [list.value.count, list.value.whole] : list.error
      }
      expect([name, await open({ row: [], column: [] })]).toEqual([name, [6000, undefined]])
      const own = rows.filter(({ shop }) => shop === 's1').length
      expect([name, await open({ row: ['s1'], column: [] })]).toEqual([name, [own, undefined]])
    }
  })

  it('every page of a list is read, each row on one of them, down to the last', async () => {
    const ordered = rows.map(({ price }) => price).toSorted((a, b) => b - a)
    for (const { name, catalog, tools } of engines) {
      for (const sort of [[], [{ field: 'price', direction: 'descending' as const }]]) {
        const lists = new RowLists(tools)
        const fields = ['shop', 'price', 'day']
        const request = RowsRequest.parse({ query, fields, sort, limit: 700 })
        const list = await lists.open(request, catalog, signal)
        if (!list.ok) throw new Error(JSON.stringify(list.error))
        const { key, count } = list.value
        const found: number[] = []
        for (let offset = 0; offset < count; offset += 700) {
          const page = await lists.window(key, offset, 700, signal)
          if (!page.ok) throw new Error(JSON.stringify(page.error))
          const prices = page.value.columns[1]
          if (prices?.kind === 'scaled')
            found.push(...Array.from(prices.values, (one) => one / 100))
        }
        const told = sort.length > 0 ? found : found.toSorted((a, b) => b - a)
        expect([name, told]).toEqual([name, ordered])
      }
    }
  })

  it('a list is read in pieces of any size to its limit, and says how many rows there are', async () => {
    for (const { name, catalog, tools } of engines) {
      const lists = new RowLists(tools, { piece: 1500, most: 5500 })
      const request = RowsRequest.parse({ query, fields: ['price'], limit: 10 })
      const list = await lists.open(request, catalog, signal)
      if (!list.ok) throw new Error(JSON.stringify(list.error))
      const { key, count, whole } = list.value
      expect([name, count, whole]).toEqual([name, 5500, 6000])
      const found = new Set<number>()
      for (let offset = 0; offset < count; offset += 1000) {
        const page = await lists.window(key, offset, 1000, signal)
        const [prices] = page.ok ? page.value.columns : []
        if (prices?.kind === 'scaled') for (const one of prices.values) found.add(one)
      }
      expect([name, found.size]).toEqual([name, 5500])
    }
  })
})
