/** Fields of related datasets in a formula of a recipe: what may be looked up, and the joins that do it. Pure. */
import type { ExtractField } from '../extracts/extract-columns.ts'
import { columnName, dictionaryTable, rowsTable } from '../extracts/extract-columns.ts'
import type { FieldPlace, ScopeDataset } from '../../../shared/expression/scope.ts'
import type { Expr, Join, NamedSelect } from '../sql/nodes.ts'
import { all, binary, column, select } from '../sql/nodes.ts'
import { prepare } from '../sql/prepare-functions.ts'
import type { Stage, StageColumn } from './stage.ts'
import { own } from './stage.ts'
import { columnNamed, columnsNamed } from './step-context.ts'

export interface LookupHop {
  /** Fields of the dataset the step leaves, and those of the one it leads to that they equal. */
  readonly keys: readonly string[]
  readonly to: string
  readonly toKeys: readonly string[]
}

/** A further dataset of the workspace, by the extract of its current version. */
export interface LookupDataset {
  readonly name: string
  readonly fields: readonly ExtractField[]
  readonly alias: string
  readonly path: string
  /** Many-to-one steps from the dataset of the recipe; null where none leads there. */
  readonly way: readonly LookupHop[] | null
}

export const lookupScope = (datasets: readonly LookupDataset[]): ScopeDataset[] =>
  datasets.map(({ name, fields, way }) => ({ name, fields, reached: way !== null }))

interface Reached {
  readonly dataset: LookupDataset
  readonly hop: LookupHop
  /** The join the step leaves from; undefined for the recipe's own rows. */
  readonly from: Reached | undefined
  readonly as: string
}

/** Every dataset passed on the way to the places, nearest first and once. */
function reachedFor(
  places: readonly FieldPlace[],
  datasets: readonly LookupDataset[],
): Map<string, Reached> {
  const reached = new Map<string, Reached>()
  for (const place of places) {
    let from: Reached | undefined
    for (const hop of datasets.find(({ name }) => name === place.dataset)?.way ?? []) {
      const dataset = datasets.find(({ name }) => name === hop.to)
      if (dataset === undefined) throw new Error(`no dataset ${hop.to} on a way`)
      const known = reached.get(hop.to) ?? { dataset, hop, from, as: `l${reached.size}` }
      reached.set(hop.to, known)
      from = known
    }
  }
  return reached
}

/** Names of the datasets a step with these places reads. */
export function datasetsRead(
  places: readonly FieldPlace[],
  datasets: readonly LookupDataset[],
): string[] {
  return [...reachedFor(places, datasets).keys()]
}

/** The own fields the ways begin with; a key has to be there at the step under the relationship's name. */
export function ownKeys(
  stage: Stage,
  places: readonly FieldPlace[],
  datasets: readonly LookupDataset[],
): StageColumn[] {
  const firsts = [...reachedFor(places, datasets).values()].filter(({ from }) => !from)
  return columnsNamed(
    stage,
    firsts.flatMap(({ hop }) => hop.keys),
  )
}

export interface Lookup {
  /** The same rows, with what the joins read named beside them. */
  readonly stage: Stage
  readonly joins: readonly Join[]
  readonly columnOf: (place: FieldPlace) => Expr
}

/** `stage` has the own keys decoded. A row without a partner keeps its place and has blanks. */
export function lookup(
  stage: Stage,
  places: readonly FieldPlace[],
  datasets: readonly LookupDataset[],
): Lookup {
  const reached = reachedFor(places, datasets)
  const all = [...reached.values()]
  const selects = all.map((one): NamedSelect => {
    const leaving = all.filter(({ from }) => from === one).flatMap(({ hop }) => hop.keys)
    const asked = places.flatMap(({ dataset, field }) =>
      dataset === one.dataset.name ? [field.name] : [],
    )
    const names = [...one.hop.toKeys, ...leaving, ...asked]
    return { name: nameOf(stage, one), select: valuesOf(one.dataset, names), inline: true }
  })
  const joins = all.map((one): Join => ({
    table: { kind: 'named', name: nameOf(stage, one) },
    as: one.as,
    on: metBy(one, stage),
  }))
  const columnOf = ({ dataset, field }: FieldPlace): Expr => {
    const found = reached.get(dataset ?? '')
    return found === undefined
      ? own(columnNamed(stage, field.name))
      : column(found.as, columnName(placeOf(found.dataset, field.name)))
  }
  return { stage: { ...stage, selects: [...stage.selects, ...selects] }, joins, columnOf }
}

const nameOf = (stage: Stage, { as }: Reached): string => `${as}_${stage.name}`

function metBy({ hop, from, as, dataset }: Reached, stage: Stage): Expr {
  const key = (expr: Expr): Expr => prepare('keyText', [expr])
  return all(
    hop.keys.map((name, index) => {
      const left =
        from === undefined
          ? own(columnNamed(stage, name))
          : column(from.as, columnName(placeOf(from.dataset, name)))
      const right = column(as, columnName(placeOf(dataset, hop.toKeys[index] ?? '')))
      return binary('=', key(left), key(right))
    }),
  )
}

function placeOf({ name, fields }: LookupDataset, field: string): number {
  const place = fields.findIndex((one) => one.name === field)
  if (place < 0) throw new Error(`${name} has no field ${field}`)
  return place
}

/** Its rows with these fields, texts in place of their codes. */
function valuesOf(dataset: LookupDataset, names: readonly string[]) {
  const catalog = dataset.alias
  const joins: Join[] = []
  const places = [...new Set(names.map((name) => placeOf(dataset, name)))]
  const columns = places.map((place) => {
    const stored = column('r', columnName(place))
    if (dataset.fields[place]?.coded !== true) return { expr: stored, as: columnName(place) }
    const as = `d${place}`
    const table = { kind: 'stored', catalog, name: dictionaryTable(place) } as const
    joins.push({ table, as, on: binary('=', column(as, 'code'), stored) })
    return { expr: column(as, 'value'), as: columnName(place) }
  })
  return select({ columns, from: { kind: 'stored', catalog, name: rowsTable }, as: 'r', joins })
}
