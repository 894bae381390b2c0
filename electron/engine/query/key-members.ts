import type { Member } from '../../../shared/data/cell-value.ts'
import { othersMember } from '../../../shared/data/cell-value.ts'
import type { PlainGrain } from '../../../shared/data/grain.ts'
import type { PeriodGrain } from '../../../shared/query/period.ts'
import { isPeriod } from '../../../shared/query/period.ts'
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
  #others: number | undefined
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
    const places = new Array<number>(this.members.length).fill(Infinity)
    for (const [key, index] of this.#index) places[index] = Number(key ?? Infinity)
    return places
  }

  /** All texts of a field that has few. */
  get all(): string[] | undefined {
    const texts = this.#texts
    if (this.#key.kind !== 'code' || texts === undefined || texts.size > fewMembers)
      return undefined
    return this.#key.at.field.distinct === texts.size ? [...texts.values()].sort() : undefined
  }

  indexAt(column: RawColumn, row: number): number {
    return this.#indexOf(rawAt(column, row))
  }

  /** The member that stands for all beyond a top-N. */
  others(): number {
    this.#others ??= this.members.push(othersMember) - 1
    return this.#others
  }

  /** Every member of a kind of period, from the first to the last met; undefined where only the data knows them. */
  allPeriods(): number[] | undefined {
    if (this.#key.kind === 'calendar') return this.#between()
    if (this.#key.kind !== 'period') return undefined
    const { grain } = this.#key
    if (!isPeriod(grain)) {
      const [from, to] = partRange[grain]
      return range(from, to).map((part) => this.#indexOf(part))
    }
    const ends = this.#ends()
    if (!ends) return []
    const [from, to] = ends
    const known = [...this.#index.values()]
    return to - from > mostPeriods ? known : range(from, to).map((key) => this.#indexOf(key))
  }

  /** Of the retail calendar's periods those from the first to the last met, in their order. */
  get periods(): Member[] | undefined {
    if (this.#key.kind !== 'calendar' || !this.#key.keys.between) return undefined
    const { memberOf } = this.#key.keys
    return this.#keysBetween()?.map((key) => memberOf(key))
  }

  #between(): number[] | undefined {
    return this.#keysBetween()?.map((key) => this.#indexOf(key))
  }

  #keysBetween(): number[] | undefined {
    if (this.#key.kind !== 'calendar') return undefined
    const ends = this.#ends()
    const { between } = this.#key.keys
    if (!between || !ends) return undefined
    const [from, to] = ends
    return to - from > mostPeriods ? undefined : between(from, to)
  }

  /** The first and the last key met; more of them than a call takes arguments. */
  #ends(): readonly [first: number, last: number] | undefined {
    let [first, last] = [Infinity, -Infinity]
    for (const key of this.#index.keys()) {
      if (typeof key !== 'number') continue
      first = Math.min(first, key)
      last = Math.max(last, key)
    }
    return first <= last ? [first, last] : undefined
  }

  #indexOf(raw: number | string | bigint | null): number {
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

/** More periods without data than anyone looks through: the gaps are left out then. */
const mostPeriods = 10_000

const partRange: Readonly<Record<Exclude<PlainGrain, PeriodGrain>, readonly [number, number]>> = {
  quarterOfYear: [1, 4],
  monthOfYear: [1, 12],
  dayOfMonth: [1, 31],
  dayOfWeek: [1, 7],
  hourOfDay: [0, 23],
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n)

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
