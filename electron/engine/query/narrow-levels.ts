/** Whether what is known answers another question exactly, and how: nothing is estimated, what does not fit is asked. */
import type { Member } from '../../../shared/data/cell-value.ts'
import type { Filter } from '../../../shared/query/filter.ts'
import type { AxisField, Measure, ReportQuery } from '../../../shared/query/report-query.ts'
import { baseMeasure, measureName } from '../../../shared/query/report-query.ts'
import type { LevelRows, MeasureInput } from '../../../shared/query/spread/level-input.ts'
import type { MemberList } from '../../../shared/query/spread/member-index.ts'
import { wantedDepths } from '../../../shared/query/spread/wanted-depths.ts'
import type { Levels } from './ask-levels.ts'
import { isNeeded } from './compare/run-compared.ts'
import { pickedExact, pickedInput, pickedNumbers } from './pick-rows.ts'

export interface Held {
  readonly query: ReportQuery
  readonly levels: Levels
}

/** What a measure is whatever it is called, shown as and totalled from. */
function contentOf(measure: Measure): string {
  const { as: _name, ...content } = baseMeasure(measure)
  return sorted(content)
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )

/** A field of an edge without its order; a top-N by what ranks, not by its name. */
function edgeOf(query: ReportQuery, { sort: _sort, top, ...use }: AxisField): string {
  const by = top && query.measures.find((one) => measureName(one) === top.measure)
  return sorted({ ...use, top: top && { ...top, measure: by && contentOf(by) } })
}

/** Names what engines are asked: equal for questions that differ in order and in what numbers are shown as. */
export function levelsKey(query: ReportQuery): string {
  if (isWhole(query)) return JSON.stringify(query)
  const { rows, columns, filters } = query
  const edges = [rows, columns].map((uses) => uses.map((use) => edgeOf(query, use)))
  const depths = (['rows', 'columns'] as const).map((axis) => wantedDepths(query, axis))
  const measures = query.measures.map((one) => [contentOf(one), isNeeded(query, one)])
  return sorted([groundOf(query), edges, measures, filters, depths])
}

/** Formulas name other measures, and cohorts are no edges of the question: such a question is known as it stands or not at all. */
const isWhole = ({ measures, retention }: ReportQuery): boolean =>
  retention !== undefined || measures.some(({ formula }) => formula !== undefined)

/** What every part of a question is about. */
const groundOf = ({ dataset, calendar, calculated, parameters, totals }: ReportQuery): string =>
  sorted([dataset, calendar, calculated, parameters, totals.over])

/** The levels of `query`, from those of another question; undefined where they do not tell all of it. */
export function narrowed({ query: known, levels }: Held, query: ReportQuery): Levels | undefined {
  if (isWhole(known) || isWhole(query)) {
    return levelsKey(known) === levelsKey(query) ? levels : undefined
  }
  if (groundOf(known) !== groundOf(query)) return undefined
  const places = placesOf(known, levels, query)
  const dimensions = places && dimensionsOf(known, query)
  const more = dimensions && furtherFilters(known, query)
  const described = [...levels.fields.rows, ...levels.fields.columns]
  if (!places || !dimensions || !more) return undefined
  const sameDays = ['', comparisonsOf(known)].includes(comparisonsOf(query))
  // Which of the comparisons a warning is about is not told.
  if (levels.warnings.length > 0 && !sameDays) return undefined
  const asIs = more.length === 0 && sameEdges(known, query)
  if (!asIs && isRigid(known, query)) return undefined
  const picks = picksOf(more, known, levels)
  // Which periods lie between the first and the last depends on the rows that are left.
  const gaps = more.length > 0 && described.some(({ periods }) => periods !== undefined)
  if (!picks || gaps) return undefined
  const measures = places.map((place) => levels.input.measures[place])
  const inputs = measures.map((one) => one && narrowedInput(one.input, { known, query, dimensions, picks, levels })) // prettier-ignore
  const specs = measures.flatMap((one, at) => {
    const [input, measure] = [inputs[at], query.measures[at]]
    return one && input && measure ? [{ ...one, name: measureName(measure), input }] : []
  })
  if (specs.length < places.length) return undefined
  const { leaf, leafRows } = levels.input
  const rows = picks.rowsOf(leaf, (dimension) => leaf.keys[dimension])
  const lists = [...levels.input.rowMembers, ...levels.input.columnMembers]
  const depth = query.rows.length
  const taken = <T>(all: readonly T[]): T[] => dimensions.flatMap((at) => all[at] ?? [])
  return {
    ...levels,
    input: {
      rowMembers: taken(lists).slice(0, depth),
      columnMembers: taken(lists).slice(depth),
      leaf: {
        ...{ rowDepth: depth, columnDepth: query.columns.length, count: rows.length },
        keys: dimensions.map((at) => Int32Array.from(rows, (row) => leaf.keys[at]?.[row] ?? -1)),
      },
      leafRows: pickedNumbers(leafRows, rows),
      measures: specs,
    },
    unfiltered: levels.unfiltered && {
      ...levels.unfiltered,
      measures: places.flatMap((place) => levels.unfiltered?.measures[place] ?? []),
    },
    warnings: comparisonsOf(query) === '' ? [] : levels.warnings,
    fields: { rows: taken(described).slice(0, depth), columns: taken(described).slice(depth) },
    measures: places.flatMap((place, at) => {
      const [one, measure] = [levels.measures[place], query.measures[at]]
      return one && measure ? [{ ...one, name: measureName(measure), measure }] : []
    }),
  }
}

