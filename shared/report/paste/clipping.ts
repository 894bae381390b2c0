import { produce } from 'immer'
import type { Block } from '../blocks/block.ts'
import { dropUnusedImages } from '../commands/cleanup.ts'
import { dropUnusedFormulas } from '../drop-formulas.ts'
import { defaultSetup } from '../new-report.ts'
import { slotIsUsed } from '../remap-slot.ts'
import type { Bindings, BoardPage, Report } from '../report.ts'

/** Blocks as they were copied, with all they name: a report of their own on one page. */
export interface Clipping {
  readonly report: Report
  readonly bindings: Bindings
  /** Their report has stayed open since: what they name is that of the report, whatever it is called by now. */
  readonly here: boolean
}

/** The blocks and nothing they do without. */
export function cutOut(report: Report, blocks: readonly Block[], bindings: Bindings): Clipping {
  const page: BoardPage = {
    id: report.pageOrder[0] ?? '',
    kind: 'board',
    title: '',
    blocks: Object.fromEntries(blocks.map((block) => [block.id, block])),
    blockOrder: blocks.map(({ id }) => id),
    setup: defaultSetup,
  }
  const paths = new Set(blocks.map((block) => ('drillPath' in block ? block.drillPath : undefined)))
  const cut = produce(report, (draft) => {
    draft.pages = { [page.id]: page }
    draft.pageOrder = [page.id]
    draft.interactions = {}
    for (const id of Object.keys(draft.drillPaths)) if (!paths.has(id)) delete draft.drillPaths[id]
    dropUnusedImages(draft)
    dropUnusedFormulas(draft)
    for (const id of Object.keys(draft.datasets)) {
      if (!slotIsUsed(draft, id)) delete draft.datasets[id]
    }
  })
  return { report: cut, bindings, here: true }
}

export function blocksOfClipping({ report }: Clipping): Block[] {
  return Object.values(report.pages).flatMap(({ blocks, blockOrder }) =>
    blockOrder.flatMap((id) => blocks[id] ?? []),
  )
}
