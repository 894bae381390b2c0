import { describe, expect, it } from 'vitest'
import type { Report } from '../../../shared/report/report.ts'
import { findFaults } from '../../../shared/report/integrity.ts'
import { newBlock, newFieldUse } from '../../../shared/report/new-block.ts'
import { packTemplate, templateLiterals } from '../../../shared/report/template/pack-template.ts'
import { nameScore, proposeSlot } from '../../../shared/report/template/propose-fields.ts'
import { proposeSlots } from '../../../shared/report/template/propose-slots.ts'
import { field, repeatableIds, salesReport } from '../../support/report-builder.ts'

const frame = { x: 0, y: 0, w: 6, h: 6 }

function reportWithLiterals(): Report {
  const newId = repeatableIds(3)
  const report = salesReport(newId)
  const page = report.pages[report.pageOrder[0]!]!
  const chart = newBlock('chart', frame, newId)
  if (chart.kind !== 'chart') throw new Error(chart.kind)
  chart.title = '月度销售'
  chart.shelves.rows.push(newFieldUse('sl_sales', field('amount'), 'measure', newId))
  chart.filters = [
    { field: 'sl_sales.shop', op: 'in', values: ['上海徐家汇店', '13812345678'] },
    { field: 'sl_sales.amount', op: 'range', from: 100 },
    { field: 'sl_sales.region', op: 'contains', text: '13812345678' },
  ]
  const text = newBlock('text', frame, newId)
  if (text.kind === 'text') text.text = '问题请找王经理 13900001111'
  const filter = newBlock('filter', frame, newId)
  if (filter.kind === 'filter') {
    filter.shelves.field.push(newFieldUse('sl_sales', field('region'), 'dimension', newId))
    filter.selected = ['华东']
  }
  const blocks = [chart, text, filter]
  return {
    ...report,
    pages: {
      [page.id]: {
        ...page,
        blocks: Object.fromEntries(blocks.map((block) => [block.id, block])),
        blockOrder: blocks.map((block) => block.id),
      },
    },
  }
}

describe('packing a template', () => {
  it('shows every literal, and proposes to leave out value lists and what looks personal', () => {
    const literals = templateLiterals(reportWithLiterals())
    const proposed = literals
      .filter(({ keepByDefault }) => keepByDefault)
      .map(({ preview }) => preview)
    const left = literals
      .filter(({ keepByDefault }) => !keepByDefault)
      .map(({ preview }) => preview)
    expect(proposed).toEqual(['Sales', 'Page 1', '月度销售', '100 – ', 'sales'])
    expect(left).toEqual([
      '上海徐家汇店, 13812345678',
      '13812345678',
      '问题请找王经理 13900001111',
      '华东',
    ])
  })

  it('proposes to leave out members that an order, a sort, a top or a comparison names', () => {
    const report = reportWithLiterals()
    const page = report.pages[report.pageOrder[0]!]!
    const chart = page.blocks[page.blockOrder[0]!]!
    if (chart.kind !== 'chart') throw new Error(chart.kind)
    const [amount] = chart.shelves.rows
    const dimension = (name: string) =>
      newFieldUse('sl_sales', field(name), 'dimension', repeatableIds(9))
    chart.shelves.columns.push({
      ...dimension('region'),
      id: 'pl_region00',
      sort: { by: 'list', members: ['华东', null] },
      top: { count: 3, pill: amount!.id, at: ['门店'] },
    })
    amount!.show = { as: 'difference', field: 'pl_region00', from: { member: '华北' } }
    const named = templateLiterals(report).filter(({ keepByDefault }) => !keepByDefault)
    const previews = named.map(({ preview }) => preview)
    expect(previews).toEqual(expect.arrayContaining(['华东, ∅', '门店', '华北']))
    const packed = JSON.stringify(packTemplate(report, new Set()))
    for (const word of ['门店', '华北']) expect(packed).not.toContain(word)
  })

  it('keeps only what was chosen; nothing else of the author is in the file, and the document stays whole', () => {
    const report = reportWithLiterals()
    const packed = packTemplate(report, new Set())
    const file = JSON.stringify(packed)
    for (const secret of ['徐家汇', '138', '139', '王经理', '华东', '月度销售', '"Sales"']) {
      expect(file).not.toContain(secret)
    }
    expect(findFaults(packed)).toEqual([])
    const all = packTemplate(report, new Set(templateLiterals(report).map(({ id }) => id)))
    const { fields = [] } = report.datasets['sl_sales'] ?? {}
    const used = fields.filter(({ name }) => ['amount', 'shop', 'region'].includes(name))
    const sales = { ...report.datasets['sl_sales'], fields: used }
    expect(all).toEqual({ ...report, datasets: { sl_sales: sales } })
  })

  it('leaves columns, datasets and pictures behind that nothing of the report needs', () => {
    const report = reportWithLiterals()
    const salaries = {
      id: 'sl_salary',
      name: '工资表',
      fields: [{ ...field('shop'), name: '工资' }],
    }
    const image = { id: 'im_face', type: 'image/png' as const, data: 'QUJD' }
    const drill = {
      id: 'dp_where',
      name: '地区',
      levels: [{ field: 'sl_sales.region' }, { field: 'sl_sales.sold_at' }],
    }
    const more = {
      ...report,
      datasets: { ...report.datasets, [salaries.id]: salaries },
      images: { [image.id]: image },
      drillPaths: { [drill.id]: drill },
    }
    const keep = new Set(templateLiterals(more).map(({ id }) => id))
    expect([...keep].filter((id) => /salary|face/.test(id))).toEqual([])
    const packed = packTemplate(more, keep)
    expect(Object.keys(packed.datasets)).toEqual(['sl_sales'])
    const names = packed.datasets['sl_sales']?.fields.map(({ name }) => name)
    expect(names?.toSorted()).toEqual(['amount', 'region', 'shop', 'sold_at'])
    expect(JSON.stringify(packed)).not.toMatch(/工资|QUJD/)
    expect(findFaults(packed)).toEqual([])
  })
})

