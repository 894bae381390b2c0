import { describe, expect, it } from 'vitest'
import type { Relationship } from '../../../shared/data/dataset.ts'
import type { GrainContext } from '../../../shared/report/block-grain.ts'
import { blockGrain, misfit } from '../../../shared/report/block-grain.ts'
import { blockQuery } from '../../../shared/report/block-query.ts'
import type { FieldUse } from '../../../shared/report/field-use.ts'
import { newBlock } from '../../../shared/report/new-block.ts'
import { reachableOver } from '../../../shared/report/page-questions.ts'
import { repeatableIds, salesReport } from '../../support/report-builder.ts'

const link = (from: string, to: string, broken = false): Relationship => ({
  ...{ id: 'rel_aaaaaa', orphans: 0, blanks: 0, orphanExamples: [], most: 1, mostExample: 'k' },
  from: { dataset: `ds_${from}`, fields: ['k'] },
  to: { dataset: `ds_${to}`, fields: ['k'] },
  broken: broken ? { code: 'relationship/duplicateKey', details: {}, canRetry: false } : null,
})

const names = ['lines', 'points', 'members', 'shops', 'products']
const bindings = Object.fromEntries(names.map((name) => [`sl_${name}`, `ds_${name}`]))
const links = [
  link('lines', 'members'),
  link('points', 'members'),
  link('members', 'shops'),
  link('lines', 'products'),
]
const context: GrainContext = { bindings, reachable: reachableOver(links) }

const use = (field: string, aggregate?: FieldUse['aggregate']): FieldUse => ({
  id: `pl_${field.replace('.', '')}`,
  field: `sl_${field}`,
  ...(aggregate ? { aggregate } : {}),
})
const grain = (...uses: FieldUse[]) =>
  blockGrain(
    uses,
    uses.filter((one) => one.aggregate !== undefined),
    context,
  )

describe('whose rows a block counts', () => {
  it('are those of its first measure, or of the dataset that leads to all others', () => {
    const amount = use('lines.amount', 'sum')
    expect(grain(amount, use('shops.region'))).toMatchObject({ dataset: 'ds_lines', counted: ['ds_lines'] }) // prettier-ignore
    expect(grain(use('shops.region'), use('members.level'))).toMatchObject({ dataset: 'ds_members' }) // prettier-ignore
    expect(grain(use('members.no', 'countDistinct'), use('lines.day'))).toMatchObject({ dataset: 'ds_lines', counted: ['ds_lines'] }) // prettier-ignore
  })

  it('are those of several fact tables where all lead to what splits them', () => {
    const both = [use('lines.amount', 'sum'), use('points.points', 'sum')]
    expect(grain(...both, use('shops.region'))).toEqual({
      ...{ dataset: 'ds_lines', missing: [] },
      counted: ['ds_lines', 'ds_points'],
    })
    expect(grain(...both, use('products.kind'))).toEqual({
      ...{ dataset: undefined, counted: ['ds_lines', 'ds_points'] },
      missing: [{ from: 'ds_points', to: 'ds_products' }],
    })
  })

  it('do not count over a relationship that no longer holds', () => {
    const reachable = reachableOver([link('lines', 'members', true)])
    expect(reachable('ds_lines', 'ds_members')).toBe(false)
  })
})

describe('a field that could join', () => {
  const uses = [use('points.points', 'sum'), use('members.level')]
  it.each([
    ['ds_shops', false, null],
    ['ds_products', false, { from: 'ds_points', to: 'ds_products' }],
    ['ds_lines', false, { from: 'ds_points', to: 'ds_lines' }],
    ['ds_lines', true, null],
    ['ds_shops', true, { from: 'ds_shops', to: 'ds_members' }],
  ] as const)('of %s, as a measure %s', (dataset, asMeasure, missing) => {
    expect(misfit(dataset, asMeasure, uses, context)).toEqual(missing)
  })

  it('joins an empty block whatever it is', () => {
    expect(misfit('ds_products', false, [], context)).toBeNull()
  })
})

it('a filter from elsewhere reaches a block only when all its fact tables lead to the field', () => {
  const newId = repeatableIds()
  const block = newBlock('crosstab', { x: 0, y: 0, w: 6, h: 6 }, newId)
  if (block.kind !== 'crosstab') throw new Error('no crosstab')
  const values = [use('lines.amount', 'sum'), use('points.points', 'sum')]
  const filled = { ...block, shelves: { ...block.shelves, rows: [use('shops.region')], values } }
  const elsewhere = ['shops.region', 'products.kind'].map((field) => ({
    ...{ field: `sl_${field}`, op: 'in' as const, values: ['x'] },
  }))
  const query = blockQuery(salesReport(newId), filled, {
    ...context,
    view: { drill: {}, filters: { [block.id]: elsewhere } },
  })
  expect(query).toMatchObject({
    dataset: 'ds_lines',
    rows: [{ field: 'ds_shops.region' }],
    measures: [{ field: 'amount' }, { field: 'ds_points.points' }],
    filters: [{ field: 'ds_shops.region' }],
  })
})
