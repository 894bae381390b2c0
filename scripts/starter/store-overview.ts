/** "Store overview", the report the sample chain opens on. Ids are words, so that a change of the report reads as one. */
import type { Frame } from '../../shared/report/blocks/block-base.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { ChartBlock, Mark } from '../../shared/report/blocks/chart-block.ts'
import type { FieldUse, NumberFormat } from '../../shared/report/field-use.ts'
import { fieldId } from '../../shared/report/field-use.ts'
import { defaultSetup } from '../../shared/report/new-report.ts'
import type { BoardPage, DrillPath, Report } from '../../shared/report/report.ts'
import { sampleSlots } from './sample-slots.ts'

/** `slot.field`, with slots by the second half of their ids. */
function ref(name: string): string {
  const at = name.indexOf('.')
  return fieldId(`sl_${name.slice(0, at)}`, name.slice(at + 1))
}

type More = Partial<Omit<FieldUse, 'id' | 'field'>>
const pill = (key: string, name: string, more: More = {}): FieldUse => ({
  id: `pl_${key}`,
  field: ref(name),
  ...more,
})

const frame = (x: number, y: number, w: number, h: number): Frame => ({ x, y, w, h })
const plain: NumberFormat = { kind: 'number', decimals: 0, grouping: true, unit: 'none' }
const money: NumberFormat = { kind: 'currency', decimals: 0, grouping: true, unit: 'none' }
const wan: NumberFormat = { ...money, decimals: 1, unit: 'wan' }

const sales = (key: string, format: NumberFormat = wan): FieldUse =>
  pill(key, 'sales.金额', { aggregate: 'sum', caption: '销售额', format })

const descending = (pillKey: string): More => ({
  sort: { by: 'measure', pill: `pl_${pillKey}`, direction: 'descending' },
})

interface ChartParts {
  readonly title: string
  readonly frame: Frame
  readonly shelves: Partial<ChartBlock['shelves']>
  readonly more?: Partial<ChartBlock>
}

function chart(key: string, mark: Mark, { title, frame, shelves, more = {} }: ChartParts): Block {
  const none = { columns: [], rows: [], color: [], size: [], label: [], detail: [], tooltip: [] }
  return {
    id: `bk_${key}`,
    kind: 'chart',
    title,
    frame,
    mark,
    orientation: 'vertical',
    stacking: 'grouped',
    donut: false,
    shelves: { ...none, ...shelves },
    filters: [],
    legend: 'none',
    showLabels: false,
    axisTitles: false,
    ...more,
  }
}

function heading(key: string, text: string, place: Frame): Block {
  const style = { size: 'title', bold: true, align: 'left', tone: 'normal' } as const
  return { id: `bk_${key}`, kind: 'text', frame: place, text, style }
}

function card(key: string, title: string, place: Frame, use: FieldUse): Block {
  return {
    id: `bk_${key}`,
    kind: 'metric',
    title,
    frame: place,
    shelves: { values: [use] },
    filters: [],
  }
}

function control(
  key: string,
  title: string,
  place: Frame,
  kind: 'list' | 'dateRange',
  use: FieldUse,
): Block {
  return {
    id: `bk_${key}`,
    kind: 'filter',
    title,
    frame: place,
    control: kind,
    shelves: { field: [use] },
    selected: null,
    range: null,
  }
}

function page(key: string, title: string, blocks: readonly Block[]): BoardPage {
  return {
    id: `pg_${key}`,
    kind: 'board',
    title,
    blocks: Object.fromEntries(blocks.map((block) => [block.id, block])),
    blockOrder: blocks.map(({ id }) => id),
    setup: { ...defaultSetup, header: `门店概览 · ${title}` },
  }
}

