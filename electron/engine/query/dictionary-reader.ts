import { dictionaryTable } from '../extracts/extract-columns.ts'
import { duckdb } from '../sql/dialects/duckdb.ts'
import { column, inList, integer, select } from '../sql/nodes.ts'
import { print } from '../sql/printer.ts'
import type { CodesOf } from './filter-sql.ts'
import type { CodeTexts } from './key-members.ts'
import type { QueryRunner, RunTarget } from './query-runner.ts'
import type { FieldAt } from './resolve.ts'

/** Dictionaries up to this size are read once and kept; of larger ones only the codes a question met are read. */
const keepWhole = 50_000
const keepAtMost = 40
/** A longer list of codes costs the engine more than reading the texts it would leave out. */
const longestList = 5000

const fieldKey = (path: string, at: FieldAt): string => `${path}\u0000${at.field.index}`

/** Texts of dictionary codes; a file never changes, so what was read stays true. */
export class DictionaryReader {
  readonly #runner: QueryRunner
  readonly #whole = new Map<string, CodeTexts>()
  readonly #codes = new WeakMap<CodeTexts, ReadonlyMap<string, number>>()

  constructor(runner: QueryRunner) {
    this.#runner = runner
  }

  async texts(
    at: FieldAt,
    codes: readonly number[],
    target: RunTarget,
    signal: AbortSignal,
  ): Promise<CodeTexts> {
    const { storage } = at.source.dataset
    if (storage.kind !== 'extract' || codes.length === 0) return new Map()
    if (at.field.distinct > keepWhole) {
      const listed = codes.length > longestList ? null : codes
      return this.#read(storage.alias, at, listed, target, signal)
    }
    const key = fieldKey(storage.path, at)
    const known = this.#whole.get(key)
    if (known) return known
    const texts = await this.#read(storage.alias, at, null, target, signal)
    const oldest = this.#whole.keys().next()
    if (this.#whole.size >= keepAtMost && oldest.done !== true) this.#whole.delete(oldest.value)
    this.#whole.set(key, texts)
    return texts
  }

  /** What filters need to compare codes instead of texts: the dictionaries of these fields, those that are not too large. */
  async codesFor(
    fields: readonly FieldAt[],
    target: RunTarget,
    signal: AbortSignal,
  ): Promise<CodesOf> {
    const known = new Map<string, ReadonlyMap<string, number>>()
    for (const at of fields) {
      const { storage } = at.source.dataset
      if (storage.kind !== 'extract' || !at.field.coded || at.field.distinct > keepWhole) continue
      known.set(fieldKey(storage.path, at), this.#byText(await this.texts(at, [0], target, signal)))
    }
    return (at, texts) => {
      const { storage } = at.source.dataset
      if (storage.kind !== 'extract') return undefined
      const codes = known.get(fieldKey(storage.path, at))
      return codes && texts.flatMap((text) => codes.get(text) ?? [])
    }
  }

  #byText(texts: CodeTexts): ReadonlyMap<string, number> {
    const known = this.#codes.get(texts)
    if (known) return known
    const made = new Map([...texts].map(([code, text]) => [text, code]))
    this.#codes.set(texts, made)
    return made
  }

  async #read(
    alias: string,
    at: FieldAt,
    codes: readonly number[] | null,
    target: RunTarget,
    signal: AbortSignal,
  ): Promise<CodeTexts> {
    const statement = select({
      columns: [
        { expr: column('d', 'code'), as: 'code' },
        { expr: column('d', 'value'), as: 'value' },
      ],
      from: { kind: 'stored', catalog: alias, name: dictionaryTable(at.field.index) },
      as: 'd',
      where: codes && inList(column('d', 'code'), codes.map(integer)),
    })
    const answer = await this.#runner.run(target, print(statement, duckdb), signal)
    const found = answer.columns.get('code')
    const texts = answer.columns.get('value')
    const map = new Map<number, string>()
    if (found?.kind !== 'numbers' || texts?.kind !== 'texts') return map
    found.values.forEach((code, row) => map.set(code, texts.values[row] ?? ''))
    return map
  }
}
