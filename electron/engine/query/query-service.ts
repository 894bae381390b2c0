import type { FieldValues, FieldValuesAsk } from '../../../shared/data/import-words.ts'
import type { ColumnProfile, ProfileAsk } from '../../../shared/data/profile.ts'
import type { z } from 'zod'
import type { Outcome } from '../../../shared/errors.ts'
import { AppErrorException, fail, ok } from '../../../shared/errors.ts'
import type { QueryResult, ValueColumn } from '../../../shared/query/query-result.ts'
import type { ReportQuery } from '../../../shared/query/report-query.ts'
import type { RowList, RowsPage, RowsRequest } from '../../../shared/query/row-list.ts'
import { DictionaryReader } from './dictionary-reader.ts'
import { explainQuery } from './explain-query.ts'
import type { FilterClock } from './filter-sql.ts'
import { findDataset } from './locate-field.ts'
import type { QueryCatalog, QueryDataset } from './query-catalog.ts'
import { ownFields } from './query-catalog.ts'
import type { QueryRunner } from './query-runner.ts'
import type { Proof, ProofAsk } from '../../../shared/query/proof.ts'
import { prove } from './proof/prove.ts'
import { profileColumn } from './profile/profile-column.ts'
import { withPersons } from './with-persons.ts'
import { resolve } from './resolve.ts'
import { countedDatasets } from './resolve-parts.ts'
import { ResultCache } from './result-cache.ts'
import { writtenPiece } from './held-rows.ts'
import { RowLists } from './row-lists.ts'
import { RowPages } from './row-page.ts'
import { HeldLevels } from './held-levels.ts'
import { layOut } from './lay-out.ts'
import type { Levels } from './ask-levels.ts'
import { levelsKey, narrowed } from './narrow-levels.ts'
import type { QueryFailure } from './run-query.ts'
import type { QueryTools } from './query-tools.ts'
import { caught, questionLevels } from './run-query.ts'
import { targetOf } from './query-tools.ts'

export interface QueryServiceOptions {
  readonly runner: QueryRunner
  /** Processes apart for long work such as exports, so that nobody at the screen waits behind it. */
  readonly background?: QueryRunner
  readonly catalog: () => QueryCatalog
  readonly clock: () => FilterClock
  readonly now: () => number
  readonly cacheBytes: number
  /**
   * Makes sure that what is known of a live dataset is true of its file as it is now. Rejects with AppErrorException: one
   * of the codes a question may fail with.
   */
  readonly freshen?: (dataset: string, signal: AbortSignal) => Promise<void>
}

type Answer = Outcome<QueryResult, QueryFailure>
type Asked = Outcome<Levels, QueryFailure>

export interface NumberedRows {
  readonly fields: readonly string[]
  /** Of each field the values in the order of the numbers asked. */
  readonly columns: readonly ValueColumn[]
}

interface Shared {
  readonly query: ReportQuery
  readonly answer: Promise<Asked>
  readonly abort: AbortController
  askers: number
}

/** Questions with everything around them: equal ones run once, answers are kept by version, withdrawn ones stop. */
export class QueryService {
  readonly #options: QueryServiceOptions
  readonly #tools: QueryTools
  readonly #cache: ResultCache
  readonly #held: HeldLevels
  readonly #running = new Map<string, Shared>()
  readonly #lists: RowLists
  readonly #profiles = new Map<string, ColumnProfile>()
  /** What is written or printed stays of one version to its end. */
  readonly #keepsVersions: boolean
  /** The same questions over the same memory, asked in the background; without a runner for it, this very service. */
  readonly background: QueryService

