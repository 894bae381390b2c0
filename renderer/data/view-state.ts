import type { CellValue } from '../../shared/data/cell-value.ts'
import type { HistogramBin } from '../../shared/data/profile.ts'
import type { Grain } from '../../shared/data/grain.ts'
import type { Filter } from '../../shared/query/filter.ts'
import type { RowsRequest } from '../../shared/query/row-list.ts'
import type { Text } from '../../shared/text/messages.ts'
import { showMember } from '../ui/show-value.ts'

/** How one dataset is looked at; forgotten when another one is chosen. */
export interface GridView {
  readonly dataset: string
  readonly field: string | null
  readonly sort: { readonly field: string; readonly direction: 'ascending' | 'descending' } | null
  readonly filters: readonly Filter[]
}

export const firstView = (dataset: string): GridView => ({
  dataset,
  field: null,
  sort: null,
  filters: [],
})

export function rowsOf({ dataset, sort, filters }: GridView): RowsRequest {
  return {
    query: {
      dataset,
      rows: [],
      columns: [],
      measures: [],
      filters: [...filters],
      totals: { rows: 'none', columns: 'none' },
    },
    fields: [],
    sort: sort ? [sort] : [],
    limit: 500,
  }
}

/** Up, down, then as in the data. */
export function sortedBy(view: GridView, field: string): GridView {
  const now = view.sort?.field === field ? view.sort.direction : undefined
  if (now === 'descending') return { ...view, field, sort: null }
  const direction = now === undefined ? 'ascending' : 'descending'
  return { ...view, field, sort: { field, direction } }
}

/** A new filter takes the place of the one on the same column. */
export function filteredBy(view: GridView, filter: Filter): GridView {
  return {
    ...view,
    filters: [...view.filters.filter(({ field }) => field !== filter.field), filter],
  }
}

export const valueFilter = (field: string, value: CellValue): Filter => ({
  field,
  op: 'in',
  values: [value],
})

/** Rows of one bar; the last bin of numbers holds its upper edge as well. */
export function binFilter(
  field: string,
  bin: HistogramBin,
  { grain, last }: { readonly grain: Grain | undefined; readonly last: boolean },
): Filter {
  if (grain !== undefined && bin.from === bin.to)
    return { field, grain, op: 'in', values: [bin.from] }
  const bound = (value: CellValue): string | number =>
    typeof value === 'number' ? value : String(value)
  const range = { field, op: 'range', from: bound(bin.from), to: bound(bin.to) } as const
  if (grain !== undefined) return { ...range, grain }
  return last || bin.from === bin.to ? range : { ...range, excludeTo: true }
}

export function filterWords(filter: Filter, text: Text): string {
  const { field } = filter
  if (filter.op === 'contains') return text('dataPage.contains', { field, value: filter.text })
  if (filter.op === 'range') {
    const [from, to] = [String(filter.from ?? ''), String(filter.to ?? '')]
    return text('dataPage.between', { field, from, to })
  }
  const members = filter.op === 'in' ? filter.values : []
  const value = members.map((member) => showMember(member, text)).join(text('list.separator'))
  return text('dataPage.is', { field, value })
}
