/** Balances stand on other days without rows there too: an answer then needs the lines of the question itself. */
import type { Member } from '../../../../shared/data/cell-value.ts'
import type { SpreadInput } from '../../../../shared/query/spread/level-input.ts'
import type { MemberList } from '../../../../shared/query/spread/member-index.ts'
import { mergeInputs } from '../../../../shared/query/spread/merge-inputs.ts'
import { lineKey } from './compared-rounds.ts'
import type { Round } from './compared-rounds.ts'

export function withOwnLines(answer: SpreadInput, own: SpreadInput, round: Round): SpreadInput {
  if (!answer.measures.some(({ input }) => input.kind === 'carried')) return answer
  const [across, down] = [own.rowMembers.length, round.query.rows.length]
  const kept = [
    ...own.rowMembers.slice(0, down).map((list, at) => ({ list, key: at, place: `rows.${at}` })),
    ...own.columnMembers
      .slice(0, round.query.columns.length)
      .map((list, at) => ({ list, key: across + at, place: `columns.${at}` })),
  ]
  const lists = [...answer.rowMembers, ...answer.columnMembers].map(grown)
  const met = new Set<string>()
  const paths: number[][] = []
  for (let row = 0; row < own.leaf.count; row++) {
    const members = kept.map(({ list, key }) => memberAt(list, own.leaf.keys[key]?.[row]))
    const isOf = kept.every(({ place }, at) => {
      const days = round.days.keys.get(place)
      return !days || days.keyOf(members[at] ?? null) !== undefined
    })
    if (!isOf || met.has(lineKey(members))) continue
    met.add(lineKey(members))
    paths.push(members.map((member, at) => lists[at]?.indexOf(member) ?? -1))
  }
  const rowMembers = lists.slice(0, answer.rowMembers.length).map(({ list }) => list)
  const columnMembers = lists.slice(answer.rowMembers.length).map(({ list }) => list)
  const bare: SpreadInput = {
    ...{ rowMembers, columnMembers, measures: [], leafRows: new Float64Array(paths.length) },
    leaf: {
      ...answer.leaf,
      count: paths.length,
      keys: answer.leaf.keys.map((_keys, at) => Int32Array.from(paths, (path) => path[at] ?? -1)),
    },
  }
  const places = answer.measures.map((_measure, at) => at)
  return mergeInputs([
    { input: { ...answer, rowMembers, columnMembers }, places },
    { input: bare, places: [] },
  ])
}

const memberAt = (list: MemberList, index: number | undefined): Member =>
  list.members[index ?? -1] ?? null

/** A list with room for members it has not met. */
function grown(list: MemberList): {
  readonly list: MemberList
  readonly indexOf: (member: Member) => number
} {
  const members = [...list.members]
  const places = new Map(members.map((member, at) => [lineKey([member]), at]))
  return {
    list: { ...(list.numeric === undefined ? {} : { numeric: list.numeric }), members },
    indexOf: (member) => {
      const known = places.get(lineKey([member]))
      if (known !== undefined) return known
      places.set(lineKey([member]), members.length)
      return members.push(member) - 1
    },
  }
}
