import { createHmac } from 'node:crypto'
import type { PersonalColumn } from '../../../../shared/export-words.ts'
import type { ExportRequest } from '../../../../shared/export-words.ts'
import type { PersonalMode } from '../../../../shared/data/personal.ts'
import { maskValue, sameValue } from '../../../../shared/data/personal.ts'
import type { ReportQuery } from '../../../../shared/query/report-query.ts'
import { drilledBlock } from '../../../../shared/report/drill.ts'
import { fieldNameOf, slotOf } from '../../../../shared/report/field-use.ts'
import { allPills } from '../../../../shared/report/shelves.ts'
import type { QueryCatalog, QueryDataset } from '../../query/query-catalog.ts'
import { ownFields } from '../../query/query-catalog.ts'
import { isFormula } from '../../query/expand-formulas.ts'
import { askedFields } from '../../query/resolve-parts.ts'
import { exportedPages } from '../ask-blocks.ts'
import type { ExportWords } from '../export-words.ts'
import type { Answers } from './masked-answers.ts'
import { MaskedAnswers } from './masked-answers.ts'
import type { KindOf } from './masked-report.ts'
import { maskedFilter, maskedReport } from './masked-report.ts'
import type { Label } from './masked-result.ts'

export interface PersonalNeeds {
  readonly catalog: () => QueryCatalog
  /** 32 random bytes in hexadecimal digits, the workspace's own. */
  readonly secret: () => string
}

/** What is exported, printed or answered to the command line passes through here on its way out. */
export class PersonalData {
  readonly #needs: PersonalNeeds

  constructor(needs: PersonalNeeds) {
    this.#needs = needs
  }

  answers(answers: Answers, mode: PersonalMode): Answers {
    if (mode === 'full') return answers
    return new MaskedAnswers(answers, this.#needs.catalog, this.#label(mode))
  }

  /** The request as it is drawn: its questions stay what they were. */
  request(request: ExportRequest): ExportRequest {
    if (request.personal === 'full') return request
    const label = this.#label(request.personal)
    return { ...request, report: maskedReport(request.report, this.#kindOf(request), label) }
  }

  words(words: ExportWords, request: ExportRequest): ExportWords {
    if (request.personal === 'full') return words
    const [kindOf, label] = [this.#kindOf(request), this.#label(request.personal)]
    return { ...words, filter: (filter) => words.filter(maskedFilter(filter, kindOf, label)) }
  }

  /** Statements without the values they are asked with, where a filter names people. */
  statements(sql: readonly string[], query: ReportQuery, mode: PersonalMode): string[] {
    if (mode === 'full') return [...sql]
    const resolved = askedFields(query, this.#needs.catalog())
    const named = resolved.ok && resolved.value.filters.some(({ at }) => at.field.personal)
    // A formula may compare a field with somebody's number.
    const computes = query.calculated !== undefined || query.measures.some(isFormula)
    const harmless = resolved.ok && !named && !computes
    return harmless ? [...sql] : sql.map((text) => text.replace(/\n-- \[.*$/s, ''))
  }

  /** Personal columns that the exported blocks show or are filtered by, each once, in the order they are met. */
  columns(
    request: Pick<ExportRequest, 'report' | 'bindings' | 'view' | 'scope'>,
  ): PersonalColumn[] {
    const kindOf = this.#kindOf(request)
    const found = new Map<string, PersonalColumn>()
    for (const page of exportedPages(request)) {
      for (const block of page.blockOrder.flatMap((id) => page.blocks[id] ?? [])) {
        const shown = drilledBlock(request.report, block, request.view.drill)
        const filters = [
          ...('filters' in block ? block.filters : []),
          ...(request.view.filters[block.id] ?? []),
        ]
        const fields = [...allPills(shown).map(({ use }) => use.field), ...filters.map(({ field }) => field)] // prettier-ignore
        for (const field of fields) {
          const kind = kindOf(field)
          if (kind === undefined) continue
          const dataset = this.#dataset(request, field)?.name ?? request.report.datasets[slotOf(field)]?.name ?? '' // prettier-ignore
          found.set(field, { dataset, field: fieldNameOf(field), kind })
        }
      }
    }
    return [...found.values()]
  }

  #dataset({ bindings }: Pick<ExportRequest, 'bindings'>, field: string): QueryDataset | undefined {
    const id = bindings[slotOf(field)]
    return this.#needs.catalog().datasets.find((dataset) => dataset.id === id)
  }

  /** By the dataset itself; a slot nothing is bound to says it by its own description. */
  #kindOf(request: Pick<ExportRequest, 'report' | 'bindings'>): KindOf {
    return (field) => {
      const name = fieldNameOf(field)
      const dataset = this.#dataset(request, field)
      if (dataset) return ownFields(dataset).find((one) => one.name === name)?.personal ?? undefined
      return request.report.datasets[slotOf(field)]?.fields.find((one) => one.name === name)
        ?.personal
    }
  }

  #label(mode: Exclude<PersonalMode, 'full'>): Label {
    if (mode === 'mask') return maskValue
    const key = Buffer.from(this.#needs.secret(), 'hex')
    // 64 bits: two of a million people share a token once in 37 million workspaces.
    return (kind, value) => {
      const same = `${kind}\u0000${sameValue(kind, value)}`
      return `p${createHmac('sha256', key).update(same).digest('hex').slice(0, 16)}`
    }
  }
}
