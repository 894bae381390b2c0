import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { ProofAsk } from '../../shared/query/proof.ts'
import type { ReportQuery } from '../../shared/query/report-query.ts'
import type { RowsRequest } from '../../shared/query/row-list.ts'
import type { FilterBlock } from '../../shared/report/blocks/filter-block.ts'
import type { ParameterValue } from '../../shared/report/formula.ts'
import type { Clipping } from '../../shared/report/paste/clipping.ts'
import type { Drill, Picks } from '../../shared/report/pick.ts'

/** What a reader has set at a filter control. */
export type ControlReading = Partial<Pick<FilterBlock, 'selected' | 'range'>>

/** What is forgotten when the report closes: nothing of it is saved or undone. */
export interface SessionState {
  readonly picks: Picks
  readonly drill: Drill
  readonly clipboard: Clipping | null
  readonly presenting: boolean
  /** Several blocks are being chosen by keys: moving on does not let go of those chosen. */
  readonly choosing: boolean
  /** Filter controls moved while presenting, by block: the report keeps what was designed. */
  readonly controls: Readonly<Record<string, ControlReading>>
  /** Parameters as set while presenting. */
  readonly parameters: Readonly<Record<string, ParameterValue>>
  readonly showFields: boolean
  readonly showInspector: boolean
  /** The text block being written in. */
  readonly editing: string | null
  /** Base rows behind a cell, open at the bottom. */
  readonly rows: { readonly title: string; readonly request: RowsRequest } | null
  /** A number being proved. */
  readonly proving: { readonly title: string; readonly ask: ProofAsk } | null
  /** The members of an Others being looked at. */
  readonly others: { readonly title: string; readonly query: ReportQuery } | null
}

export type SessionStore = StoreApi<SessionState>

const fresh: SessionState = {
  picks: {},
  drill: {},
  clipboard: null,
  presenting: false,
  choosing: false,
  controls: {},
  parameters: {},
  showFields: true,
  showInspector: true,
  editing: null,
  rows: null,
  proving: null,
  others: null,
}

export function createSessionStore(): SessionStore {
  return createStore<SessionState>(() => fresh)
}

/** A new report keeps the panels and the clipboard, nothing else. */
export function forgetReading(session: SessionStore): void {
  session.setState(({ clipboard }) => ({
    clipboard: clipboard && { ...clipboard, here: false },
    picks: {},
    drill: {},
    presenting: false,
    choosing: false,
    controls: {},
    parameters: {},
    editing: null,
    rows: null,
    proving: null,
    others: null,
  }))
}
