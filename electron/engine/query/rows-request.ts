import type { Field } from '../../../shared/data/field.ts'
import { maxFieldScale } from '../../../shared/data/field.ts'
import type { Outcome } from '../../../shared/errors.ts'
import { ok } from '../../../shared/errors.ts'
import type { ReportQuery } from '../../../shared/query/report-query.ts'
import { withHiddenNamed } from '../../../shared/query/named-measures.ts'
import type { RowsRequest } from '../../../shared/query/row-list.ts'
import type { FormulaErrorCode } from '../../../shared/expression/formula-error.ts'
import { findDataset } from './locate-field.ts'
import type { QueryCatalog } from './query-catalog.ts'
import { ownFields } from './query-catalog.ts'
import type { FieldAt, ResolvedQuery } from './resolve.ts'
import { resolve } from './resolve.ts'
import { measureHomes, rebase } from './resolve-parts.ts'
import { underPath } from './top-members.ts'

/** The request as the dataset whose rows are wanted sees it, and which of the measures count those rows. */
export interface OwnRequest {
  readonly own: RowsRequest
  readonly places: readonly number[]
}

export function ownRequest(request: RowsRequest, catalog: QueryCatalog): OwnRequest {
  const { query } = request
  const listed = findDataset(request.dataset ?? query.dataset, catalog)
  if (!listed) return { own: request, places: [] }
  const homes = measureHomes(query, catalog)
  const places = homes.flatMap((home, place) =>
    home === listed && query.measures[place]?.hidden !== true ? [place] : [],
  )
  const measures = withHiddenNamed(
    query,
    places.flatMap((place) => query.measures[place] ?? []),
  )
  return { own: { ...request, query: rebase({ ...query, measures }, listed, catalog) }, places }
}

/** The cell's path turned into filters; dimensions themselves are not needed to list rows. */
export function rowsQuery({ query, cell }: RowsRequest): ReportQuery {
  return {
    ...query,
    rows: [],
    columns: [],
    measures: [],
    filters: [
      ...query.filters,
      ...underPath(query.rows, cell?.row ?? []),
      ...underPath(query.columns, cell?.column ?? []),
    ],
    totals: { rows: 'none', columns: 'none' },
  }
}

export interface ListedFields {
  readonly fields: readonly FieldAt[]
  readonly sorted: readonly { readonly at: FieldAt; readonly descending: boolean }[]
  /** The question with every listed and sorting field among its sources. */
  readonly all: ResolvedQuery
}

/** Fields and sorts are resolved as dimensions, so that related datasets get joined. */
export function listedFields(
  request: RowsRequest,
  resolved: ResolvedQuery,
  catalog: QueryCatalog,
): Outcome<ListedFields, FormulaErrorCode | 'query/invalid' | 'dataset/notFound'> {
  const names =
    request.fields.length > 0
      ? request.fields
      : ownFields(resolved.base.dataset).map((field) => field.name)
  const wanted = [...names, ...request.sort.map((sort) => sort.field)]
  const { query } = request
  // Fields of top-N edges must be joined too: their members restrict the rows.
  const edges = [...query.rows, ...query.columns].map(({ field }) => ({ field }))
  const everything = resolve(
    { ...resolved.query, rows: [...wanted.map((field) => ({ field })), ...edges] },
    catalog,
  )
  if (!everything.ok) return everything
  const { rows } = everything.value
  const sorted = request.sort.flatMap(({ direction }, index) => {
    const at = rows[names.length + index]
    return at ? [{ at, descending: direction === 'descending' }] : []
  })
  return ok({ fields: rows.slice(0, names.length), sorted, all: everything.value })
}

export function shownField({ ref, field }: FieldAt): Field {
  const base = { name: ref, type: field.type, role: field.role }
  // Quotients have more digits than a column can; how many is of no use to those who read the list.
  return field.type === 'decimal' ? { ...base, scale: Math.min(field.scale, maxFieldScale) } : base
}
