/** Which new column is an old field under another name: of one kind, called alike or holding alike. */
import { isNumeric, isTemporal } from '../../../../shared/data/field.ts'
import type { FieldType } from '../../../../shared/data/field.ts'
import type { StoredField } from '../store/catalogue.ts'

export interface ProposedRename {
  readonly field: string
  readonly column: string
  readonly score: number
}

const leastScore = 0.35

const calledAlike = 0.9

/** Best pairs first; a column serves one field only. Fields in `chosen` are what somebody said, whatever their cells look like. */
export function proposeRenames(
  vanished: readonly StoredField[],
  added: readonly StoredField[],
  chosen: ReadonlySet<string> = new Set(),
): ProposedRename[] {
  const pairs = vanished.flatMap((field) =>
    added
      .filter(
        (column) =>
          kindOfType(column.type) === kindOfType(field.type) ||
          (chosen.has(field.name) && nameLikeness(field.name, column.name) >= calledAlike),
      )
      .map((column) => ({
        field: field.name,
        column: column.name,
        score: 0.6 * nameLikeness(field.name, column.name) + 0.4 * valueLikeness(field, column),
      })),
  )
  const fields = new Set<string>()
  const columns = new Set<string>()
  return pairs
    .toSorted((a, b) => b.score - a.score)
    .filter(({ field, column, score }) => {
      if (score < leastScore || fields.has(field) || columns.has(column)) return false
      fields.add(field)
      columns.add(column)
      return true
    })
}

/** Types a report can tell apart: any number sums, any date groups by month. */
export function kindOfType(type: FieldType): string {
  if (isNumeric(type)) return 'number'
  return isTemporal(type) ? 'date' : type
}

/** Share of the shorter name's letter pairs that the longer one has as well. */
function nameLikeness(left: string, right: string): number {
  const [a, b] = [plain(left), plain(right)]
  if (a === b) return 1
  if (a.length > 1 && b.length > 1 && (a.includes(b) || b.includes(a))) return 0.9
  const [short, long] = [pairsOf(a), pairsOf(b)].toSorted((x, y) => x.size - y.size)
  if (!short || !long || short.size === 0) return 0
  return [...short].filter((pair) => long.has(pair)).length / long.size
}

const plain = (name: string): string =>
  name.toLowerCase().replace(/[\s_\-()（）[\]【】.:：/]/gu, '')

function pairsOf(name: string): Set<string> {
  const letters = Array.from(name)
  return new Set(letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`))
}

/** How far the ranges cover each other; for texts, how near the numbers of different values are. */
function valueLikeness(before: StoredField, after: StoredField): number {
  const [a, b] = [rangeOf(before), rangeOf(after)]
  if (a && b) {
    const all = Math.max(a.max, b.max) - Math.min(a.min, b.min)
    const both = Math.min(a.max, b.max) - Math.max(a.min, b.min)
    return all === 0 ? 1 : Math.max(0, both / all)
  }
  if (before.distinct < 1 || after.distinct < 1) return 0.5
  return Math.min(before.distinct, after.distinct) / Math.max(before.distinct, after.distinct)
}

function rangeOf({ type, min, max }: StoredField): { min: number; max: number } | undefined {
  if (min === null || max === null) return undefined
  const number = isTemporal(type) ? (text: string) => Date.parse(text) : Number
  const range = { min: number(min), max: number(max) }
  return Number.isFinite(range.min) && Number.isFinite(range.max) ? range : undefined
}
