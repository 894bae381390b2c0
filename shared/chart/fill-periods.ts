import type { Member } from '../data/cell-value.ts'
import type { Grain } from '../data/grain.ts'
import { isPeriod, memberOfPeriod, periodOfMember } from '../query/period.ts'

/** More periods than this are not filled: a line over hours of years would be all gaps. */
const most = 2000

/**
 * All periods from the first to the last member, so that a line shows a month without sales as a gap and not as a slope.
 * Members that are no periods of the grain (blank) keep their place at the end.
 */
export function fillPeriods(
  members: readonly Member[],
  grain: Grain | undefined,
): readonly Member[] {
  if (grain === undefined || !isPeriod(grain)) return members
  const keys = members.map((member) => periodOfMember(grain, member))
  const known = keys.filter((key) => key !== undefined)
  const others = members.filter((_member, index) => keys[index] === undefined)
  const first = Math.min(...known)
  const last = Math.max(...known)
  if (known.length < 2 || last - first + 1 > most) return members
  const ascending = known.every((key, index) => index === 0 || key > (known[index - 1] ?? key))
  if (!ascending) return members
  const filled: Member[] = []
  for (let key = first; key <= last; key++) filled.push(memberOfPeriod(grain, key))
  return [...filled, ...others]
}
