import type { Member } from '../data/cell-value.ts'
import type { BlockFilter } from './block-filter.ts'
import type { Block } from './blocks/block.ts'
import type { FieldUse } from './field-use.ts'
import type { DrillPath, Report } from './report.ts'
import type { ViewState } from './report-words.ts'
import { allPills } from './shelves.ts'

type Level = DrillPath['levels'][number]

/** Where a block stands on its drill path: the pill it drills with, the level shown, and the steps taken so far. */
export interface DrillPosition {
  readonly path: DrillPath
  readonly pill: FieldUse
  /** Index in `path.levels` the pill starts at, before any step. */
  readonly start: number
  readonly members: readonly Member[]
  readonly level: Level
  /** Absent at the finest level. */
  readonly next: Level | undefined
}

/** Null when the block has no drill path, or none of its pills is on it. */
export function drillPosition(
  report: Report,
  block: Block,
  drill: ViewState['drill'],
): DrillPosition | null {
  if (!('drillPath' in block) || !block.drillPath) return null
  const path = report.drillPaths[block.drillPath]
  if (!path) return null
  for (const { use } of allPills(block)) {
    if (use.aggregate !== undefined) continue
    const start = path.levels.findIndex((l) => l.field === use.field && l.grain === use.grain)
    if (start < 0) continue
    const step = drill[block.id]
    const members =
      step?.path === path.id ? step.members.slice(0, path.levels.length - 1 - start) : []
    const level = path.levels[start + members.length]
    if (!level) continue
    return { path, pill: use, start, members, level, next: path.levels[start + members.length + 1] }
  }
  return null
}

/** The filters the steps stand for: one member per level passed. */
export function drillFilters(position: DrillPosition): BlockFilter[] {
  return position.members.flatMap((member, index) => {
    const level = position.path.levels[position.start + index]
    return level ? [{ ...level, op: 'in' as const, values: [member] }] : []
  })
}

/** The steps a reader has taken in a block, as filters; none for a block that is not drilled. */
export function stepsTaken(
  report: Report,
  blockId: string,
  drill: ViewState['drill'],
): BlockFilter[] {
  const page = Object.values(report.pages).find(({ blocks }) => blockId in blocks)
  const block = page?.blocks[blockId]
  const position = block && drillPosition(report, block, drill)
  return position ? drillFilters(position) : []
}

/** The pill as it is asked at the level shown: same shelf, sort and caption rules, another field. */
export function drilledPill(position: DrillPosition, use: FieldUse): FieldUse {
  if (use.id !== position.pill.id || position.members.length === 0) return use
  const { grain, caption, ...rest } = use
  return { ...rest, ...position.level }
}

/** The block as it is asked and drawn at the level shown: the drilling pill stands for that level. */
export function drilledBlock<B extends Block>(
  report: Report,
  block: B,
  drill: ViewState['drill'],
): B {
  const position = drillPosition(report, block, drill)
  if (!position || position.members.length === 0 || !('shelves' in block)) return block
  const shelves = Object.fromEntries(
    Object.entries(block.shelves).map(([name, uses]: [string, FieldUse[]]) => [
      name,
      uses.map((use) => drilledPill(position, use)),
    ]),
  )
  return { ...block, shelves }
}
