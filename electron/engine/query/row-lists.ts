import type { Outcome } from '../../../shared/errors.ts'
import { AppErrorException, fail, ok } from '../../../shared/errors.ts'
import type { ValueColumn } from '../../../shared/query/query-result.ts'
import type { ReportQuery } from '../../../shared/query/report-query.ts'
import { baseMeasure } from '../../../shared/query/report-query.ts'
import type { CellAddress, RowList, RowsPage, RowsRequest } from '../../../shared/query/row-list.ts'
import type { QueryCatalog } from './query-catalog.ts'
import type { ResolvedQuery } from './resolve.ts'
import { resolve } from './resolve.ts'
import { HeldPages } from './held-pages.ts'
import { heldRows, rowsAreHeld, shownPiece } from './held-rows.ts'
import type { ListedRows } from './row-page.ts'
import { RowPages } from './row-page.ts'
import { RowSorter } from './row-sort.ts'
import type { OwnRequest } from './rows-request.ts'
import { listedFields, ownRequest, rowsQuery, shownField } from './rows-request.ts'
import type { QueryFailure } from './run-query.ts'
import type { QueryTools } from './query-tools.ts'
import { rankingTools } from './ask-levels.ts'
import { runQuery } from './run-query.ts'
import { targetOf } from './query-tools.ts'
import { topMembersOf } from './top-restrictions.ts'

/** Lists kept open at once, and rows a list may name: each costs four bytes. */
const openLists = 8
const maxListed = 20_000_000

export interface RowListOptions {
  /** Rows of a source without names for them that are read at a time. */
  readonly piece?: number
  readonly most?: number
}

/** Base rows behind a cell as a list of row ids, read page by page by key; it never drifts while it is open. */
export class RowLists {
  readonly #tools: QueryTools
  readonly #piece: number
  readonly #most: number
  readonly #lists = new Map<string, ListedRows>()
  readonly #pages: RowPages
  readonly #sorter: RowSorter
  #next = 1

  constructor(tools: QueryTools, { piece = shownPiece, most = maxListed }: RowListOptions = {}) {
    this.#tools = tools
    this.#piece = piece
    this.#most = most
    this.#pages = new RowPages(tools)
    this.#sorter = new RowSorter(tools)
  }

  async open(
    request: RowsRequest,
    catalog: QueryCatalog,
    signal: AbortSignal,
  ): Promise<Outcome<RowList, QueryFailure>> {
    const asked = ownRequest(request, catalog)
    const resolved = resolve(rowsQuery(asked.own), catalog)
    if (!resolved.ok) return resolved
    try {
      return await this.#open(request, asked, resolved.value, catalog, signal)
    } catch (error) {
      if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
      throw error
    }
  }

