/** Who is whom as the catalogue keeps it. */
import { z } from 'zod'
import type { Decision } from '../../../../shared/people/people-words.ts'
import { PeopleSearch } from '../../../../shared/people/people-words.ts'
import { PeopleSettings } from '../../../../shared/people/settings.ts'
import type { StoredField } from './dataset-versions.ts'

const Searched = z.record(z.string(), z.number())
const Totals = z.strictObject({ rows: z.number(), accounts: z.number(), persons: z.number() })
export type PeopleTotals = z.infer<typeof Totals>

export interface StoredPeopleSet {
  readonly id: string
  readonly settings: PeopleSettings
  readonly search: PeopleSearch | null
  /** Version of each dataset at the last search. */
  readonly searched: Readonly<Record<string, number>>
  readonly totals: PeopleTotals | null
  readonly revision: number
  readonly written: number
}

export interface StoredAccount {
  readonly id: number
  readonly dataset: string
  readonly key: string
  readonly row: number | null
  readonly birthday: string
  readonly idNumber: string
  readonly gender: string
}

export interface StoredPair {
  readonly id: number
  readonly a: number
  readonly b: number
  readonly total: number
  readonly levels: string
  readonly state: 'open' | 'same' | 'different'
  readonly unasked: number
  readonly held: number
  readonly skipped: number | null
}

export type NewAccount = Omit<StoredAccount, 'id'>
export interface NewPair {
  /** Places among the accounts found with it. */
  readonly a: number
  readonly b: number
  readonly total: number
  readonly levels: string
}

export interface WrittenCompanion {
  readonly dataset: string
  readonly version: number
  readonly file: string
  readonly fields: readonly StoredField[]
}

export type StepKind = Decision | 'unasked'

export interface SetRow {
  readonly id: string
  readonly settings: string
  readonly search: string | null
  readonly searched: string
  readonly totals: string | null
  readonly revision: number
  readonly written: number
}

/** A dataset that was removed, or is compared in another set now, is no source any more. */
export function readSet(row: SetRow, datasets: ReadonlySet<string>): StoredPeopleSet {
  const settings = PeopleSettings.parse(JSON.parse(row.settings))
  const sources = settings.sources.filter(({ dataset }) => datasets.has(dataset))
  return {
    ...{ id: row.id, revision: row.revision, written: row.written },
    settings: { ...settings, sources },
    search: row.search === null ? null : PeopleSearch.parse(JSON.parse(row.search)),
    searched: Searched.parse(JSON.parse(row.searched)),
    totals: row.totals === null ? null : Totals.parse(JSON.parse(row.totals)),
  }
}
