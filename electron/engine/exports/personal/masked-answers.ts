import type { PersonalKind } from '../../../../shared/data/personal.ts'
import type { Outcome } from '../../../../shared/errors.ts'
import { fail, ok } from '../../../../shared/errors.ts'
import type { QueryResult } from '../../../../shared/query/query-result.ts'
import type { ReportQuery } from '../../../../shared/query/report-query.ts'
import type { RowList, RowsPage, RowsRequest } from '../../../../shared/query/row-list.ts'
import type { QueryCatalog } from '../../query/query-catalog.ts'
import type { QueryService } from '../../query/query-service.ts'
import { resolve } from '../../query/resolve.ts'
import { askedFields } from '../../query/resolve-parts.ts'
import { listedFields, ownRequest, rowsQuery } from '../../query/rows-request.ts'
import type { QueryFailure } from '../../query/run-query.ts'
import type { Label } from './masked-result.ts'
import { maskedColumn, maskedMeasures, maskedResult } from './masked-result.ts'

/** What an export, a print page and the command line ask. */
export type Answers = Pick<QueryService, 'run' | 'openRows' | 'rowsWindow'>

type Kinds = readonly (PersonalKind | null)[]

/** Lists remembered at once: more than the query service itself keeps open. */
const knownLists = 64

/** The same answers with personal values written as labels. What cannot be told to be harmless is not answered. */
export class MaskedAnswers implements Answers {
  readonly #answers: Answers
  readonly #catalog: () => QueryCatalog
  readonly #label: Label
  readonly #lists = new Map<string, Kinds>()

  constructor(answers: Answers, catalog: () => QueryCatalog, label: Label) {
    this.#answers = answers
    this.#catalog = catalog
    this.#label = label
  }

  async run(query: ReportQuery, signal: AbortSignal): Promise<Outcome<QueryResult, QueryFailure>> {
    const answer = await this.#answers.run(query, signal)
    if (!answer.ok) return answer
    const resolved = askedFields(query, this.#catalog())
    return resolved.ok ? ok(maskedResult(answer.value, resolved.value, this.#label)) : resolved
  }

  async openRows(
    request: RowsRequest,
    signal: AbortSignal,
  ): Promise<Outcome<RowList, QueryFailure>> {
    const answer = await this.#answers.openRows(request, signal)
    if (!answer.ok) return answer
    const catalog = this.#catalog()
    const { own, places } = ownRequest(request, catalog)
    const resolved = resolve(rowsQuery(own), catalog)
    if (!resolved.ok) return resolved
    const listed = listedFields(own, resolved.value, catalog)
    if (!listed.ok) return listed
    const asked = askedFields(request.query, catalog)
    if (!asked.ok) return asked
    const list = answer.value
    const kinds = listed.value.fields.map(({ field }) => field.personal ?? null)
    this.#remember(list.key, kinds)
    const { measures, cells } = maskedMeasures(
      list.measures,
      list.totals,
      places.flatMap((place) => asked.value.measures[place] ?? []),
      this.#label,
    )
    return ok({
      ...list,
      fields: list.fields.map((field, index) => {
        if (kinds[index] == null) return field
        const { name, role } = field
        return { name, role: role === 'measure' ? 'dimension' : role, type: 'text' }
      }),
      measures,
      totals: cells,
      page: this.#page(list.page, kinds),
    })
  }

  async rowsWindow(
    key: string,
    offset: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<Outcome<RowsPage, QueryFailure>> {
    const kinds = this.#lists.get(key)
    // Opened by somebody else: nobody here knows which of its columns are personal.
    if (!kinds) return fail('query/invalid', { reason: 'listClosed' })
    const answer = await this.#answers.rowsWindow(key, offset, limit, signal)
    return answer.ok ? ok(this.#page(answer.value, kinds)) : answer
  }

  #page(page: RowsPage, kinds: Kinds): RowsPage {
    return {
      ...page,
      columns: page.columns.map((column, index) =>
        maskedColumn(column, kinds[index] ?? null, this.#label),
      ),
    }
  }

  #remember(key: string, kinds: Kinds): void {
    this.#lists.set(key, kinds)
    for (const oldest of this.#lists.keys()) {
      if (this.#lists.size <= knownLists) break
      this.#lists.delete(oldest)
    }
  }
}
