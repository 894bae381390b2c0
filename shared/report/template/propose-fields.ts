import type { Field, FieldType } from '../../data/field.ts'
import { isNumeric, isTemporal } from '../../data/field.ts'
import { meaningsOfName } from '../../data/meaning.ts'
import type { DatasetSlot, Report } from '../report.ts'
import type { SlotProposal } from '../report-words.ts'
import { columnsUsed } from '../remap-slot.ts'
import { fieldNameOf, slotOf } from '../field-use.ts'

export interface OfferedDataset {
  readonly id: string
  readonly name: string
  readonly fields: readonly Field[]
}

/** Below this a name says nothing and the field stays unmapped. */
const leastScore = 0.35

/** Proposes a dataset for a slot, and for each field it expects the best field of that dataset, each used once. */
export function proposeSlot(
  report: Report,
  slotId: string,
  datasets: readonly OfferedDataset[],
): SlotProposal | undefined {
  const slot = report.datasets[slotId]
  if (!slot) return undefined
  const best = datasets
    .map((dataset) => matchSlot(report, slot, dataset))
    .toSorted((a, b) => b.score - a.score)[0]
  if (best && best.score >= leastScore) return best
  const fields = matchFields(slot.fields, [], usedFields(report, slotId))
  const none = { slot: slotId, name: slot.name, dataset: null, score: 0 }
  return { ...none, fields: withSlot(fields, slotId) }
}

/** However badly it fits. */
export function matchSlot(
  report: Report,
  slot: DatasetSlot,
  dataset: OfferedDataset,
): SlotProposal {
  const fields = matchFields(slot.fields, dataset.fields, usedFields(report, slot.id))
  const wanted = fields.filter(({ usedIn }) => usedIn.length > 0)
  const counted = wanted.length > 0 ? wanted : fields
  const mean = counted.reduce((sum, { score }) => sum + score, 0) / Math.max(1, counted.length)
  const score = 0.9 * mean + 0.1 * nameScore(slot.name, dataset.name)
  const found = { slot: slot.id, name: slot.name, dataset: dataset.id, score }
  return { ...found, fields: withSlot(fields, slot.id) }
}

type Match = Omit<SlotProposal['fields'][number], 'slot'>

function withSlot(fields: readonly Match[], slot: string): SlotProposal['fields'] {
  return fields.map((field) => ({ slot, ...field }))
}

/** Where each field of a slot is used: block titles, or the block's id where it has none. */
function usedFields(report: Report, slotId: string): ReadonlyMap<string, string[]> {
  const used = new Map<string, string[]>()
  for (const page of Object.values(report.pages)) {
    for (const block of Object.values(page.blocks)) {
      const only = {
        ...report,
        pages: { [page.id]: { ...page, blocks: { [block.id]: block } } },
        drillPaths: {},
      }
      for (const id of columnsUsed(only)) {
        if (slotOf(id) !== slotId) continue
        const name = fieldNameOf(id)
        const places = used.get(name) ?? []
        const title = block.title ?? block.id
        if (!places.includes(title)) used.set(name, [...places, title])
      }
    }
  }
  return used
}

/** Best pairs first; a field of the dataset serves one expected field only. */
function matchFields(
  expected: readonly Field[],
  offered: readonly Field[],
  used: ReadonlyMap<string, string[]>,
): Match[] {
  const pairs = expected.flatMap((want, index) =>
    offered.map((field) => ({ index, field, score: fieldScore(want, field) })),
  )
  const taken = new Set<string>()
  const found = new Map<number, { name: string; score: number }>()
  for (const { index, field, score } of pairs.toSorted((a, b) => b.score - a.score)) {
    if (score < leastScore || found.has(index) || taken.has(field.name)) continue
    found.set(index, { name: field.name, score })
    taken.add(field.name)
  }
  return expected.map((want, index) => {
    const match = found.get(index)
    return {
      expected: want,
      proposed: match?.name ?? null,
      score: match?.score ?? 0,
      usedIn: used.get(want.name) ?? [],
    }
  })
}

function fieldScore(want: Field, field: Field): number {
  const types = typeScore(want.type, field.type)
  if (types === 0) return 0
  const role = want.role === field.role ? 1 : 0.8
  const named = nameScore(want.name, field.name)
  return meaningScore(want, field, named) * types * role
}

