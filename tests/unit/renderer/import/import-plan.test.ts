import { freeName } from '../../../../shared/data/dataset-name.ts'
import { describe, expect, it } from 'vitest'
import type { SourcePart } from '../../../../shared/data/import-words.ts'
import {
  joinDatasets,
  mergedColumns,
  overrideColumn,
  planFault,
  planImport,
  planIsReady,
  planOrders,
  splitDataset,
} from '../../../../renderer/import/import-plan.ts'
import {
  becomesBlank,
  plannedFields,
  shownSample,
} from '../../../../renderer/import/planned-preview.ts'
import { cannedInfo } from '../../../support/canned-sales.ts'

function part(fileName: string, more: Partial<SourcePart> = {}): SourcePart {
  return {
    file: `file_${fileName}`,
    fileName,
    kind: fileName.endsWith('.csv') ? 'csv' : fileName.endsWith('.db') ? 'sqlite' : 'xlsx',
    layout: { headerRow: 1, headerRows: 1 },
    columns: [
      { name: '门店', type: 'text', role: 'dimension' },
      { name: '金额', type: 'decimal', role: 'measure', scale: 2 },
    ],
    sample: [],
    looked: { rows: 0, all: true },
    fingerprint: 'sales',
    ...more,
  }
}

const names = (parts: readonly SourcePart[]) => planImport(parts).map(({ name }) => name)