/** Where each measure stands among those known; of several fact tables all must be asked, or members would differ. */
function placesOf(known: ReportQuery, levels: Levels, query: ReportQuery): number[] | undefined {
  const contents = known.measures.map(contentOf)
  const places = query.measures.map((measure) => {
    const content = contentOf(measure)
    const needed = isNeeded(query, measure)
    return known.measures.findIndex(
      (one, at) => contents[at] === content && (!needed || isNeeded(known, one)),
    )
  })
  if (places.includes(-1)) return undefined
  const whole = new Set(places.map((at) => contents[at])).size === new Set(contents).size
  return (levels.parts > 1 || places.length === 0) && !whole ? undefined : places
}

/** Per field of the question its place among the known ones, rows before columns. */
function dimensionsOf(known: ReportQuery, query: ReportQuery): number[] | undefined {
  const have = [...known.rows, ...known.columns].map((use) => edgeOf(known, use))
  const found = [...query.rows, ...query.columns].map((use) => have.indexOf(edgeOf(query, use)))
  return found.includes(-1) || new Set(found).size < found.length ? undefined : found
}

/** The other days that are asked. */
function comparisonsOf(query: ReportQuery): string {
  const asked = query.measures.filter((one) => isNeeded(query, one))
  const days = asked.flatMap(({ compare }) => (compare ? sorted(compare) : []))
  return [...new Set(days)].sort().join()
}

function sameEdges(known: ReportQuery, query: ReportQuery): boolean {
  const edges = (one: ReportQuery): string =>
    sorted([one.rows, one.columns].map((uses) => uses.map((use) => edgeOf(one, use))))
  return edges(known) === edges(query)
}

/** What depends on the whole question: rankings, members without rows, totals over all, other days. */
function isRigid(known: ReportQuery, query: ReportQuery): boolean {
  const uses = [...known.rows, ...known.columns]
  return (
    known.totals.over !== undefined ||
    uses.some(({ top, empty }) => top !== undefined || empty === true) ||
    query.measures.some(({ compare }) => compare !== undefined)
  )
}

/** Filters of the question beyond those known; undefined where one of those is not among its own. */
function furtherFilters(known: ReportQuery, query: ReportQuery): Filter[] | undefined {
  const open = query.filters.map((filter) => ({ filter, key: sorted(filter) }))
  for (const filter of known.filters) {
    const at = open.findIndex(({ key }) => key === sorted(filter))
    if (at < 0) return undefined
    open.splice(at, 1)
  }
  return open.map(({ filter }) => filter)
}

interface Picks {
  /** Dimensions that are filtered. */
  readonly of: ReadonlySet<number>
  readonly rowsOf: (
    level: { readonly count: number },
    keysOf: (dimension: number) => Int32Array | undefined,
  ) => Int32Array
}

/** Filters that name members of a known edge; undefined where one says something else. */
function picksOf(
  filters: readonly Filter[],
  known: ReportQuery,
  levels: Levels,
): Picks | undefined {
  const uses = [...known.rows, ...known.columns]
  const lists = [...levels.input.rowMembers, ...levels.input.columnMembers]
  const types = [...levels.fields.rows, ...levels.fields.columns]
  const kept = new Map<number, (member: number) => boolean>()
  for (const filter of filters) {
    if (filter.op !== 'in' && filter.op !== 'notIn') return undefined
    const at = uses.findIndex(({ field, grain }) => field === filter.field && grain === filter.grain) // prettier-ignore
    const [list, of] = [lists[at], types[at]]
    if (!list || !of || (of.type !== 'text' && of.grain === undefined)) return undefined
    const test = memberTest(filter, list)
    if (!test) return undefined
    const before = kept.get(at)
    kept.set(at, before ? (member) => before(member) && test(member) : test)
  }
  return {
    of: new Set(kept.keys()),
    rowsOf: (level, keysOf) => {
      const tests = [...kept].map(([at, test]) => ({ keys: keysOf(at), test }))
      const rows = Array.from({ length: level.count }, (_, row) => row)
      return Int32Array.from(
        rows.filter((row) => tests.every(({ keys, test }) => test(keys?.[row] ?? -1))),
      )
    },
  }
}

