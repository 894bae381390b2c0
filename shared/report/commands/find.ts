import type { Draft } from 'immer'
import type { Block } from '../blocks/block.ts'
import type { FieldUse } from '../field-use.ts'
import type { BoardPage, Report } from '../report.ts'
import type { ShelfName } from '../shelves.ts'
import { draftPills, shelfRules } from '../shelves.ts'
import { CommandRefused } from './command.ts'

export function pageIn(report: Draft<Report>, id: string): Draft<BoardPage> {
  const page = report.pages[id]
  if (!page) throw new CommandRefused('missingPage')
  return page
}

export function pageOfBlock(report: Draft<Report>, blockId: string): Draft<BoardPage> {
  const page = Object.values(report.pages).find((candidate) => blockId in candidate.blocks)
  if (!page) throw new CommandRefused('missingBlock')
  return page
}

export function blockIn(report: Draft<Report>, blockId: string): Draft<Block> {
  const block = pageOfBlock(report, blockId).blocks[blockId]
  if (!block) throw new CommandRefused('missingBlock')
  return block
}

export interface PlacedPill {
  readonly shelf: ShelfName
  readonly index: number
  readonly pills: FieldUse[]
  readonly use: Draft<FieldUse>
}

export function pillIn(block: Draft<Block>, pillId: string): PlacedPill {
  for (const { shelf } of shelfRules(block)) {
    const pills = draftPills(block, shelf) ?? []
    const index = pills.findIndex((pill) => pill.id === pillId)
    const use = pills[index]
    if (use) return { shelf, index, pills, use }
  }
  throw new CommandRefused('missingPill')
}
