/** What page, command line and engine say to each other about the people behind member accounts. */
import { z } from 'zod'
import { CellValue } from '../data/cell-value.ts'
import { DatasetId } from '../data/dataset.ts'
import { FieldName } from '../data/field.ts'
import { PeopleSettings, PeopleSource, Percent, Trait } from './settings.ts'

const count = z.number().int().min(0)

export const PeopleId = z.string().regex(/^ppl_[a-z0-9]{6,24}$/)
export const PairId = z.number().int().min(1)

export const PeopleStep = z.strictObject({
  stage: z.enum(['reading', 'grouping', 'comparing', 'sorting', 'writing']),
  done: count,
  of: count,
})
export type PeopleStep = z.infer<typeof PeopleStep>

/** What the last search saw. */
export const PeopleSearch = z.strictObject({
  at: z.string(),
  rows: count,
  compared: count,
  /** Pairs worth a look; more than are kept when there are too many to review. */
  worth: count,
  kept: count,
  /** Of those: pairs the search before did not have. */
  fresh: count.optional(),
  crowded: z.strictObject({ groups: count, rows: count, pairs: count }),
  /** Pairs that were taken for one person by their score alone. */
  accepted: count,
})
export type PeopleSearch = z.infer<typeof PeopleSearch>

export const PeopleCounts = z.strictObject({
  /** Waiting to be looked at, those put off among them. */
  open: count,
  skipped: count,
  accepted: count,
  /** Of the accepted: by score alone. */
  unasked: count,
  rejected: count,
  /** People of two accounts or more, and their accounts. */
  merged: count,
  mergedAccounts: count,
  /** Rows, accounts and people of all lists, as questions count them now. */
  rows: count,
  accounts: count,
  persons: count,
})
export type PeopleCounts = z.infer<typeof PeopleCounts>

/** A dataset of the set as it stands, and what its person fields were last written from. */
export const PeopleSet = z.strictObject({
  id: PeopleId,
  settings: PeopleSettings,
  search: PeopleSearch.nullable(),
  counts: PeopleCounts,
  /** Open pairs without a contradiction by their chance in whole percent, 0 to 99: how many a limit accepts at most. */
  byPercent: z.array(count).length(100),
  /** The data has changed since the search: rows of the open pairs are not where they were. */
  outdated: z.boolean(),
  /** Decisions that questions do not know yet. */
  unwritten: count,
  /** The step that "undo" would take back. */
  last: z.enum(['same', 'different', 'skip', 'unasked']).nullable(),
})
export type PeopleSet = z.infer<typeof PeopleSet>

export const PeopleLook = z.strictObject({
  set: PeopleSet.nullable(),
  /** Member lists of the workspace with the columns that could be compared, the asked one first. */
  proposed: z.array(PeopleSource),
})
export type PeopleLook = z.infer<typeof PeopleLook>

export const FindPeople = z.strictObject({
  /** Of the set that is searched again; without one a new set is made. */
  set: PeopleId.optional(),
  settings: PeopleSettings,
  /** Pairs of this chance or more are accepted unasked. */
  acceptOver: Percent.nullable(),
})
export type FindPeople = z.output<typeof FindPeople>

export const PeoplePage = z.strictObject({
  set: PeopleId,
  offset: count,
  limit: z.number().int().min(1).max(200),
})
export type PeoplePage = z.output<typeof PeoplePage>

/** One row of a member list. */
export const PersonRecord = z.strictObject({
  dataset: DatasetId,
  key: z.string(),
  /** The compared columns first, then others of the list. */
  values: z.array(z.strictObject({ field: FieldName, trait: Trait.nullable(), value: CellValue })),
})
export type PersonRecord = z.infer<typeof PersonRecord>

export const ReviewPair = z.strictObject({
  id: PairId,
  total: z.number().int(),
  /** See `comparisonOf`. */
  levels: z.string().max(10),
  skipped: z.boolean(),
  /** The two accounts, then those already accepted as one person with either. */
  records: z.array(PersonRecord).min(2),
})
export type ReviewPair = z.infer<typeof ReviewPair>

export const Decision = z.enum(['same', 'different', 'skip'])
export type Decision = z.infer<typeof Decision>

/** Why two accounts are not joined just like that: others would come along. */
export const JoinConflict = z.strictObject({
  kind: z.enum(['rejected', 'contradiction']),
  mark: z.enum(['birthday', 'idNumber', 'gender']).nullable(),
  a: z.strictObject({ dataset: DatasetId, key: z.string() }),
  b: z.strictObject({ dataset: DatasetId, key: z.string() }),
})
export type JoinConflict = z.infer<typeof JoinConflict>

export const Decided = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('done'), set: PeopleSet }),
  /** Nothing was changed; asked again with `force` it is done. */
  z.strictObject({ state: z.literal('conflict'), conflict: JoinConflict }),
])
export type Decided = z.infer<typeof Decided>

export const UndoWhat = z.discriminatedUnion('what', [
  /** The newest step that was not undone. */
  z.strictObject({ what: z.literal('last') }),
  z.strictObject({ what: z.literal('person'), dataset: DatasetId, key: z.string() }),
  /** What was accepted by score alone. */
  z.strictObject({ what: z.literal('unasked') }),
  z.strictObject({ what: z.literal('rejected') }),
  z.strictObject({ what: z.literal('all') }),
])
export type UndoWhat = z.output<typeof UndoWhat>

export const MergedPerson = z.strictObject({
  /** Names the person, for taking it apart again. */
  founder: z.strictObject({ dataset: DatasetId, key: z.string() }),
  records: z.array(PersonRecord),
  /** Accounts that are no longer in the data. */
  missing: count,
  unasked: z.boolean(),
})
export type MergedPerson = z.infer<typeof MergedPerson>
