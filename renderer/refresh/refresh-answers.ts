/** What a dialog was opened for and what was answered in it: every try says all of it again, as nothing is kept before the last. */
import type { ColumnOverride, OverlapChoice } from '../../shared/data/import-words.ts'

/** Column by field; null lets the field go. */
export type Mapping = Readonly<Record<string, string | null>>

/** Which columns the fields are now, and how columns that changed their kind are to be read. */
export interface ColumnsAnswer {
  readonly mapping: Mapping
  readonly rules: readonly ColumnOverride[]
}

export type Appends = readonly {
  readonly dataset: string
  readonly files: readonly { readonly id: string; readonly name: string }[]
}[]

/** What the dialog was opened for, when it is not to read changed files. */
export interface RefreshFor {
  readonly appends?: Appends | undefined
  readonly likelyTotals?: string | undefined
}

interface Answers {
  readonly renames: Record<string, string[]>
  /** Of changed files; new ones are named. */
  readonly acceptLoss: true
  readonly acceptedFiles: string[]
}

function joined(before: Answers | undefined, mapping: Mapping, file: string | undefined): Answers {
  const renames = { ...before?.renames }
  for (const [field, column] of Object.entries(mapping)) {
    if (column !== null) renames[field] = [...(renames[field] ?? []), column]
  }
  const files = before?.acceptedFiles ?? []
  return { renames, acceptLoss: true, acceptedFiles: file === undefined ? files : [...files, file] }
}

export class RefreshAnswers {
  /** By dataset and file, for as long as the dialog is open. */
  readonly #passwords: Record<string, Record<string, string>> = {}
  readonly #mapped: Record<string, Answers> = {}
  readonly #rules: Record<string, readonly ColumnOverride[]> = {}
  readonly #overlaps: Record<string, OverlapChoice> = {}
  /** Files that are to join, until they have. */
  readonly #joining: Map<string, Appends[number]['files']>
  readonly #opened: Appends
  #likelyTotals: string | undefined

  constructor({ appends = [], likelyTotals }: RefreshFor) {
    this.#opened = appends
    this.#joining = new Map(appends.map(({ dataset, files }) => [dataset, files]))
    this.#likelyTotals = likelyTotals
  }

  /** The datasets it is about; none for those whose files changed. */
  get asked(): readonly string[] {
    return this.#likelyTotals === undefined ? [...this.#joining.keys()] : [this.#likelyTotals]
  }

  of(dataset: string) {
    const overlap = this.#overlaps[dataset]
    const files = this.#joining.get(dataset)
    const rules = this.#rules[dataset]
    return {
      ...this.#mapped[dataset],
      ...(rules === undefined || rules.length === 0 ? {} : { overrides: [...rules] }),
      ...(overlap === undefined ? {} : { overlap }),
      ...(files === undefined ? {} : { add: files.map(({ id }) => id) }),
      ...(this.#likelyTotals === dataset ? { leaveOutLikely: true } : {}),
      passwords: this.#passwords[dataset] ?? {},
    }
  }

  columns(dataset: string, { mapping, rules }: ColumnsAnswer, file: string | undefined): void {
    this.#mapped[dataset] = joined(this.#mapped[dataset], mapping, file)
    if (rules.length > 0) this.rule(dataset, rules)
  }

  /** Of one column the last word counts. */
  rule(dataset: string, rules: readonly ColumnOverride[]): void {
    const said = new Set(rules.map(({ column }) => column))
    const others = (this.#rules[dataset] ?? []).filter(({ column }) => !said.has(column))
    this.#rules[dataset] = [...others, ...rules]
  }

  overlap(dataset: string, overlap: OverlapChoice): void {
    this.#overlaps[dataset] = overlap
  }

  unlock(dataset: string, file: string, password: string): void {
    this.#passwords[dataset] = { ...this.#passwords[dataset], [file]: password }
  }

  /** Which of the files of its name that were to join it is; undefined where it is the only one. */
  placeOf(dataset: string, id: string): { place: number; count: number } | undefined {
    const all = this.#opened.find((one) => one.dataset === dataset)?.files ?? []
    const name = all.find((file) => file.id === id)?.name
    const alike = all.filter((file) => file.name === name)
    const place = alike.findIndex((file) => file.id === id) + 1
    return alike.length < 2 ? undefined : { place, count: alike.length }
  }

  /** How many of the files that are to join are left without it, named by its id; undefined where none are. */
  without(dataset: string, file: string): number | undefined {
    const files = this.#joining.get(dataset)
    if (files === undefined) return undefined
    const others = files.filter(({ id }) => id !== file)
    if (others.length > 0) this.#joining.set(dataset, others)
    else this.#joining.delete(dataset)
    return others.length
  }

  /** What it was opened for is done; what comes next is asked anew. */
  settle(dataset: string): void {
    this.#joining.delete(dataset)
    Reflect.deleteProperty(this.#mapped, dataset)
    Reflect.deleteProperty(this.#overlaps, dataset)
    // The dataset remembers them from here on.
    this.#rules[dataset] = []
    if (this.#likelyTotals === dataset) this.#likelyTotals = undefined
  }
}