/**
 * What columns stand for comes first, names second: among columns of the wanted meaning the name decides, and a column of the
 * very name that stands for something else, or for nothing, gives way to them.
 */
function meaningScore(want: Field, field: Field, named: number): number {
  if (isPersonId(want)) return personScore(field, named)
  const [wanted, has] = [meaningOf(want), field.meaning]
  if (wanted === undefined) return named
  if (has === undefined) return Math.min(named, withoutMeaning)
  return wanted === has ? besideMeanings + (1 - besideMeanings) * named : named * 0.7
}

const besideMeanings = 0.9
const withoutMeaning = 0.89

const isPersonId = ({ derived, role }: Field): boolean =>
  derived === 'person' && role === 'identifier'

/** Where nobody has looked for the persons behind accounts, accounts are counted. */
function personScore(field: Field, named: number): number {
  if (isPersonId(field)) return 1
  return field.meaning === 'customer' ? 0.6 : named * 0.3
}

/** Templates from before columns had meanings say it by their names. */
function meaningOf({ name, meaning }: Field): Field['meaning'] {
  return meaning ?? meaningsOfName(name).toSorted((a, b) => a.rank - b.rank)[0]?.meaning
}

/** 1 for the same type, less for one that serves, 0 for one that cannot. */
function typeScore(want: FieldType, has: FieldType): number {
  if (want === has) return 1
  if (isNumeric(want) && isNumeric(has)) return 0.95
  if (isTemporal(want) && isTemporal(has)) return 0.95
  return want === 'text' ? 0.5 : 0
}

/** Names people use for one thing, in both languages; the first of each row stands for it. */
const synonyms: readonly (readonly string[])[] = [
  [
    'date',
    '日期',
    '时间',
    '销售时间',
    '销售日期',
    'soldat',
    'orderdate',
    'time',
    '下单时间',
    '交易日期',
  ],
  ['amount', '金额', '销售额', '销售金额', '实付金额', 'sales', 'revenue', '总额', '成交金额'],
  ['quantity', '数量', '销量', '件数', 'qty', 'units'],
  ['shop', '门店', '店铺', '门店编码', '门店名称', 'store', '店名', 'shopcode', 'storecode'],
  ['region', '区域', '大区', '地区', 'area'],
  ['member', '会员', '会员号', '会员编号', 'customer', 'memberno', '顾客', 'customerid'],
  ['product', '商品', '商品编码', '商品名称', 'item', 'sku', '货号'],
  ['category', '大类', '品类', '类别', '类目'],
  ['channel', '渠道', '销售渠道'],
  ['price', '单价', '售价', 'unitprice'],
  ['receipt', '小票号', '单号', '订单号', 'order', 'orderid', 'receiptno'],
]

/**
 * 1 for equal names (case, spaces and marks aside), 0.9 for synonyms, 0.7 where one holds the other or ends with a synonym of it
 * ("所属大区" is a 区域), else the share of letter pairs in common.
 */
export function nameScore(a: string, b: string): number {
  const [x, y] = [plainName(a), plainName(b)]
  if (x === '' || y === '') return 0
  if (x === y) return 1
  const group = synonyms.find((words) => words.includes(x))
  if (group?.includes(y) === true) return 0.9
  const common = dice(x, y)
  const holds = x.includes(y) || y.includes(x) || group?.some((word) => word.length > 1 && y.endsWith(word)) === true // prettier-ignore
  return holds ? Math.max(0.7, common) : common
}

function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-.()（）【】[\]/]/g, '')
}

/** Twice the shared letter pairs over all pairs; single letters (most Chinese words) count as their own pairs. */
function dice(a: string, b: string): number {
  const pairs = (text: string): string[] =>
    text.length < 2
      ? [text]
      : Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2))
  const [left, right] = [pairs(a), pairs(b)]
  const rest = [...right]
  let shared = 0
  for (const pair of left) {
    const at = rest.indexOf(pair)
    if (at < 0) continue
    rest.splice(at, 1)
    shared++
  }
  return (2 * shared) / (left.length + right.length)
}