/** A value of another type than the members may still be one of them for an engine: it is asked then. */
function memberTest(
  { op, values }: Extract<Filter, { op: 'in' | 'notIn' }>,
  { members }: MemberList,
): ((member: number) => boolean) | undefined {
  const kinds = new Set(members.filter((one) => one !== null).map((one) => typeof one))
  const fits = (value: Member): boolean => value === null || kinds.has(typeof value)
  if (kinds.size > 1 || !values.every(fits)) return undefined
  const named = new Set(values)
  return (member) => named.has(members[member] ?? null) === (op === 'in')
}

interface Narrowing {
  readonly known: ReportQuery
  readonly query: ReportQuery
  readonly dimensions: readonly number[]
  readonly picks: Picks
  readonly levels: Levels
}

/** What is rolled up needs the finest level alone; what an engine gave per level needs every one that is wanted. */
function narrowedInput(input: MeasureInput, narrowing: Narrowing): MeasureInput | undefined {
  const { picks, levels } = narrowing
  if (input.kind === 'carried') return isAsAsked(narrowing) ? input : undefined
  if (input.kind !== 'perLevel' && input.kind !== 'exactPerLevel') {
    const { leaf } = levels.input
    return pickedInput(
      input,
      picks.rowsOf(leaf, (at) => leaf.keys[at]),
    )
  }
  const found = wantedLevels(input.levels, narrowing)
  if (!found) return undefined
  if (input.kind === 'perLevel') {
    return { kind: 'perLevel', levels: found.map(({ from, rows, at }) => ({ ...at, values: pickedNumbers(from.values as Float64Array, rows) })) } // prettier-ignore
  }
  return { ...input, levels: found.map(({ from, rows, at }) => ({ ...at, values: pickedExact(from.values, rows) })) } // prettier-ignore
}

/** What is carried depends on the periods shown: it is known for the very edges, or for fewer totals of them. */
function isAsAsked({ known, query, picks }: Narrowing): boolean {
  const have = (axis: 'rows' | 'columns'): number[] => wantedDepths(known, axis)
  return (
    picks.of.size === 0 &&
    sameEdges(known, query) &&
    (['rows', 'columns'] as const).every((axis) =>
      wantedDepths(query, axis).every((depth) => have(axis).includes(depth)),
    )
  )
}

function wantedLevels<Given extends LevelRows>(
  given: readonly Given[],
  { known, query, dimensions, picks }: Narrowing,
): { from: Given; rows: Int32Array; at: LevelRows }[] | undefined {
  const across = query.rows.length
  const found: { from: Given; rows: Int32Array; at: LevelRows }[] = []
  for (const rowDepth of wantedDepths(query, 'rows')) {
    for (const columnDepth of wantedDepths(query, 'columns')) {
      const wanted = [
        ...dimensions.slice(0, rowDepth),
        ...dimensions.slice(across, across + columnDepth),
      ]
      const from = given.find((level) => isOf(level, wanted, known.rows.length))
      if (!from || ![...picks.of].every((at) => wanted.includes(at))) return undefined
      const keysOf = (dimension: number): Int32Array | undefined =>
        from.keys[placeIn(from, dimension, known.rows.length)]
      const rows = picks.rowsOf(from, keysOf)
      const keys = wanted.map((at) => Int32Array.from(rows, (row) => keysOf(at)?.[row] ?? -1))
      found.push({ from, rows, at: { rowDepth, columnDepth, count: rows.length, keys } })
    }
  }
  return found
}

/** Place of a dimension among the keys of a level; -1 where the level does not group by it. */
function placeIn(level: LevelRows, dimension: number, across: number): number {
  if (dimension < across) return dimension < level.rowDepth ? dimension : -1
  const column = dimension - across
  return column < level.columnDepth ? level.rowDepth + column : -1
}

const isOf = (level: LevelRows, wanted: readonly number[], across: number): boolean =>
  level.rowDepth + level.columnDepth === wanted.length &&
  wanted.every((at) => placeIn(level, at, across) >= 0)