const drillPaths: readonly DrillPath[] = [
  {
    id: 'dp_time',
    name: '年 → 季 → 月 → 日',
    levels: (['year', 'quarter', 'month', 'day'] as const).map((grain) => ({
      field: ref('sales.销售时间'),
      grain,
    })),
  },
  {
    id: 'dp_place',
    name: '区域 → 城市 → 门店',
    levels: ['shops.区域', 'shops.城市', 'shops.门店名称'].map((name) => ({ field: ref(name) })),
  },
  {
    id: 'dp_goods',
    name: '大类 → 小类 → 商品',
    levels: ['products.大类', 'products.小类', 'products.商品名称'].map((name) => ({
      field: ref(name),
    })),
  },
]

function overviewPage(): BoardPage {
  const blocks = [...cards(), ...controls(), ...salesCharts(), ...overviewTables()]
  return page('overview', '经营总览', blocks)
}

function cards(): Block[] {
  return [
    heading('head', '门店经营概览', frame(0, 0, 24, 3)),
    card('sales', '销售额', frame(0, 3, 5, 6), sales('salescard')),
    card(
      'orders',
      '订单数',
      frame(5, 3, 5, 6),
      pill('orders', 'sales.小票号', {
        aggregate: 'countDistinct',
        caption: '订单数',
        format: plain,
      }),
    ),
    card(
      'buyers',
      '消费会员数',
      frame(10, 3, 5, 6),
      pill('buyers', 'sales.会员号', {
        aggregate: 'countDistinct',
        caption: '消费会员数',
        format: plain,
      }),
    ),
    card(
      'average',
      '平均每行金额',
      frame(15, 3, 5, 6),
      pill('average', 'sales.金额', {
        aggregate: 'average',
        caption: '平均每行金额',
        format: { ...money, decimals: 2 },
      }),
    ),
  ]
}

function controls(): Block[] {
  return [
    control('region', '区域', frame(20, 3, 4, 14), 'list', pill('regionlist', 'shops.区域')),
    control(
      'days',
      '销售日期',
      frame(20, 17, 4, 7),
      'dateRange',
      pill('daterange', 'sales.销售时间'),
    ),
  ]
}

function salesCharts(): Block[] {
  return [
    chart('trend', 'line', {
      title: '各渠道每月销售额',
      frame: frame(0, 9, 20, 15),
      shelves: {
        columns: [pill('trendmonth', 'sales.销售时间', { grain: 'month' })],
        rows: [sales('trendsales')],
        color: [pill('trendchannel', 'sales.渠道')],
      },
      more: { legend: 'top', drillPath: 'dp_time' },
    }),
    chart('regions', 'bar', {
      title: '各区域销售额',
      frame: frame(0, 24, 8, 15),
      shelves: {
        columns: [pill('regionbar', 'shops.区域', descending('regionsales'))],
        rows: [sales('regionsales', { ...wan, decimals: 0 })],
      },
      more: { showLabels: true, drillPath: 'dp_place' },
    }),
    chart('category', 'arc', {
      title: '各大类销售占比',
      frame: frame(8, 24, 9, 15),
      shelves: {
        color: [pill('category', 'products.大类', descending('categorysales'))],
        rows: [sales('categorysales')],
      },
      more: { donut: true, drillPath: 'dp_goods' },
    }),
    chart('formats', 'bar', {
      title: '各店型、渠道销售额',
      frame: frame(17, 24, 7, 15),
      shelves: {
        columns: [pill('format', 'shops.店型', descending('formatsales'))],
        rows: [sales('formatsales')],
        color: [pill('formatchannel', 'sales.渠道')],
      },
      more: { stacking: 'stacked', legend: 'top' },
    }),
  ]
}

function overviewTables(): Block[] {
  return [
    {
      id: 'bk_cross',
      kind: 'crosstab',
      title: '各区域、城市年度销售额',
      frame: frame(0, 39, 15, 20),
      drillPath: 'dp_time',
      shelves: {
        rows: [pill('crossregion', 'shops.区域'), pill('crosscity', 'shops.城市')],
        columns: [pill('crossyear', 'sales.销售时间', { grain: 'year' })],
        values: [sales('crosssales', money)],
      },
      filters: [],
      totals: { rows: 'all', columns: 'grand' },
      overflow: 'continue',
    },
    chart('promotions', 'bar', {
      title: '促销活动销售额',
      frame: frame(15, 39, 9, 20),
      shelves: {
        columns: [
          pill('promotion', 'sales.促销活动', {
            ...descending('promotionsales'),
            top: { count: 12, pill: 'pl_promotionsales' },
          }),
        ],
        rows: [sales('promotionsales')],
      },
      more: {
        orientation: 'horizontal',
        filters: [{ field: ref('sales.促销活动'), op: 'notBlank' }],
      },
    }),
  ]
}

