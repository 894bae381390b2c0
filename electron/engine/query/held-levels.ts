import type { ReportQuery } from '../../../shared/query/report-query.ts'
import type { MeasureInput, SpreadInput } from '../../../shared/query/spread/level-input.ts'
import type { Levels } from './ask-levels.ts'
import type { Held } from './narrow-levels.ts'
import { narrowed } from './narrow-levels.ts'

interface Entry extends Held {
  readonly bytes: number
  /** The state of the data they are of. */
  readonly scope: string
}

/** More than this nobody looks through for one question. */
const most = 200

/** Levels as engines gave them, for questions they contain; those asked for longest ago are dropped first. */
export class HeldLevels {
  readonly #maxBytes: number
  #entries: Entry[] = []
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  find(scope: string, query: ReportQuery): Levels | undefined {
    for (const entry of this.#entries.toReversed()) {
      if (entry.scope !== scope) continue
      const levels = narrowed(entry, query)
      if (!levels) continue
      this.#entries = [...this.#entries.filter((one) => one !== entry), entry]
      return levels
    }
    return undefined
  }

  keep(scope: string, query: ReportQuery, levels: Levels): void {
    const bytes = sizeOf(levels.input) + (levels.unfiltered ? sizeOf(levels.unfiltered) : 0)
    if (bytes > this.#maxBytes / 4) return
    this.#entries.push({ query, levels, bytes, scope })
    this.#bytes += bytes
    while (this.#bytes > this.#maxBytes || this.#entries.length > most) {
      this.#bytes -= this.#entries.shift()?.bytes ?? 0
    }
  }
}

/** A rough size: what keys and values take, and thirty bytes a member. */
function sizeOf({ leaf, leafRows, measures, rowMembers, columnMembers }: SpreadInput): number {
  const members = [...rowMembers, ...columnMembers].reduce((sum, one) => sum + one.members.length, 0) // prettier-ignore
  const values = measures.reduce((sum, { input }) => sum + bytesOf(input, leaf.count), 0)
  return leafRows.length * 8 + leaf.keys.length * leaf.count * 4 + members * 30 + values
}

function bytesOf(input: MeasureInput, rows: number): number {
  if (input.kind === 'carried') {
    const told = input.levels.reduce((sum, { count, keys }) => sum + count * (40 + 4 * keys.length), 0) // prettier-ignore
    return told + input.given.reduce((sum, { count, keys }) => sum + count * (8 + 4 * keys.length), 0) // prettier-ignore
  }
  if (input.kind !== 'perLevel' && input.kind !== 'exactPerLevel') return rows * 16
  return input.levels.reduce((sum, { count, keys }) => sum + count * (8 + 4 * keys.length), 0)
}
