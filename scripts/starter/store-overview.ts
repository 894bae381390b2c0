/** "Store overview", the report the sample chain opens on. Ids are words, so that a change of the report reads as one. */
import type { Frame } from '../../shared/report/blocks/block-base.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { ChartBlock, Mark } from '../../shared/report/blocks/chart-block.ts'
import type { FieldUse, NumberFormat } from '../../shared/report/field-use.ts'
import { fieldId } from '../../shared/report/field-use.ts'
import { defaultSetup } from '../../shared/report/new-report.ts'
import type { BoardPage, DrillPath, Report } from '../../shared/report/report.ts'
import type { Language } from '../../shared/text/language.ts'
import type { OverviewWords } from './overview-words.ts'
import { overviewWords } from './overview-words.ts'
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
/** Large amounts in the unit people of the language count in. */
const large = ({ unit }: OverviewWords, decimals = 1): NumberFormat => ({
  ...money,
  decimals,
  unit,
})

const sales = (words: OverviewWords, key: string, format: NumberFormat = large(words)): FieldUse =>
  pill(key, 'sales.金额', { aggregate: 'sum', caption: words.sales, format })

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

function page(
  words: OverviewWords,
  key: string,
  title: string,
  blocks: readonly Block[],
): BoardPage {
  return {
    id: `pg_${key}`,
    kind: 'board',
    title,
    blocks: Object.fromEntries(blocks.map((block) => [block.id, block])),
    blockOrder: blocks.map(({ id }) => id),
    setup: { ...defaultSetup, header: `${words.report} · ${title}` },
  }
}

const drillPaths = (words: OverviewWords): readonly DrillPath[] => [
  {
    id: 'dp_time',
    name: words.timePath,
    levels: (['year', 'quarter', 'month', 'day'] as const).map((grain) => ({
      field: ref('sales.销售时间'),
      grain,
    })),
  },
  {
    id: 'dp_place',
    name: words.placePath,
    levels: ['shops.区域', 'shops.城市', 'shops.门店名称'].map((name) => ({ field: ref(name) })),
  },
  {
    id: 'dp_goods',
    name: words.goodsPath,
    levels: ['products.大类', 'products.小类', 'products.商品名称'].map((name) => ({
      field: ref(name),
    })),
  },
]

function overviewPage(words: OverviewWords): BoardPage {
  const blocks = [
    ...cards(words),
    ...controls(words),
    ...salesCharts(words),
    ...overviewTables(words),
  ]
  return page(words, 'overview', words.overview, blocks)
}

function cards(words: OverviewWords): Block[] {
  return [
    heading('head', words.heading, frame(0, 0, 24, 3)),
    card('sales', words.sales, frame(0, 3, 5, 6), sales(words, 'salescard')),
    card(
      'orders',
      words.orders,
      frame(5, 3, 5, 6),
      pill('orders', 'sales.小票号', {
        aggregate: 'countDistinct',
        caption: words.orders,
        format: plain,
      }),
    ),
    card(
      'buyers',
      words.buyers,
      frame(10, 3, 5, 6),
      pill('buyers', 'sales.会员号', {
        aggregate: 'countDistinct',
        caption: words.buyers,
        format: plain,
      }),
    ),
    card(
      'average',
      words.average,
      frame(15, 3, 5, 6),
      pill('average', 'sales.金额', {
        aggregate: 'average',
        caption: words.average,
        format: { ...money, decimals: 2 },
      }),
    ),
  ]
}

function controls(words: OverviewWords): Block[] {
  return [
    control('region', words.region, frame(20, 3, 4, 11), 'list', pill('regionlist', 'shops.区域')),
    control(
      'days',
      words.days,
      frame(20, 14, 4, 10),
      'dateRange',
      pill('daterange', 'sales.销售时间'),
    ),
  ]
}

function salesCharts(words: OverviewWords): Block[] {
  return [
    chart('trend', 'line', {
      title: words.trend,
      frame: frame(0, 9, 20, 15),
      shelves: {
        columns: [pill('trendmonth', 'sales.销售时间', { grain: 'month' })],
        rows: [sales(words, 'trendsales')],
        color: [pill('trendchannel', 'sales.渠道')],
      },
      more: { legend: 'top', drillPath: 'dp_time' },
    }),
    chart('regions', 'bar', {
      title: words.regions,
      frame: frame(0, 24, 8, 15),
      shelves: {
        columns: [pill('regionbar', 'shops.区域', descending('regionsales'))],
        rows: [sales(words, 'regionsales', large(words, words.unit === 'wan' ? 0 : 1))],
      },
      more: { showLabels: true, drillPath: 'dp_place' },
    }),
    chart('category', 'arc', {
      title: words.categories,
      frame: frame(8, 24, 9, 15),
      shelves: {
        color: [pill('category', 'products.大类', descending('categorysales'))],
        rows: [sales(words, 'categorysales')],
      },
      more: { donut: true, drillPath: 'dp_goods' },
    }),
    chart('formats', 'bar', {
      title: words.formats,
      frame: frame(17, 24, 7, 15),
      shelves: {
        columns: [pill('format', 'shops.店型', descending('formatsales'))],
        rows: [sales(words, 'formatsales')],
        color: [pill('formatchannel', 'sales.渠道')],
      },
      more: { stacking: 'stacked', legend: 'top' },
    }),
  ]
}

