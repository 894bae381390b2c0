import type { Member } from '../../data/cell-value.ts'
import { compareText } from '../text-order.ts'

/** Members of one dimension as the engine returned them; a member's index is its identity while spreading. */
export interface MemberList {
  readonly members: readonly Member[]
}

/** Position of each member in caption order, ascending; the blank member comes last. */
export function captionOrder(list: MemberList): Int32Array {
  const order = list.members.map((_member, index) => index)
  order.sort((a, b) => compareMembers(list.members[a] ?? null, list.members[b] ?? null))
  const rank = new Int32Array(order.length)
  order.forEach((member, position) => (rank[member] = position))
  return rank
}

export function compareMembers(a: Member, b: Member): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  return compareText(String(a), String(b))
}
