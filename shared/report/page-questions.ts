import type { Relationship } from '../data/dataset.ts'
import type { ReportQuery } from '../query/report-query.ts'
import type { RowsRequest } from '../query/row-list.ts'
import type { NothingToAsk, QueryContext } from './block-query.ts'
import { blockQuery, blockRows } from './block-query.ts'
import type { Block } from './blocks/block.ts'
import { reachingFilters } from './cross-filter.ts'
import type { Drill, Picks } from './pick.ts'
import { selectionsOf } from './pick.ts'
import type { Bindings, BoardPage, Report } from './report.ts'
import type { ViewState } from './report-words.ts'

export type Question =
  | { readonly kind: 'query'; readonly query: ReportQuery }
  | { readonly kind: 'rows'; readonly request: RowsRequest }
  | { readonly kind: 'none'; readonly reason: NothingToAsk | 'noQuestion' }

/** Whether rows of one dataset can use another's fields: itself, or over many-to-one relationships. */
export function reachableOver(
  relationships: readonly Relationship[],
): (from: string, to: string) => boolean {
  return (from, to) => {
    const seen = new Set([from])
    for (const dataset of seen) {
      for (const { from: many, to: one, broken } of relationships) {
        if (many.dataset === dataset && broken === null) seen.add(one.dataset)
      }
    }
    return seen.has(to)
  }
}

/** What a reader sees of one page: which filters reach each block. Exports and prints take the same. */
export function pageView(report: Report, page: BoardPage, picks: Picks, drill: Drill): ViewState {
  const selections = selectionsOf(report, page, picks, drill)
  const filters: ViewState['filters'] = {}
  for (const id of page.blockOrder) {
    const reaching = reachingFilters(report, page, id, selections)
    if (reaching.length > 0) filters[id] = reaching
  }
  return { filters, drill }
}

/** Blocks whose content is not asked of the data. */
export function isStill(block: Block): block is StillBlock {
  return still.some((kind) => kind === block.kind)
}
const still = ['text', 'image', 'filter', 'parameter'] as const
export type StillBlock = Extract<Block, { kind: (typeof still)[number] }>

export function blockQuestion(report: Report, block: Block, context: QueryContext): Question {
  if (isStill(block)) return { kind: 'none', reason: 'noQuestion' }
  if (block.kind === 'table') {
    const request = blockRows(report, block, context)
    return typeof request === 'string'
      ? { kind: 'none', reason: request }
      : { kind: 'rows', request }
  }
  const query = blockQuery(report, block, context)
  return typeof query === 'string' ? { kind: 'none', reason: query } : { kind: 'query', query }
}

/** Every block's question on a page, by block id. */
export function pageQuestions(
  report: Report,
  page: BoardPage,
  view: ViewState,
  bindings: Bindings,
  relationships: readonly Relationship[],
): Readonly<Record<string, Question>> {
  const context: QueryContext = { bindings, reachable: reachableOver(relationships), view }
  return Object.fromEntries(
    page.blockOrder.flatMap((id) => {
      const block = page.blocks[id]
      return block ? [[id, blockQuestion(report, block, context)]] : []
    }),
  )
}