function overviewTables(words: OverviewWords): Block[] {
  return [
    {
      id: 'bk_cross',
      kind: 'crosstab',
      title: words.cities,
      frame: frame(0, 39, 15, 20),
      drillPath: 'dp_time',
      shelves: {
        rows: [pill('crossregion', 'shops.区域'), pill('crosscity', 'shops.城市')],
        columns: [pill('crossyear', 'sales.销售时间', { grain: 'year' })],
        values: [sales(words, 'crosssales', money)],
      },
      filters: [],
      totals: { rows: 'all', columns: 'grand' },
      overflow: 'continue',
    },
    chart('promotions', 'bar', {
      title: words.promotions,
      frame: frame(15, 39, 9, 20),
      shelves: {
        columns: [
          pill('promotion', 'sales.促销活动', {
            ...descending('promotionsales'),
            top: { count: 12, pill: 'pl_promotionsales' },
          }),
        ],
        rows: [sales(words, 'promotionsales')],
      },
      more: {
        orientation: 'horizontal',
        filters: [{ field: ref('sales.促销活动'), op: 'notBlank' }],
      },
    }),
  ]
}

function membersPage(words: OverviewWords): BoardPage {
  const blocks = [...memberCharts(words), ...satisfaction(words), shopTable(words)]
  return page(words, 'members', words.members, blocks)
}

function memberCharts(words: OverviewWords): Block[] {
  return [
    heading('memberhead', words.members, frame(0, 0, 24, 3)),
    chart('topgoods', 'bar', {
      title: words.topGoods,
      frame: frame(0, 3, 12, 22),
      shelves: {
        columns: [
          pill('goods', 'products.商品名称', {
            ...descending('goodssales'),
            top: { count: 20, pill: 'pl_goodssales' },
          }),
        ],
        rows: [sales(words, 'goodssales')],
      },
      more: { orientation: 'horizontal' },
    }),
    chart('shopscatter', 'point', {
      title: words.shops,
      frame: frame(12, 3, 12, 22),
      shelves: {
        columns: [sales(words, 'scattersales')],
        rows: [
          pill('scattermembers', 'sales.会员号', {
            aggregate: 'countDistinct',
            caption: words.buyers,
            format: plain,
          }),
        ],
        detail: [pill('scattershop', 'shops.门店名称')],
        color: [pill('scatterregion', 'shops.区域')],
      },
      more: { legend: 'top', axisTitles: true },
    }),
    chart('levels', 'bar', {
      title: words.levels,
      frame: frame(0, 25, 8, 16),
      shelves: {
        columns: [pill('level', 'members.会员等级', descending('levelsales'))],
        rows: [sales(words, 'levelsales', large(words, words.unit === 'wan' ? 0 : 1))],
      },
      more: { showLabels: true },
    }),
  ]
}

function satisfaction(words: OverviewWords): Block[] {
  const score: NumberFormat = { ...plain, decimals: 2 }
  return [
    chart('satisfaction', 'bar', {
      title: words.satisfaction,
      frame: frame(8, 25, 16, 16),
      shelves: {
        columns: [pill('surveyshop', 'shops.门店名称', descending('overall'))],
        rows: [
          pill('overall', 'survey.总体满意度', {
            aggregate: 'average',
            caption: words.meanScore,
            format: score,
          }),
        ],
      },
    }),
  ]
}

function shopTable(words: OverviewWords): Block {
  return {
    id: 'bk_shops',
    kind: 'table',
    title: words.shopList,
    frame: frame(0, 41, 24, 18),
    shelves: {
      columns: [
        pill('shopname', 'shops.门店名称'),
        pill('shopregion', 'shops.区域'),
        pill('shopcity', 'shops.城市'),
        pill('shopformat', 'shops.店型'),
        pill('shoparea', 'shops.面积', { caption: words.area }),
        pill('shopopen', 'shops.开店日期'),
        pill('shopmanager', 'shops.店长'),
      ],
    },
    filters: [],
    sort: [{ pill: 'pl_shopregion', direction: 'ascending' }],
    overflow: 'continue',
  }
}

export function storeOverview(language: Language): Report {
  const words = overviewWords[language]
  const pages = [overviewPage(words), membersPage(words)]
  return {
    id: 'rp_storeoverview',
    title: words.report,
    theme: 'storeboard',
    datasets: Object.fromEntries(sampleSlots.map((slot) => [slot.id, slot])),
    drillPaths: Object.fromEntries(drillPaths(words).map((path) => [path.id, path])),
    pages: Object.fromEntries(pages.map((one) => [one.id, one])),
    pageOrder: pages.map(({ id }) => id),
    interactions: {},
    images: {},
  }
}
