import type { Member } from '../../data/cell-value.ts'
import { othersMember } from '../../data/cell-value.ts'
import { compareText } from '../text-order.ts'

/** Members of one dimension as the engine returned them; a member's index is its identity while spreading. */
export interface MemberList {
  readonly members: readonly Member[]
  /** Members are numbers; those no double holds are text. */
  readonly numeric?: boolean
  /** Where the order is not that of captions: one number per member. */
  readonly places?: readonly number[] | undefined
}

/** Position of each member in caption order, ascending; the blank member comes last, but for Others. */
export function captionOrder(list: MemberList): Int32Array {
  const order = list.members.map((_member, index) => index)
  const compare = list.numeric === true ? compareNumbers : compareMembers
  const { places } = list
  if (places) order.sort((a, b) => comparePlaces(places[a] ?? Infinity, places[b] ?? Infinity))
  else order.sort((a, b) => compare(list.members[a] ?? null, list.members[b] ?? null))
  const rank = new Int32Array(order.length)
  order.forEach((member, position) => (rank[member] = position))
  return rank
}

const comparePlaces = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)

function compareNumbers(a: Member, b: Member): number {
  if (a === null || b === null || a === othersMember || b === othersMember)
    return compareMembers(a, b)
  const rough = Number(a) - Number(b)
  if (rough !== 0 || a === b) return rough
  const [left, right] = [millionths(String(a)), millionths(String(b))]
  return left < right ? -1 : left > right ? 1 : 0
}

/** Exact numbers have six decimals at most. */
function millionths(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(6, '0'))
}

export function compareMembers(a: Member, b: Member): number {
  if (a === othersMember || b === othersMember) return Number(a === othersMember) - Number(b === othersMember) // prettier-ignore
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  return compareText(String(a), String(b))
}
