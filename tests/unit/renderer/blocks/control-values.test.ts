import { describe, expect, it } from 'vitest'
import { controlValues } from '../../../../renderer/state/control-values.ts'
import { fail, ok } from '../../../../shared/errors.ts'
import { periodOfMember } from '../../../../shared/query/period.ts'
import { controlFilters } from '../../../../shared/report/cross-filter.ts'
import { newBlock, newFieldUse } from '../../../../shared/report/new-block.ts'
import { textIn } from '../../../../shared/text/messages.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { field, repeatableIds } from '../../../support/report-builder.ts'

const newId = repeatableIds(3)
const months = ['2025-01', '2025-02', '2024-02']
const dated = newFieldUse('sl_sales', field('sold_at'), 'dimension', newId)
const { engine } = createFakeEngine({
  'query.run': ({ query: { dataset, rows } }) =>
    Promise.resolve(
      ok({
        rows: {
          fields: [{ field: 'sold_at', type: 'date' as const, grain: rows?.[0]?.grain }],
          totals: 'none' as const,
          paths: dataset === 'ds_sales00' ? months.map((month) => [month]) : [],
        },
        columns: { fields: [], totals: 'none' as const, paths: [[]] },
        measures: [],
        cells: [{ kind: 'number' as const, values: Float64Array.of(9, 4, 2) }],
        baseRows: 3,
        dataAsOf: '2025-03-01T00:00:00Z',
        version: 1,
        elapsedMs: 1,
        cached: false,
        warnings: [],
      }),
    ),
})
const looking = (wanted: string) => ({
  wanted,
  text: textIn('en'),
  signal: new AbortController().signal,
})

describe('what a list control offers', () => {
  it('is the periods a date is filtered by, so that every choice finds its rows', async () => {
    const found = await controlValues(
      engine,
      'ds_sales00',
      dated,
      { field: 'sold_at' },
      looking(''),
    )
    const listed = months.map((value, at) => ({ value, rows: [9, 4, 2][at] }))
    expect(found).toEqual(ok({ values: listed, total: 3 }))
    const block = newBlock('filter', { x: 0, y: 0, w: 4, h: 8 }, newId)
    if (block.kind !== 'filter') throw new Error('a filter was asked for')
    const chosen = {
      ...block,
      shelves: { field: [dated] },
      selected: found.ok ? found.value.values.map(({ value }) => value) : [],
    }
    const [filter] = controlFilters(chosen)
    expect(filter).toMatchObject({ op: 'in', grain: 'month' })
    const kept = chosen.selected.map((member) => periodOfMember('month', member))
    expect(kept).toEqual([2025 * 12, 2025 * 12 + 1, 2024 * 12 + 1])
  })

  it('is searched by what is shown', async () => {
    const found = await controlValues(
      engine,
      'ds_sales00',
      dated,
      { field: 'sold_at' },
      looking('-02'),
    )
    expect(found).toEqual(
      ok({
        values: [
          { value: '2025-02', rows: 4 },
          { value: '2024-02', rows: 2 },
        ],
        total: 2,
      }),
    )
  })

  it('is an error, not an empty list, where the values cannot be had', async () => {
    const broken = createFakeEngine({
      'query.run': () => Promise.resolve(fail('query/processLost')),
      'dataset.values': () => Promise.resolve(fail('dataset/notFound')),
    })
    const plain = newFieldUse('sl_sales', field('region'), 'dimension', newId)
    const codes = [dated, plain].map(async (use) => {
      const found = await controlValues(
        broken.engine,
        'ds_sales00',
        use,
        { field: 'sold_at' },
        looking(''),
      )
      return found.ok ? null : found.error.code
    })
    expect(await Promise.all(codes)).toEqual(['query/processLost', 'dataset/notFound'])
  })
})
