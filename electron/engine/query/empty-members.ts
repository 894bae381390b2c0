import type { Member } from '../../../shared/data/cell-value.ts'
import type { Grain } from '../../../shared/data/grain.ts'
import { isCalendarGrain } from '../../../shared/data/grain.ts'
import { isPeriod, firstDayOf, periodOfDay, periodOfMember } from '../../../shared/query/period.ts'
import { ReportQuery } from '../../../shared/query/report-query.ts'
import type { GridEmpties } from '../../../shared/query/spread/cell-grid.ts'
import type { EmptyMembers } from '../../../shared/query/spread/level-input.ts'
import { print } from '../sql/printer.ts'
import type { KeyMembers } from './key-members.ts'
import { keyName } from './planned-keys.ts'
import { planQuery } from './plan.ts'
import type { QueryCatalog } from './query-catalog.ts'
import type { RawColumn } from './query-runner.ts'
import type { Dimension, ResolvedQuery } from './resolve.ts'
import { resolve } from './resolve.ts'
import type { QueryTools } from './query-tools.ts'
import { contextOf } from './top-members.ts'
import { dialectOf, filterClock, planLimits, targetOf } from './query-tools.ts'

/** By place among all dimensions: every key the field holds, whatever else a question filters. */
export type EmptyAnswers = ReadonlyMap<number, RawColumn | undefined>

const listsAll = ({ use }: Dimension): boolean => use.empty === true && use.top === undefined

/** Asks the home of each field that shows items without data: a shop that never sold is in no row of the sales. */
export async function emptyMembers(
  query: ResolvedQuery | undefined,
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<EmptyAnswers | undefined> {
  const dimensions = [...(query?.rows ?? []), ...(query?.columns ?? [])]
  if (!query || !dimensions.some(listsAll)) return undefined
  const answers = new Map<number, RawColumn | undefined>()
  for (const [index, dimension] of dimensions.entries()) {
    if (!listsAll(dimension)) continue
    answers.set(index, isTime(dimension) ? undefined : await ask(dimension))
  }
  return answers

  async function ask({ ref, field, source }: Dimension): Promise<RawColumn | undefined> {
    // Filters on the field itself decide its members; others only which of them have rows.
    const filters = (query?.query.filters ?? [])
      .filter((filter) => filter.field === ref)
      .map((filter) => ({ ...filter, field: field.name }))
    const home = query?.base.dataset.id === source.dataset.id ? query.base : source
    const asked = resolve(
      ReportQuery.parse({
        ...(query ? contextOf(query.query) : {}),
        ...{ dataset: home.dataset.id, rows: [{ field: field.name }], filters },
      }),
      catalog,
    )
    if (!asked.ok) return undefined
    const clock = await filterClock(asked.value, tools, signal)
    const { leaf } = planQuery(asked.value, { clock, ...planLimits, members: [] })
    const statement = print(leaf, dialectOf(asked.value))
    const answer = await tools.runner.run(targetOf(asked.value), statement, signal)
    return answer.columns.get(keyName(0))
  }
}

const isTime = ({ field, grain }: Dimension): boolean =>
  grain !== undefined || field.type === 'date'

/** The members each field lists under a parent; called once all that have rows are in the lists. */
export function emptyLines(
  answers: EmptyAnswers,
  query: ResolvedQuery | undefined,
  lists: readonly KeyMembers[],
): GridEmpties {
  const rows = query?.rows ?? []
  const columns = query?.columns ?? []
  const lines = (dimensions: readonly Dimension[], from: number): EmptyMembers =>
    dimensions.map((_dimension, index) => {
      const list = lists[from + index]
      if (!list || !answers.has(from + index)) return undefined
      const all = allOf(answers.get(from + index), list)
      return (path) => all.filter((member) => fits(member, path, dimensions, lists.slice(from)))
    })
  return { rows: lines(rows, 0), columns: lines(columns, rows.length) }
}

function allOf(column: RawColumn | undefined, list: KeyMembers): number[] {
  if (!column) return list.allPeriods() ?? []
  return Array.from({ length: column.values.length }, (_, row) => list.indexAt(column, row))
}

/** Months of another year do not stand under a year of the same date. */
function fits(
  member: number,
  path: readonly number[],
  dimensions: readonly Dimension[],
  lists: readonly KeyMembers[],
): boolean {
  const own = dimensions[path.length]
  const value = lists[path.length]?.members[member] ?? null
  if (own?.grain === undefined) return true
  const { grain, ref } = own
  return path.every((parent, depth) => {
    const above = dimensions[depth]
    if (above?.ref !== ref || above.grain === undefined) return true
    return within(value, grain, lists[depth]?.members[parent] ?? null, above.grain)
  })
}

function within(member: Member, grain: Grain, parent: Member, above: Grain): boolean {
  if (isCalendarGrain(grain) || isCalendarGrain(above)) return true
  const [own, outer] = [periodOfMember(grain, member), periodOfMember(above, parent)]
  if (own === undefined || outer === undefined) return member === null && parent === null
  if (above === 'quarterOfYear' && grain === 'monthOfYear') return Math.ceil(own / 3) === outer
  if (!isPeriod(grain) || grain === 'hour' || !isPeriod(above) || above === 'hour') return true
  return periodOfDay(above, firstDayOf(grain, own)) === outer
}