function membersPage(): BoardPage {
  const blocks = [...memberCharts(), ...satisfaction(), shopTable()]
  return page('members', '会员与商品', blocks)
}

function memberCharts(): Block[] {
  return [
    heading('memberhead', '会员与商品', frame(0, 0, 24, 3)),
    chart('topgoods', 'bar', {
      title: '销售额前 20 名商品',
      frame: frame(0, 3, 12, 22),
      shelves: {
        columns: [
          pill('goods', 'products.商品名称', {
            ...descending('goodssales'),
            top: { count: 20, pill: 'pl_goodssales' },
          }),
        ],
        rows: [sales('goodssales')],
      },
      more: { orientation: 'horizontal' },
    }),
    chart('shopscatter', 'point', {
      title: '门店销售额与消费会员数',
      frame: frame(12, 3, 12, 22),
      shelves: {
        columns: [sales('scattersales')],
        rows: [
          pill('scattermembers', 'sales.会员号', {
            aggregate: 'countDistinct',
            caption: '消费会员数',
            format: plain,
          }),
        ],
        detail: [pill('scattershop', 'shops.门店名称')],
        color: [pill('scatterregion', 'shops.区域')],
      },
      more: { legend: 'top', axisTitles: true },
    }),
    chart('levels', 'bar', {
      title: '各会员等级的销售额',
      frame: frame(0, 25, 8, 16),
      shelves: {
        columns: [pill('level', 'members.会员等级', descending('levelsales'))],
        rows: [sales('levelsales', { ...wan, decimals: 0 })],
      },
      more: { showLabels: true },
    }),
  ]
}

function satisfaction(): Block[] {
  const score: NumberFormat = { ...plain, decimals: 2 }
  return [
    chart('satisfaction', 'bar', {
      title: '各门店总体满意度（1–5 分）',
      frame: frame(8, 25, 16, 16),
      shelves: {
        columns: [pill('surveyshop', 'shops.门店名称', descending('overall'))],
        rows: [
          pill('overall', 'survey.总体满意度', {
            aggregate: 'average',
            caption: '平均满意度',
            format: score,
          }),
        ],
      },
    }),
  ]
}

function shopTable(): Block {
  return {
    id: 'bk_shops',
    kind: 'table',
    title: '门店一览',
    frame: frame(0, 41, 24, 18),
    shelves: {
      columns: [
        pill('shopname', 'shops.门店名称'),
        pill('shopregion', 'shops.区域'),
        pill('shopcity', 'shops.城市'),
        pill('shopformat', 'shops.店型'),
        pill('shoparea', 'shops.面积', { caption: '面积（㎡）' }),
        pill('shopopen', 'shops.开店日期'),
        pill('shopmanager', 'shops.店长'),
      ],
    },
    filters: [],
    sort: [{ pill: 'pl_shopregion', direction: 'ascending' }],
    overflow: 'continue',
  }
}

export function storeOverview(): Report {
  const pages = [overviewPage(), membersPage()]
  return {
    id: 'rp_storeoverview',
    title: '门店概览',
    theme: 'storeboard',
    datasets: Object.fromEntries(sampleSlots.map((slot) => [slot.id, slot])),
    drillPaths: Object.fromEntries(drillPaths.map((path) => [path.id, path])),
    pages: Object.fromEntries(pages.map((one) => [one.id, one])),
    pageOrder: pages.map(({ id }) => id),
    interactions: {},
    images: {},
  }
}
