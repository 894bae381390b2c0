/** Answers with their personal values written as labels: rows, totals and counts stay what they were. */
import type { Member } from '../../../../shared/data/cell-value.ts'
import { othersMember } from '../../../../shared/data/cell-value.ts'
import { isTemporal } from '../../../../shared/data/field.ts'
import type { Grain } from '../../../../shared/data/grain.ts'
import { partGrains } from '../../../../shared/data/grain.ts'
import type { PersonalKind } from '../../../../shared/data/personal.ts'
import { hidden } from '../../../../shared/data/personal.ts'
import { numberAt, textAt } from '../../../../shared/query/cell-reading.ts'
import type {
  QueryResult,
  ResultAxis,
  ResultMeasure,
  ValueColumn,
} from '../../../../shared/query/query-result.ts'
import type { Dimension, ResolvedMeasure, ResolvedQuery } from '../../query/resolve.ts'

/** What stands in the place of a personal value. */
export type Label = (kind: PersonalKind, value: string) => string

export function maskedResult(
  result: QueryResult,
  resolved: Pick<ResolvedQuery, 'rows' | 'columns' | 'measures'>,
  label: Label,
): QueryResult {
  const parts = partsAsked([...resolved.rows, ...resolved.columns])
  return {
    ...result,
    rows: maskedAxis(result.rows, resolved.rows, parts, label),
    columns: maskedAxis(result.columns, resolved.columns, parts, label),
    ...maskedMeasures(result.measures, result.cells, resolved.measures, label),
  }
}

/** How many times each date is asked for: month and day beside each other are a birthday again. */
function partsAsked(dimensions: readonly Dimension[]): ReadonlyMap<string, number> {
  const asked = new Map<string, number>()
  for (const { source, field } of dimensions) {
    const key = `${source.as}.${field.name}`
    asked.set(key, (asked.get(key) ?? 0) + 1)
  }
  return asked
}

/** Of the calendar's grains those that are no day: a festival is one, of every year. */
const vague: readonly Grain[] = [
  ...partGrains,
  ...(['fiscalQuarterOfYear', 'fiscalPeriodOfYear', 'workday'] as const),
]

/** A year names nobody, and neither does one part such as "every March". */
function namesNobody(grain: Grain | undefined, parts: number): boolean {
  if (grain === undefined) return false
  return grain === 'year' || grain === 'fiscalYear' || (parts === 1 && vague.includes(grain))
}

function maskedAxis(
  axis: ResultAxis,
  dimensions: readonly Dimension[],
  parts: ReadonlyMap<string, number>,
  label: Label,
): ResultAxis {
  const kinds = dimensions.map(({ source, field, grain }) =>
    isTemporal(field.type) && namesNobody(grain, parts.get(`${source.as}.${field.name}`) ?? 1)
      ? null
      : (field.personal ?? null),
  )
  if (kinds.every((kind) => kind === null)) return axis
  const labels = kinds.map(
    (kind, place) =>
    kind === null
      ? undefined
      : memberLabels(axis.paths.flatMap((path) => (place < path.length ? [path[place] ?? null] : [])), (text) => label(kind, text)), // prettier-ignore
  )
  return {
    ...axis,
    // A label is text, whatever the value was.
    fields: axis.fields.map((field, place) =>
      labels[place] ? { field: field.field, type: 'text' } : field,
    ),
    paths: axis.paths.map(
      (path) =>
      path.map((member, place) => (member === null || member === othersMember ? member : (labels[place]?.get(member) ?? (labels[place] ? hidden : member)))), // prettier-ignore
    ),
  }
}

/**
 * One label a member. Different members that would read alike are numbered in the order they stand in, so that nobody is
 * merged with another, here or by whoever groups the file again.
 */
function memberLabels(
  members: readonly Member[],
  write: (text: string) => string,
): ReadonlyMap<Member, string> {
  const different = [...new Set(members)].filter(
    (member) => member !== null && member !== othersMember,
  )
  const plain = new Map(different.map((member) => [member, write(String(member))]))
  const holders = new Map<string, number>()
  for (const text of plain.values()) holders.set(text, (holders.get(text) ?? 0) + 1)
  const given = new Map<string, number>()
  return new Map(
    different.map((member) => {
      const text = plain.get(member) ?? hidden
      if ((holders.get(text) ?? 0) < 2) return [member, text]
      const number = (given.get(text) ?? 0) + 1
      given.set(text, number)
      return [member, `${text} (${number})`]
    }),
  )
}

/** Counts stay; a value taken from personal values (the latest birthday, a sum of one row) is a personal value. */
export function maskedMeasures(
  measures: readonly ResultMeasure[],
  cells: readonly ValueColumn[],
  resolved: readonly ResolvedMeasure[],
  label: Label,
): { measures: ResultMeasure[]; cells: ValueColumn[] } {
  // Measures that are hidden are asked and not answered, so places may differ.
  const kinds = measures.map(({ name }) => {
    const asked = resolved.find((one) => one.name === name)
    const counts = asked?.measure.aggregate.startsWith('count') ?? false
    return counts ? null : (asked?.personal ?? asked?.at?.field.personal ?? null)
  })
  return {
    measures: measures.map((measure, index) => {
      if (kinds[index] == null) return measure
      const { scale, ...rest } = measure
      return { ...rest, type: 'text' }
    }),
    cells: cells.map((column, index) => maskedColumn(column, kinds[index] ?? null, label)),
  }
}

export function maskedColumn(
  column: ValueColumn,
  kind: PersonalKind | null,
  label: Label,
): ValueColumn {
  if (kind === null) return column
  const count = column.values.length
  return {
    kind: 'text',
    writing: 'text',
    values: Array.from({ length: count }, (_, row) => {
      const value = textAt(column, row) ?? numberAt(column, row)
      return value === null ? null : label(kind, String(value))
    }),
  }
}
