import { describe, expect, it } from 'vitest'
import type { Field } from '../../../shared/data/field.ts'
import { newBlock, newFieldUse, sensibleBlock } from '../../../shared/report/new-block.ts'
import { dropIntent } from '../../../shared/report/drop-intent.ts'
import { templateLiterals } from '../../../shared/report/template/pack-template.ts'
import { proposeSlot } from '../../../shared/report/template/propose-fields.ts'
import { repeatableIds, salesReport } from '../../support/report-builder.ts'

const newId = repeatableIds(5)
const frame = { x: 0, y: 0, w: 12, h: 14 }
const score: Field = { name: '推荐意愿', type: 'integer', role: 'measure', meaning: 'score' }
const customer: Field = { name: 'no', type: 'text', role: 'identifier', meaning: 'customer' }

describe('a field dropped', () => {
  it('is averaged when it is a score and counted when it names customers, orders or shops', () => {
    const aggregateOf = (field: Field) => newFieldUse('sl_sales', field, 'measure', newId).aggregate
    expect(aggregateOf(score)).toBe('average')
    expect(aggregateOf(customer)).toBe('countDistinct')
    expect(aggregateOf({ ...score, name: '门店号', meaning: 'shop' })).toBe('countDistinct')
    expect(aggregateOf({ ...score, meaning: 'points' })).toBe('sum')
  })

  it('on the board makes a card of how many customers there are, and says that a score is averaged', () => {
    expect(sensibleBlock('sl_sales', customer, frame, newId)).toMatchObject({
      kind: 'metric',
      shelves: { values: [{ field: 'sl_sales.no', aggregate: 'countDistinct' }] },
    })
    const report = salesReport(newId)
    const block = newBlock('metric', frame, newId)
    const page = report.pages[report.pageOrder[0]!]!
    const filled = {
      ...report,
      datasets: { sl_sales: { ...report.datasets['sl_sales']!, fields: [score] } },
      pages: { [page.id]: { ...page, blocks: { [block.id]: block }, blockOrder: [block.id] } },
    }
    const slot = filled.datasets.sl_sales
    const intent = dropIntent(filled, { kind: 'field', slot, field: score }, { kind: 'block', block: block.id }, newId) // prettier-ignore
    expect(intent?.label).toBe('drop.addAverage')
  })
})

describe('a template', () => {
  const report = salesReport(newId)
  const expecting = (fields: Field[]) => ({
    ...report,
    datasets: { sl_sales: { id: 'sl_sales', name: 'sales', fields } },
  })
  const proposedFor = (want: Field, offered: Field[]) =>
    proposeSlot(expecting([want]), 'sl_sales', [{ id: 'ds_own0001', name: 'x', fields: offered }])
      ?.fields[0]?.proposed

  it('finds the column of the same meaning under a name of no likeness, and not one of another meaning', () => {
    const own: Field[] = [
      { name: 'KUNNR', type: 'text', role: 'identifier', meaning: 'customer' },
      { name: 'customer_group', type: 'text', role: 'dimension' },
      { name: 'VBELN', type: 'text', role: 'identifier', meaning: 'order' },
    ]
    expect(proposedFor({ ...customer, name: 'customer' }, own)).toBe('KUNNR')
    expect(proposedFor({ name: '小票号', type: 'text', role: 'identifier' }, own)).toBe('VBELN')
  })

  it('goes by roles first and by names second, and takes a role that was given on the Data page', () => {
    const want: Field = { ...customer, name: 'customer' }
    const named: Field = { name: 'customer', type: 'text', role: 'identifier' }
    const own: Field = { name: 'KUNNR', type: 'text', role: 'identifier' }
    expect(proposedFor(want, [named, own])).toBe('customer')
    expect(proposedFor(want, [named, { ...own, meaning: 'customer' }])).toBe('KUNNR')
    expect(proposedFor(want, [{ ...named, meaning: 'order' }, own])).toBe('customer')
    expect(proposedFor(want, [{ ...named, meaning: 'customer' }, { ...own, meaning: 'customer' }])).toBe('customer') // prettier-ignore
  })

  it('that counts persons counts accounts where nobody has looked for the persons', () => {
    const want: Field = { name: '会员.个人', type: 'text', role: 'identifier', derived: 'person' }
    const card: Field = { name: '卡号', type: 'text', role: 'identifier', meaning: 'customer' }
    const person: Field = { name: 'Person', type: 'text', role: 'identifier', derived: 'person' }
    expect(proposedFor(want, [card])).toBe('卡号')
    expect(proposedFor(want, [card, person])).toBe('Person')
  })

  it('leaves out by default what filters say of people, ranges of birthdays included', () => {
    const table = newBlock('table', frame, newId)
    if (table.kind !== 'table') throw new Error(table.kind)
    table.filters = [
      { field: 'sl_sales.会员', op: 'contains', text: '王伟' },
      { field: 'sl_sales.生日', op: 'range', from: '1990-05-17' },
      { field: 'sl_sales.城市', op: 'contains', text: '杭州' },
    ]
    const page = report.pages[report.pageOrder[0]!]!
    const filled = {
      ...expecting([
        { name: '会员', type: 'text', role: 'dimension', personal: 'name' },
        { name: '生日', type: 'date', role: 'dimension', personal: 'birthday' },
        { name: '城市', type: 'text', role: 'dimension' },
      ]),
      pages: { [page.id]: { ...page, blocks: { [table.id]: table }, blockOrder: [table.id] } },
    }
    const filters = templateLiterals(filled).filter(({ id }) => id.includes('.filter'))
    expect(filters.map(({ preview, keepByDefault }) => [preview, keepByDefault])).toEqual([
      ['王伟', false],
      ['1990-05-17 – ', false],
      ['杭州', true],
    ])
  })
})
