/** What the jobs that find people and write down who is whom are told, and what they answer: plain data. */
import type { FieldType } from '../../../../shared/data/field.ts'
import type { ShownTrait, SurvivorRule, Trait } from '../../../../shared/people/settings.ts'
import type { PeopleStep } from '../../../../shared/people/people-words.ts'
import type { ExtractField } from '../../extracts/extract-columns.ts'

/** A column of an extract. */
export interface ColumnAt {
  readonly index: number
  readonly type: FieldType
  readonly coded: boolean
}

export interface PeopleSide {
  readonly dataset: string
  /** The extract file. */
  readonly path: string
  readonly rows: number
  readonly key: ColumnAt | null
  readonly fields: Partial<Record<Trait, ColumnAt>>
  readonly newest: ColumnAt | null
}

interface Workshop {
  readonly tempFolder: string
  readonly memoryLimitMb: number
  readonly threads: number
}

/** Dataset and key of an account. */
export type AccountPair = readonly [aDataset: string, aKey: string, bDataset: string, bKey: string]

export interface FindPeopleOrder extends Workshop {
  readonly sides: readonly PeopleSide[]
  /** Said to be different people: not to be asked about again. */
  readonly rejected: readonly AccountPair[]
  /** Accounts known to be one person, by a number of that person. */
  readonly joined: readonly (readonly [dataset: string, key: string, person: number])[]
  /** The best so many are answered. */
  readonly mostPairs: number
}

export interface FoundAccount {
  /** Place of its dataset among the sides. */
  readonly side: number
  readonly key: string
  readonly row: number
  readonly birthday: string
  /** Shortened beyond recognition. */
  readonly idNumber: string
  readonly gender: string
}

export interface FoundPair {
  readonly a: number
  readonly b: number
  readonly total: number
  /** See `comparisonText`. */
  readonly levels: string
}

export interface FindPeopleOutcome {
  /** Those some pair names, and those that are known from before. */
  readonly accounts: readonly FoundAccount[]
  /** The surest first. */
  readonly pairs: readonly FoundPair[]
  /** Rows that were compared at all, pairs that were, and pairs that were worth a look before the cap. */
  readonly rows: number
  readonly compared: number
  readonly worth: number
  /** Groups too large to compare everybody in them with everybody. */
  readonly crowded: { readonly groups: number; readonly rows: number; readonly pairs: number }
}

export interface WritePersonsOrder extends Workshop {
  readonly sides: readonly PeopleSide[]
  /** Accounts that are not alone, with the account their person is named after. */
  readonly joined: readonly (readonly [dataset: string, key: string, founderDataset: string, founderKey: string])[] // prettier-ignore
  readonly survivors: Readonly<Record<ShownTrait, SurvivorRule>>
  readonly words: {
    readonly person: string
    readonly accounts: string
    readonly shown: Readonly<Record<ShownTrait, string>>
  }
  /** One file for each side, to be made. */
  readonly targets: readonly string[]
}

export interface WrittenPersons {
  /** Of each side, in order. */
  readonly files: readonly { readonly fields: readonly ExtractField[]; readonly rows: number }[]
  /** Where accounts that are not alone stand now; those that are gone are left out. */
  readonly places: readonly (readonly [dataset: string, key: string, row: number])[]
  readonly rows: number
  readonly accounts: number
  readonly persons: number
}

export type { PeopleStep }
