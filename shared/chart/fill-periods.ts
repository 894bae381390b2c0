import type { Member } from '../data/cell-value.ts'
import type { Grain } from '../data/grain.ts'
import { mostPeriods } from '../query/query-result.ts'
import { isPeriod, memberOfPeriod, periodOfMember } from '../query/period.ts'

/**
 * All periods from the first to the last member, so that a line shows a month without sales as a gap and not as a slope.
 * Members that are no periods of the grain (blank) keep their place at the end. Which periods the retail calendar has, the
 * answer says.
 */
export function fillPeriods(
  members: readonly Member[],
  grain: Grain | undefined,
  periods?: readonly Member[],
): readonly Member[] {
  if (periods) return fillWritten(members, periods)
  if (grain === undefined || !isPeriod(grain)) return members
  const keys = members.map((member) => periodOfMember(grain, member))
  const known = keys.filter((key) => key !== undefined)
  const others = members.filter((_member, index) => keys[index] === undefined)
  const first = Math.min(...known)
  const last = Math.max(...known)
  if (known.length < 2 || last - first + 1 > mostPeriods) return members
  const ascending = known.every((key, index) => index === 0 || key > (known[index - 1] ?? key))
  if (!ascending) return members
  const filled: Member[] = []
  for (let key = first; key <= last; key++) filled.push(memberOfPeriod(grain, key))
  return [...filled, ...others]
}

/** Unless they stand in another order than time's. */
function fillWritten(members: readonly Member[], periods: readonly Member[]): readonly Member[] {
  const places = new Map(periods.map((period, place) => [period, place]))
  const known = members.flatMap((member) => places.get(member) ?? [])
  const ascending = known.every(
    (place, index) => index === 0 || place > (known[index - 1] ?? place),
  )
  if (known.length < 2 || !ascending) return members
  const filled = periods.slice(known[0], (known.at(-1) ?? 0) + 1)
  return [...filled, ...members.filter((member) => !places.has(member))]
}
