import type { DatasetInfo, Relationship } from '../../../shared/data/dataset.ts'
import type { Field } from '../../../shared/data/field.ts'
import type { Place } from './model-layout.ts'

export const cardWidth = 216
export const headHeight = 54
export const rowHeight = 24
const footHeight = 26
const fewRows = 5
const mostRows = 14

/** Fields of a card: those that are part of a key first, then those that could be, then all others. */
export function cardFields(dataset: DatasetInfo, relationships: readonly Relationship[]): Field[] {
  const keys = relationships.flatMap(({ from, to }) =>
    [from, to].flatMap((end) => (end.dataset === dataset.id ? end.fields : [])),
  )
  const rank = ({ name, role }: Field): number =>
    keys.includes(name) ? 0 : role === 'identifier' ? 1 : role === 'dimension' ? 2 : 3
  return dataset.fields.toSorted((a, b) => rank(a) - rank(b))
}

export function keyNames(
  dataset: string,
  relationships: readonly Relationship[],
): ReadonlySet<string> {
  const ends = relationships.flatMap(({ from, to }) => [from, to])
  return new Set(ends.flatMap((end) => (end.dataset === dataset ? end.fields : [])))
}

/** How many fields show at once; more are scrolled to in an opened card. */
export function shownRows(fields: number, keys: number, opened: boolean): number {
  const wanted = opened ? mostRows : Math.max(fewRows, Math.min(keys, mostRows))
  return Math.min(fields, wanted)
}

export function cardHeight(rows: number, hasMore: boolean): number {
  return headHeight + rows * rowHeight + (hasMore ? footHeight : 8)
}

export interface LineShape {
  readonly path: string
  /** Where the line's button stands: beside the many side's key, in the gap no card stands in. */
  readonly mark: { readonly x: number; readonly y: number; readonly toLeft: boolean }
  readonly many: { readonly x: number; readonly y: number }
  readonly one: { readonly x: number; readonly y: number }
}

/** From the side of one card to the nearer side of the other, at the height of their key fields. */
export function lineBetween(
  from: Place,
  to: Place,
  rows: readonly [number, number],
  /** How many lines leave from the same place before it. */
  before: number,
): LineShape {
  const [y1, y2] = [heightOf(from, rows[0]), heightOf(to, rows[1])]
  const right = to.x >= from.x + from.width
  const left = to.x + to.width <= from.x
  const x1 = left ? from.x : from.x + from.width
  const x2 = right ? to.x : to.x + to.width
  const out = left ? -1 : 1
  const back = right ? -1 : 1
  const bend = Math.max(40, Math.abs(x2 - x1) / 2)
  const [c1, c2] = [x1 + out * bend, x2 + back * bend]
  return {
    path: `M ${x1} ${y1} C ${c1} ${y1} ${c2} ${y2} ${x2} ${y2}`,
    mark: { x: x1 + out * (22 + before * 28), y: y1, toLeft: left },
    many: { x: x1 + out * 12, y: y1 - 7 },
    one: { x: x2 + back * 12, y: y2 - 7 },
  }
}

function heightOf({ y, height }: Place, row: number): number {
  return Math.min(y + headHeight + (row + 0.5) * rowHeight, y + height - 10)
}
