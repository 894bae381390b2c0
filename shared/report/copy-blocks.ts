import type { Block } from './blocks/block.ts'
import { boardColumns, boundsOf, overlaps } from './board-geometry.ts'
import type { NewId } from './ids.ts'
import type { BoardPage } from './report.ts'

/**
 * Copies for pasting or duplicating: new ids for blocks and pills (sorts and top-N follow), the group kept together and
 * put below whatever it would cover.
 */
export function copyBlocks(originals: readonly Block[], page: BoardPage, newId: NewId): Block[] {
  const bounds = boundsOf(originals.map(({ frame }) => frame))
  if (!bounds) return []
  const taken = Object.values(page.blocks).map(({ frame }) => frame)
  const shifted = (dx: number, dy: number): boolean =>
    originals.every(({ frame: { x, y, w, h } }) => {
      const moved = { x: x + dx, y: y + dy, w, h }
      return moved.x + w <= boardColumns && !taken.some((other) => overlaps(other, moved))
    })
  const beside = bounds.x + 2 * bounds.w <= boardColumns && shifted(bounds.w, 0)
  let dy = 0
  if (!beside) while (!shifted(0, dy)) dy++
  const dx = beside ? bounds.w : 0
  return originals.map((block) => copyOf(block, dx, dy, newId))
}

function copyOf(block: Block, dx: number, dy: number, newId: NewId): Block {
  const pills = new Map<string, string>()
  // Pill ids appear as values only, under `id` and `pill`; the schema keeps other texts from looking like one.
  const renamed = JSON.parse(JSON.stringify(block), (key, value: unknown): unknown => {
    if ((key !== 'id' && key !== 'pill') || typeof value !== 'string') return value
    if (!value.startsWith('pl_')) return value
    const known = pills.get(value) ?? newId('pl')
    pills.set(value, known)
    return known
  }) as Block
  return {
    ...renamed,
    id: newId('bk'),
    frame: { ...block.frame, x: block.frame.x + dx, y: block.frame.y + dy },
  }
}
