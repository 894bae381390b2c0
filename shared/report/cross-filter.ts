import type { BlockFilter } from './block-filter.ts'
import type { Block } from './blocks/block.ts'
import type { BoardPage, Report } from './report.ts'

/** What a reader has clicked: the filters each block of the page sends, keyed by the sending block. */
export type Selections = Readonly<Record<string, readonly BlockFilter[]>>

/** The filter a control stands for, if it restricts anything. */
export function controlFilters(block: Block): BlockFilter[] {
  if (block.kind !== 'filter') return []
  const use = block.shelves.field[0]
  if (!use) return []
  const grain = use.grain === undefined ? {} : { grain: use.grain }
  if (block.control === 'dateRange') {
    if (!block.range || (block.range.from === undefined && block.range.to === undefined)) return []
    const { from, to } = block.range
    return [
      {
        field: use.field,
        op: 'range',
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      },
    ]
  }
  if (block.selected === null) return []
  return [{ field: use.field, ...grain, op: 'in', values: block.selected }]
}

/** Whether a click or a control of `from` reaches `to`: a written interaction decides, otherwise every other block of the page. */
export function reaches(report: Report, from: string, to: string): boolean {
  if (from === to) return false
  const written = Object.values(report.interactions).filter((link) => link.from === from)
  if (written.length === 0) return true
  const own = written.filter((link) => link.to.includes(to))
  return own.length > 0 && own.every((link) => link.effect === 'filter')
}

/** Every filter that reaches `blockId` from the rest of its page, controls first, in reading order. */
export function reachingFilters(
  report: Report,
  page: BoardPage,
  blockId: string,
  selections: Selections,
): BlockFilter[] {
  const senders = page.blockOrder.filter((id) => reaches(report, id, blockId))
  return [
    ...senders.flatMap((id) => {
      const block = page.blocks[id]
      return block ? controlFilters(block) : []
    }),
    ...senders.flatMap((id) => selections[id] ?? []),
  ]
}