  /** With a catalogue a list is closed once it no longer says what the catalogue does. */
  async window(
    key: string,
    offset: number,
    limit: number,
    signal: AbortSignal,
    catalog?: QueryCatalog,
  ): Promise<Outcome<RowsPage, QueryFailure>> {
    const list = this.#lists.get(key)
    const outdated = list && catalog && isOutdated(list.resolved, catalog)
    if (outdated === true) this.#lists.delete(key)
    if (!list || outdated === true) return fail('query/invalid', { reason: 'listClosed' })
    try {
      return ok(await this.#pages.page(list, offset, limit, signal))
    } catch (error) {
      if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
      throw error
    }
  }

  async #open(
    request: RowsRequest,
    asked: OwnRequest,
    resolved: ResolvedQuery,
    catalog: QueryCatalog,
    signal: AbortSignal,
  ): Promise<Outcome<RowList, QueryFailure>> {
    const used = listedFields(asked.own, resolved, catalog)
    if (!used.ok) return used
    const { fields, sorted, all } = used.value
    const edges = asked.own.query
    const members = await topMembersOf(
      request,
      edges,
      all,
      catalog,
      rankingTools(this.#tools, signal),
    )
    const first = rowsAreHeld(all)
      ? await heldRows(all, fields, sorted, members, this.#tools, this.#piece, signal)
      : undefined
    const count = first && Math.min(first.whole, this.#most)
    const ids = first ? new Int32Array() : await this.#sorter.ids(all, sorted, members, signal)
    if (ids.length > this.#most)
      return fail('query/tooLarge', { rows: ids.length, limit: this.#most })
    const totals = await this.#totals(request, asked, catalog, signal)
    if (!totals.ok) return totals
    const base = { ids, resolved: all, fields, target: targetOf(all) }
    const list = first ? { ...base, held: new HeldPages({ ...first, whole: count ?? 0 }) } : base
    const key = `rows_${this.#next++}`
    this.#keep(key, list)
    return ok({
      key,
      version: all.base.dataset.version,
      count: count ?? ids.length,
      ...(first && first.whole > this.#most ? { whole: first.whole } : {}),
      fields: fields.map(shownField),
      measures: totals.value.measures,
      totals: totals.value.cells,
      page: await this.#pages.page(list, 0, request.limit, signal),
    })
  }

  #keep(key: string, list: ListedRows): void {
    this.#lists.set(key, list)
    for (const oldest of this.#lists.keys()) {
      if (this.#lists.size <= openLists) break
      this.#lists.delete(oldest)
    }
  }

  /** The measures over exactly these rows: the same question without edges, under the cell's filters. */
  async #totals(
    request: RowsRequest,
    { own, places }: OwnRequest,
    catalog: QueryCatalog,
    signal: AbortSignal,
  ): Promise<Outcome<{ measures: RowList['measures']; cells: ValueColumn[] }, QueryFailure>> {
    const { query, cell } = request
    if (places.length === 0) return ok({ measures: [], cells: [] })
    const tops = query.rows.some((use) => use.top) || query.columns.some((use) => use.top)
    if (!tops) {
      const asked: ReportQuery = {
        ...rowsQuery(own),
        measures: own.query.measures.map((one) => ({
          ...baseMeasure(one),
          ...(one.hidden ? { hidden: true } : {}),
        })),
      }
      const result = await runQuery(asked, catalog, this.#tools, signal)
      return result.ok ? ok({ measures: result.value.measures, cells: result.value.cells }) : result
    }
    // With a top-N the cell itself is asked again: its members are decided by the whole question.
    const whole: ReportQuery = {
      ...query,
      measures: query.measures.map(baseMeasure),
      totals: { rows: 'all', columns: 'all' },
    }
    const result = await runQuery(whole, catalog, this.#tools, signal)
    if (!result.ok) return result
    const at = cellIndex(result.value, cell ?? { row: [], column: [] })
    return ok({
      measures: places.flatMap((place) => result.value.measures[place] ?? []),
      cells: places.flatMap((place) => {
        const cells = result.value.cells[place]
        return cells ? [pickCell(cells, at)] : []
      }),
    })
  }
}

/** Another version of any dataset the list reads, or another way from one to the other: rows may have moved. */
function isOutdated({ sources }: ResolvedQuery, { datasets, relations }: QueryCatalog): boolean {
  return sources.some(({ dataset, via }) => {
    if (via?.kind === 'dictionary') return false
    const whole = datasets.find(({ id }) => id === dataset.id)
    const now = via?.kind === 'companion' ? whole?.companion : whole
    if (now?.version !== dataset.version || now.storage.path !== dataset.storage.path) return true
    if (via?.kind !== 'relation') return false
    const relation = relations.find(({ id }) => id === via.relation.id)
    return relation?.map?.path !== via.relation.map?.path
  })
}

function cellIndex(
  result: { rows: { paths: unknown[][] }; columns: { paths: unknown[][] } },
  cell: CellAddress,
): number {
  const find = (paths: unknown[][], path: unknown[]): number =>
    paths.findIndex((candidate) => JSON.stringify(candidate) === JSON.stringify(path))
  const [row, column] = [find(result.rows.paths, cell.row), find(result.columns.paths, cell.column)]
  // A cell the top-N left out is none of the others.
  return row < 0 || column < 0 ? -1 : row * result.columns.paths.length + column
}

function pickCell(cells: ValueColumn, index: number): ValueColumn {
  if (cells.kind === 'text') return { ...cells, values: [cells.values[index] ?? null] }
  return { ...cells, values: Float64Array.of(cells.values[index] ?? NaN) }
}
