import type { AppError } from '../../shared/errors.ts'
import type { JoinConflict, MergedPerson, PeopleSet, PeopleStep, ReviewPair } from '../../shared/people/people-words.ts' // prettier-ignore
import type { PeopleSource, Survivors } from '../../shared/people/settings.ts'
import { usualAutoAccept, usualSurvivors } from '../../shared/people/settings.ts'

export type PeopleTab = 'review' | 'merged' | 'setup'

export interface PeopleState {
  readonly status: 'loading' | 'failed' | 'ready'
  readonly error: AppError | null
  readonly set: PeopleSet | null
  /** Every list that could be compared, as it is or would be. */
  readonly sources: readonly PeopleSource[]
  readonly chosen: ReadonlySet<string>
  readonly survivors: Survivors
  readonly running: PeopleStep | 'starting' | null
  readonly tab: PeopleTab
  /** The first of the open pairs, in order, and which of them is looked at. */
  readonly pairs: readonly ReviewPair[]
  readonly place: number
  readonly conflict: { readonly pair: number; readonly conflict: JoinConflict } | null
  /** The limit for accepting by score. */
  readonly percent: number
  readonly merged: readonly MergedPerson[]
  readonly mergedTotal: number
  readonly busy: boolean
}

export const firstState: PeopleState = {
  status: 'loading',
  error: null,
  set: null,
  sources: [],
  chosen: new Set(),
  survivors: usualSurvivors,
  running: null,
  tab: 'review',
  pairs: [],
  place: 0,
  conflict: null,
  percent: usualAutoAccept,
  merged: [],
  mergedTotal: 0,
  busy: false,
}
