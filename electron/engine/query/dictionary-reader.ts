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

/** Of a large dictionary so many texts that answers met are kept: a top-N asks for those of its ranking again. */
const keepMet = 20_000

const fieldKey = (path: string, at: FieldAt): string => `${path}\u0000${at.field.index}`

/** Texts of dictionary codes; a file never changes, so what was read stays true. */
export class DictionaryReader {
  readonly #runner: QueryRunner
  readonly #whole = new Map<string, CodeTexts>()
  readonly #met = new Map<string, Map<number, string>>()
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
    const key = fieldKey(storage.path, at)
    if (at.field.distinct > keepWhole) {
      const met = this.#met.get(key)
      if (met && codes.every((code) => met.has(code))) return met
      const listed = codes.length > longestList ? null : codes
      const read = await this.#read(storage.alias, at, listed, target, signal)
      if (listed) this.#meet(key, read)
      return read
    }
    const known = this.#whole.get(key)
    if (known) return known
    const texts = await this.#read(storage.alias, at, null, target, signal)
    const oldest = this.#whole.keys().next()
    if (this.#whole.size >= keepAtMost && oldest.done !== true) this.#whole.delete(oldest.value)
    this.#whole.set(key, texts)
    return texts
  }

  #meet(key: string, texts: CodeTexts): void {
    const met = this.#met.get(key)
    const kept = met && met.size + texts.size <= keepMet ? [...met, ...texts] : texts
    const oldest = this.#met.keys().next()
    if (!met && this.#met.size >= keepAtMost && oldest.done !== true) this.#met.delete(oldest.value)
    // A new map each time: an answer on its way reads the one it was given.
    this.#met.set(key, new Map(kept))
  }

  /**
   * What filters need to compare codes instead of texts: the dictionaries of these fields, and of those that are too large
   * the texts lately met, where they are all that is asked for.
   */
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
      const key = fieldKey(storage.path, at)
      const whole = known.get(key)
      if (whole) return texts.flatMap((text) => whole.get(text) ?? [])
      const met = this.#met.get(key)
      const codes = met && texts.flatMap((text) => this.#byText(met).get(text) ?? [])
      return codes?.length === texts.length ? codes : undefined
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