describe('planning an import', () => {
  it('makes one dataset of files and sheets of one shape, and keeps other shapes apart', () => {
    const plan = planImport([
      part('销售明细_2023.xlsx', { part: '上半年' }),
      part('门店.csv', { fingerprint: 'shops' }),
      part('销售明细_2023.xlsx', { part: '下半年' }),
      part('销售明细_2024.xlsx', { part: '上半年' }),
    ])
    expect(plan.map(({ name, parts }) => [name, parts.length])).toEqual([
      ['销售明细', 3],
      ['门店', 1],
    ])
  })

  it('says which files of a growing folder were not taken', () => {
    const plan = planImport([part('1.csv'), part('预算.csv', { fingerprint: 'other' })])
    const orders = (growing: boolean) =>
      planOrders(
        plan.map((one, index) => ({ ...one, growing, included: index === 0 })),
        [],
      ).orders
    expect(orders(true)).toMatchObject([{ growing: true, leaveOut: ['file_预算.csv'] }])
    expect(orders(false)[0]).not.toHaveProperty('leaveOut')
  })

  it('offers sheets of notes unticked, and names the others as if alone', () => {
    const plan = planImport([
      part('会员名单.xlsx', { part: '名单' }),
      part('会员名单.xlsx', { part: '说明', fingerprint: 'note', note: '名单截至三月。' }),
    ])
    expect(plan.map(({ name, included }) => [name, included])).toEqual([
      ['会员名单', true],
      ['说明', false],
    ])
  })

  it('offers hidden sheets unticked, apart from the others, which are named as if alone', () => {
    const plan = planImport([
      part('会员名单.xlsx', { part: '名单' }),
      part('会员名单.xlsx', { part: '旧名单', hidden: true }),
    ])
    expect(plan.map(({ name, included }) => [name, included])).toEqual([
      ['会员名单', true],
      ['旧名单', false],
    ])
    expect(planOrders(plan, []).orders).toHaveLength(1)
  })

  it('names datasets as people would', () => {
    expect(names([part('会员.csv')])).toEqual(['会员'])
    expect(names([part('会员名单.xlsx', { part: 'Sheet1' })])).toEqual(['会员名单'])
    expect(
      names([
        part('店.db', { part: '门店' }),
        part('店.db', { part: '目标', fingerprint: 'targets' }),
      ]),
    ).toEqual(['门店', '目标'])
    expect(names([part('a.csv'), part('b.csv', { fingerprint: 'other' })])).toEqual(['a', 'b'])
    expect(freeName('Sales', ['sales', 'SALES 2'])).toBe('Sales 3')
  })

  it('keeps parts apart when asked to, and puts them together again', () => {
    const plan = planImport([part('销售 2023.csv'), part('销售 2024.csv')])
    const apart = splitDataset(plan, plan[0]!.key)
    expect(apart.map(({ name }) => name)).toEqual(['销售 2023', '销售 2024'])
    const together = joinDatasets(apart, 'sales')
    expect(together.map(({ name, parts }) => [name, parts.length])).toEqual([['销售', 2]])
  })

  it('sends only the columns that were changed', () => {
    const [dataset] = planImport([part('销售.csv')])
    const changed = overrideColumn(dataset!, '门店', { role: 'identifier' })
    const back = overrideColumn(changed, '门店', { role: 'dimension' })
    const orders = (one: typeof changed) => planOrders([one], []).orders[0]!
    expect(orders(changed).overrides).toEqual([{ column: '门店', role: 'identifier' }])
    expect(orders(back).overrides).toEqual([])
    expect(orders(back)).toMatchObject({
      name: '销售',
      mode: 'fail',
      parts: [{ layout: { headerRow: 1 } }],
    })
  })

  it('shows the value of merged cells in all their rows where that was chosen', () => {
    const merged = [{ column: 0, rows: [{ from: 0, to: 2 }] }]
    const sample = [
      ['华东', 1],
      [null, 2],
      [null, 3],
      [null, 4],
    ]
    const [found] = planImport([part('销售.xlsx', { sample, merged })])
    const column = found!.parts[0]!.columns[0]!.name
    const regions = (one: typeof found) => shownSample(one!, 8).map(([region]) => region)
    expect([...mergedColumns(found!)]).toEqual([column])
    expect(regions(found)).toEqual(['华东', null, null, null])
    const filled = overrideColumn(found!, column, { fillMerged: true })
    expect(regions(filled)).toEqual(['华东', '华东', '华东', null])
    expect(planOrders([filled], []).orders[0]!.overrides).toEqual([{ column, fillMerged: true }])
    expect(overrideColumn(filled, column, { fillMerged: undefined }).overrides).toEqual({})
  })

  it('shows which cells a chosen type blanks, under the role it brings', () => {
    const blanked = [
      { column: 0, type: 'integer' as const, rows: [1] },
      { column: 0, type: 'date' as const, rows: [0, 1] },
      { column: 0, type: 'date' as const, dateOrder: 'dayFirst' as const, rows: [0] },
    ]
    const [found] = planImport([part('销售.xlsx', { sample: [['1'], ['x']], blanked })])
    const blanks = (own: Parameters<typeof overrideColumn>[2]) => {
      const isBlank = becomesBlank(overrideColumn(found!, '门店', own))
      return [0, 1].filter((row) => isBlank(row, 0))
    }
    expect(blanks({ role: 'identifier' })).toEqual([])
    expect(blanks({ type: 'integer' })).toEqual([1])
    expect(blanks({ type: 'date' })).toEqual([0, 1])
    expect(blanks({ type: 'date', dateOrder: 'dayFirst' })).toEqual([0])
    const asNumber = overrideColumn(found!, '门店', { type: 'integer' })
    expect(plannedFields(asNumber)[0]).toMatchObject({ type: 'integer', role: 'measure' })
    const asName = overrideColumn(asNumber, '门店', { role: 'dimension' })
    expect(asName.overrides).toEqual({ 门店: { type: 'integer', role: 'dimension' } })
  })

  it('never touches a dataset of the same name without having asked', () => {
    const [found] = planImport([part('销售.csv')])
    const dataset = { ...found!, name: ` ${cannedInfo.name}` }
    expect(planFault([dataset], dataset, [cannedInfo])).toBe('nameTaken')
    expect(planIsReady([dataset], [cannedInfo])).toBe(false)
    const chosen = { ...dataset, choice: 'append' as const }
    expect(planIsReady([chosen], [cannedInfo])).toBe(true)
    expect(planOrders([chosen], [cannedInfo]).orders[0]).toMatchObject({
      name: cannedInfo.name,
      mode: 'append',
    })
    const live = { ...chosen, live: true }
    expect(planFault([live], live, [cannedInfo])).toBe('nameTaken')
  })

  it('says what a column read otherwise by choice will stand for, as the result will', () => {
    const columns = [
      { name: '时间', type: 'text', role: 'dimension' },
      { name: '记录日', type: 'date', role: 'dimension', meaning: 'time' },
    ] as const
    const [found] = planImport([part('a.csv', { columns: [...columns] })])
    const meanings = (dataset: NonNullable<typeof found>) =>
      plannedFields(dataset).map(({ meaning }) => meaning)
    expect(meanings(found!)).toEqual([undefined, 'time'])
    const dated = overrideColumn(found!, '时间', { type: 'timestamp' })
    expect(meanings(dated)).toEqual(['time', undefined])
    const own = overrideColumn(dated, '时间', { meaning: 'comment' })
    expect(meanings(own)).toEqual(['comment', undefined])
  })

  it('refuses names that are missing or used twice, but only among what comes in', () => {
    const [a, b] = planImport([part('a.csv'), part('b.csv', { fingerprint: 'other' })])
    const twin = { ...b!, name: 'A' }
    expect(planFault([a!, twin], twin, [])).toBe('nameTwice')
    expect(planFault([{ ...a!, included: false }, twin], twin, [])).toBeNull()
    expect(planFault([{ ...a!, name: ' ' }], { ...a!, name: ' ' }, [])).toBe('noName')
    expect(planIsReady([{ ...a!, included: false }], [])).toBe(false)
  })
})
