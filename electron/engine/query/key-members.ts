import type { Member } from '../../../shared/data/cell-value.ts'
import { fewMembers } from '../../../shared/query/query-result.ts'
import type { MemberList } from '../../../shared/query/spread/member-index.ts'
import type { KeyKind } from './field-access.ts'
import { memberOfKey } from './field-access.ts'
import type { RawColumn } from './query-runner.ts'

/** Texts of the codes of one column that a question met. */
export type CodeTexts = ReadonlyMap<number, string>

/** The members of one dimension in the order they were met; blank is a member like any other. */
export class KeyMembers implements MemberList {
  readonly members: Member[] = []
  readonly #index = new Map<number | string | bigint | null, number>()
  readonly #key: KeyKind
  readonly #texts: CodeTexts | undefined

  constructor(key: KeyKind, texts?: CodeTexts) {
    this.#key = key
    this.#texts = texts
  }

  /** Members beyond 2^53 are text, yet ordered as the numbers they are. */
  get numeric(): boolean {
    return this.#key.kind === 'number'
  }

  /** Members that have an order of their own, as festivals in the year, by their keys. */
  get places(): readonly number[] | undefined {
    if (this.#key.kind !== 'calendar') return undefined
    return [...this.#index.keys()].map((key) => Number(key ?? Infinity))
  }

  /** All texts of a field that has few. */
  get all(): string[] | undefined {
    const texts = this.#texts
    if (this.#key.kind !== 'code' || texts === undefined || texts.size > fewMembers)
      return undefined
    return this.#key.at.field.distinct === texts.size ? [...texts.values()].sort() : undefined
  }

  indexAt(column: RawColumn, row: number): number {
    const raw = rawAt(column, row)
    const known = this.#index.get(raw)
    if (known !== undefined) return known
    const index = this.members.length
    this.#index.set(raw, index)
    this.members.push(this.#memberOf(raw))
    return index
  }

  #memberOf(raw: number | string | bigint | null): Member {
    if (raw === null) return null
    if (this.#key.kind === 'code') return this.#texts?.get(Number(raw)) ?? null
    return memberOfKey(this.#key, raw)
  }
}

function rawAt(column: RawColumn, row: number): number | string | bigint | null {
  if (column.kind === 'texts') return column.values[row] ?? null
  if (column.kind === 'wide') {
    // As in an answer without wide numbers: a member is one member at every level.
    const value = column.values[row] ?? null
    return value !== null && Number.isSafeInteger(Number(value)) ? Number(value) : value
  }
  const value = column.values[row] ?? NaN
  return Number.isNaN(value) ? null : value
}

/** The distinct codes of a key column, for looking their texts up. */
export function codesIn(column: RawColumn | undefined): number[] {
  if (column?.kind !== 'numbers') return []
  const codes = new Set<number>()
  for (const value of column.values) if (!Number.isNaN(value)) codes.add(value)
  return [...codes]
}