describe('mapping a template onto other files', () => {
  const offered = (names: readonly string[], type: 'text' | 'decimal' | 'date' = 'text') =>
    names.map((name) => ({
      name,
      type,
      role: type === 'decimal' ? ('measure' as const) : ('dimension' as const),
    }))

  it('proposes the dataset and fields that fit by name and type, each once', () => {
    const proposal = proposeSlot(reportWithLiterals(), 'sl_sales', [
      { id: 'ds_members', name: '会员', fields: offered(['会员号', '姓名', '手机号']) },
      {
        id: 'ds_pos000',
        name: '销售明细',
        fields: [
          ...offered(['区域', '门店']),
          ...offered(['销售金额', '折扣'], 'decimal'),
          ...offered(['销售日期'], 'date'),
        ],
      },
    ])
    expect(proposal?.dataset).toBe('ds_pos000')
    const mapped = Object.fromEntries(
      proposal!.fields.map(({ expected, proposed }) => [expected.name, proposed]),
    )
    expect(mapped).toMatchObject({
      region: '区域',
      shop: '门店',
      amount: '销售金额',
      sold_at: '销售日期',
    })
    expect(new Set(Object.values(mapped).filter(Boolean)).size).toBe(
      Object.values(mapped).filter(Boolean).length,
    )
  })

  it('says which blocks would stay empty for a field nothing fits', () => {
    const proposal = proposeSlot(reportWithLiterals(), 'sl_sales', [
      { id: 'ds_other0', name: 'weather', fields: offered(['temperature'], 'date') },
    ])
    expect(proposal?.dataset).toBeNull()
    const amount = proposal?.fields.find(({ expected }) => expected.name === 'amount')
    expect(amount).toMatchObject({ proposed: null, usedIn: ['月度销售'] })
  })

  it('finds what a list describes in a flat file, but nothing to count or to add up', () => {
    const newId = repeatableIds(4)
    const report = reportWithLiterals()
    const region = { name: '区域', type: 'text', role: 'dimension' } as const
    report.datasets['sl_shops'] = {
      id: 'sl_shops',
      name: '门店',
      fields: [
        region,
        { name: '店型', type: 'text', role: 'dimension' },
        { name: '面积', type: 'decimal', role: 'measure', scale: 1 },
      ],
    }
    const chart = newBlock('chart', frame, newId)
    if (chart.kind !== 'chart') throw new Error(chart.kind)
    chart.shelves.columns.push(newFieldUse('sl_shops', region, 'dimension', newId))
    const page = report.pages[report.pageOrder[0]!]!
    page.blocks[chart.id] = chart
    const flat = {
      id: 'ds_flat000',
      name: '流水',
      fields: [
        ...offered(['所属大区', '店铺']),
        ...offered(['实付金额', '门店面积'], 'decimal'),
        ...offered(['下单时间'], 'date'),
      ],
    }
    const proposals = proposeSlots(report, [flat])
    expect(proposals.map(({ dataset }) => dataset)).toEqual(['ds_flat000', 'ds_flat000'])
    expect(proposals[1]?.fields.map(({ proposed }) => proposed)).toEqual(['所属大区', null, null])
    expect(proposeSlots(report, []).map(({ dataset }) => dataset)).toEqual([null, null])
  })

  it('names alike but for case, width and marks are equal; unlike names score nothing', () => {
    expect(nameScore('Sold At', 'sold_at')).toBe(1)
    expect(nameScore('金额（元）', '金额(元)')).toBe(1)
    expect(nameScore('amount', '金额')).toBe(0.9)
    expect(nameScore('region', '手机')).toBe(0)
    expect(nameScore('区域', '所属大区')).toBe(0.7)
    expect(nameScore('商品名称', '商品大类')).toBeLessThan(0.5)
  })
})