  constructor(
    options: QueryServiceOptions,
    cache = new ResultCache(options.cacheBytes / 2),
    held = new HeldLevels(options.cacheBytes / 2),
    keepsVersions = false,
  ) {
    this.#options = options
    this.#tools = {
      runner: options.runner,
      dictionaries: new DictionaryReader(options.runner),
      clock: options.clock,
      now: options.now,
    }
    this.#cache = cache
    this.#held = held
    this.#keepsVersions = keepsVersions
    this.#lists = new RowLists(this.#tools, keepsVersions ? { piece: writtenPiece } : {})
    const { background: runner, ...others } = options
    this.background = runner ? new QueryService({ ...others, runner }, cache, held, true) : this
  }

  /** Recomputes a shown number from its base rows; nothing of it comes from or goes into the memory for answers. */
  async prove(
    ask: ProofAsk,
    onRows: (rows: number) => void,
    signal: AbortSignal,
  ): Promise<Outcome<Proof, QueryFailure>> {
    const catalog = this.#options.catalog()
    const query = withPersons(ask.query, catalog)
    if (!query.ok) return query
    return prove({ ...ask, query: query.value }, { catalog, tools: this.#tools, signal, onRows })
  }

  async run(given: ReportQuery, signal: AbortSignal): Promise<Answer> {
    const persons = withPersons(given, this.#options.catalog())
    if (!persons.ok) return persons
    const query = persons.value
    const asked = countedDatasets(query, this.#options.catalog())
    const lively = asked.filter(({ storage }) => storage.kind === 'live')
    for (const { id } of lively) {
      const trouble = await this.#freshen(id, signal)
      if (trouble) return trouble
    }
    const live = lively.length > 0
    const catalog = this.#options.catalog()
    const scope = this.#scope(catalog)
    const key = `${scope}|${JSON.stringify(query)}`
    // A live source changes without telling: what it answered is not kept.
    const known = live ? undefined : this.#cache.get(key)
    if (known) return ok({ ...known, cached: true })
    const started = this.#tools.now()
    const held = live ? undefined : this.#held.find(scope, query)
    const found = held ? ok(held) : await this.#levels(scope, query, catalog, signal)
    if (!found.ok) return found
    // Laid out meanwhile for another asker.
    const ready = live ? undefined : this.#cache.get(key)
    if (ready) return ok(ready)
    if (!held && !live) this.#held.keep(scope, query, found.value)
    const answer = laidOut(query, found.value)
    if (!answer.ok) return answer
    const result = { ...answer.value, elapsedMs: this.#tools.now() - started }
    if (!live) this.#cache.set(key, result)
    return ok({ ...result, cached: held !== undefined })
  }

  /** Questions asked at once that differ in their order and in what they show are asked once. */
  async #levels(
    scope: string,
    query: ReportQuery,
    catalog: QueryCatalog,
    signal: AbortSignal,
  ): Promise<Asked> {
    const shared = await this.#share(`${scope}|${levelsKey(query)}`, query, signal, (own) =>
      caught(() => questionLevels(query, catalog, this.#tools, own)),
    )
    if (!shared.answer.ok || shared.query === query) return shared.answer
    const levels = narrowed({ query: shared.query, levels: shared.answer.value }, query)
    return levels ? ok(levels) : caught(() => questionLevels(query, catalog, this.#tools, signal))
  }

  explain(query: ReportQuery, signal: AbortSignal): ReturnType<typeof explainQuery> {
    const persons = withPersons(query, this.#options.catalog())
    if (!persons.ok) return Promise.resolve(persons)
    return explainQuery(persons.value, this.#options.catalog(), this.#tools, signal)
  }

  async openRows(
    request: RowsRequest,
    signal: AbortSignal,
  ): Promise<Outcome<RowList, QueryFailure>> {
    const persons = withPersons(request.query, this.#options.catalog())
    if (!persons.ok) return persons
    const listed = request.dataset ?? request.query.dataset
    const { id, storage } = findDataset(listed, this.#options.catalog()) ?? {}
    const live = storage?.kind === 'live' && id !== undefined
    const trouble = live ? await this.#freshen(id, signal) : undefined
    if (trouble && !trouble.ok) return trouble
    return this.#lists.open({ ...request, query: persons.value }, this.#options.catalog(), signal)
  }

  rowsWindow(
    key: string,
    offset: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<Outcome<RowsPage, QueryFailure>> {
    const catalog = this.#keepsVersions ? undefined : this.#options.catalog()
    return this.#lists.window(key, offset, limit, signal, catalog)
  }

  /** Rows of a dataset by their numbers, every field of its own; numbers beyond its rows come back blank. */
  async rowsById(
    dataset: string,
    rows: readonly number[],
    signal: AbortSignal,
  ): Promise<Outcome<NumberedRows, QueryFailure>> {
    const catalog = this.#options.catalog()
    const fields = findDataset(dataset, catalog)?.fields ?? []
    const resolved = resolve(
      {
        ...{ dataset, rows: fields.map(({ name }) => ({ field: name })), columns: [] },
        ...{ measures: [], filters: [], totals: { rows: 'none', columns: 'none' } },
      },
      catalog,
    )
    if (!resolved.ok) return resolved
    const { value } = resolved
    const list = {
      ...{ ids: Int32Array.from(rows), resolved: value, fields: value.rows },
      target: targetOf(value),
    }
    try {
      const page = await new RowPages(this.#tools).page(list, 0, rows.length, signal)
      return ok({ fields: fields.map(({ name }) => name), columns: page.columns })
    } catch (error) {
      if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
      throw error
    }
  }

  /** The members of a field with their rows, in the field's own order as charts have it; of too many the most frequent. */
  async values(
    ask: z.output<typeof FieldValuesAsk>,
    signal: AbortSignal,
  ): Promise<Outcome<z.output<typeof FieldValues>, QueryFailure>> {
    const dataset = findDataset(ask.dataset, this.#options.catalog())
    if (!dataset) return fail('dataset/notFound', { dataset: ask.dataset })
    const isText = ownFields(dataset).find((field) => field.name === ask.field)?.type === 'text'
    const asked = (
      sort: NonNullable<ReportQuery['rows']>[number]['sort'],
    ): Promise<Outcome<QueryResult, QueryFailure>> =>
      this.run(
        {
          dataset: ask.dataset,
          rows: [{ field: ask.field, ...(sort ? { sort } : {}) }],
          columns: [],
          measures: [{ aggregate: 'count', as: 'rows' }],
          filters:
            ask.search !== '' && isText
              ? [{ field: ask.field, op: 'contains', text: ask.search, ignoreCase: true }]
              : [],
          totals: { rows: 'none', columns: 'none' },
        },
        signal,
      )
    const ordered = await asked(undefined)
    const fits = !ordered.ok || ordered.value.rows.paths.length <= ask.limit
    const frequent = { by: 'measure', measure: 'rows', direction: 'descending' } as const
    const result = fits ? ordered : await asked(frequent)
    if (!result.ok) return result
    const { paths } = result.value.rows
    const counts = result.value.cells[0]
    return ok({
      total: paths.length,
      values: paths.slice(0, ask.limit).map((path, index) => ({
        value: path[0] ?? null,
        rows: Number(counts?.values[index] ?? 0),
      })),
    })
  }

  /** What all rows say about a column; kept for as long as the dataset's version stands. */
  async profile(
    ask: ProfileAsk,
    signal: AbortSignal,
  ): Promise<Outcome<ColumnProfile, QueryFailure>> {
    const asked = findDataset(ask.dataset, this.#options.catalog())
    const live = asked?.storage.kind === 'live'
    const trouble = live ? await this.#freshen(asked.id, signal) : undefined
    if (trouble && !trouble.ok) return trouble
    const key = `${asked ? versionKey(asked) : ''}|${ask.field}`
    const known = live ? undefined : this.#profiles.get(key)
    if (known) return ok(known)
    const profile = await profileColumn(ask, this.#options.catalog(), this.#tools, signal)
    if (profile.ok && !live) {
      this.#forgetOldProfiles()
      this.#profiles.set(key, profile.value)
    }
    return profile
  }

  /** Those of versions that are no longer asked. */
  #forgetOldProfiles(): void {
    const current = new Set(this.#options.catalog().datasets.map(versionKey))
    for (const key of this.#profiles.keys()) {
      if (!current.has(key.slice(0, key.indexOf('|')))) this.#profiles.delete(key)
    }
  }

  /** Versions and names of every dataset are part of the key: a related one may have changed as well. */
  #scope(catalog: QueryCatalog): string {
    const versions = catalog.datasets.map((one) => [versionKey(one), one.name])
    const relations = catalog.relations.map(({ id, map }) => `${id}:${map?.path ?? ''}`).join(',')
    const calendars = JSON.stringify(catalog.calendars ?? [])
    return `${JSON.stringify(versions)}|${relations}|${calendars}|${this.#options.clock().today}`
  }

  /** Undefined when all is well. */
  async #freshen(dataset: string, signal: AbortSignal): Promise<Answer | undefined> {
    try {
      await this.#options.freshen?.(dataset, signal)
      return undefined
    } catch (error) {
      // Its codes are those a question may fail with.
      if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
      throw error
    }
  }

  /** One run for equal questions asked at once; it stops only when the last asker has left. */
  async #share(
    key: string,
    query: ReportQuery,
    signal: AbortSignal,
    start: (own: AbortSignal) => Promise<Asked>,
  ): Promise<{ readonly query: ReportQuery; readonly answer: Asked }> {
    if (signal.aborted) return { query, answer: fail('query/cancelled') }
    let shared = this.#running.get(key)
    if (!shared) {
      const abort = new AbortController()
      const answer = start(abort.signal).finally(() => {
        if (this.#running.get(key)?.abort === abort) this.#running.delete(key)
      })
      shared = { query, answer, abort, askers: 0 }
      this.#running.set(key, shared)
    }
    const joined = shared
    joined.askers++
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        joined.askers--
        if (joined.askers === 0) {
          this.#running.delete(key)
          joined.abort.abort()
        }
        resolve({ query, answer: fail('query/cancelled') })
      }
      signal.addEventListener('abort', leave, { once: true })
      joined.answer.then(
        (answer) => {
          signal.removeEventListener('abort', leave)
          resolve({ query: joined.query, answer })
        },
        (error: unknown) => {
          signal.removeEventListener('abort', leave)
          reject(error instanceof Error ? error : new Error(String(error)))
        },
      )
    })
  }
}

/** At once, so that another asker of the same question finds the answer. */
function laidOut(query: ReportQuery, levels: Levels): Answer {
  try {
    return ok(layOut(query, levels))
  } catch (error) {
    if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
    throw error
  }
}

/** Who is whom may change while the rows stay. */
function versionKey({ id, version, companion }: QueryDataset): string {
  const beside = companion?.storage.path ?? ''
  return `${id}:${version}:${beside}`
}
