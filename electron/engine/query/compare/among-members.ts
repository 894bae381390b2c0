/** The levels of one answer over the member lists of another, so that the paths of both are found in each other. */
import type { Member } from '../../../../shared/data/cell-value.ts'
import type {
  LevelRows,
  MeasureInput,
  SpreadInput,
} from '../../../../shared/query/spread/level-input.ts'
import type { MemberList } from '../../../../shared/query/spread/member-index.ts'

type Lists = Pick<SpreadInput, 'rowMembers' | 'columnMembers'>

export function amongMembers(input: SpreadInput, lists: Lists): SpreadInput {
  const rows = indexMaps(input.rowMembers, lists.rowMembers)
  const columns = indexMaps(input.columnMembers, lists.columnMembers)
  const moved = <Level extends LevelRows>(level: Level): Level => ({
    ...level,
    keys: level.keys.map((keys, at) => {
      const map = at < level.rowDepth ? rows[at] : columns[at - level.rowDepth]
      return keys.map((member) => map?.to(member) ?? member)
    }),
  })
  const movedInput = (of: MeasureInput): MeasureInput => {
    switch (of.kind) {
      case 'perLevel':
        return { ...of, levels: of.levels.map(moved) }
      case 'exactPerLevel':
        return { ...of, levels: of.levels.map(moved) }
      case 'carried':
        return {
          ...of,
          given: of.given.map(moved),
          levels: of.levels.map((level) => ({
            ...moved(level),
            days: level.days.map((days, at) => {
              const map = at < level.rowDepth ? rows[at] : columns[at - level.rowDepth]
              return days && ((member: number) => days(map?.from(member) ?? -1))
            }),
          })),
        }
      default:
        return of
    }
  }
  return {
    ...input,
    rowMembers: lists.rowMembers,
    columnMembers: lists.columnMembers,
    leaf: moved(input.leaf),
    measures: input.measures.map((one) => ({ ...one, input: movedInput(one.input) })),
  }
}

interface IndexMap {
  readonly to: (member: number) => number
  readonly from: (member: number) => number | undefined
}

/** Members the other answer has not met stand behind all of its own: no path of it leads there. */
function indexMaps(own: readonly MemberList[], other: readonly MemberList[]): IndexMap[] {
  return own.map(({ members }, at) => {
    const known = other[at]?.members ?? []
    const places = new Map(known.map((member, index) => [keyOf(member), index]))
    const forward = members.map(
      (member, index) => places.get(keyOf(member)) ?? known.length + index,
    )
    const backward = new Map(forward.map((to, index) => [to, index]))
    return { to: (member) => forward[member] ?? -1, from: (member) => backward.get(member) }
  })
}

const keyOf = (member: Member): string => `${typeof member} ${String(member)}`
