import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { DatasetInfo, Relationship } from '../../shared/data/dataset.ts'
import type { Field } from '../../shared/data/field.ts'
import type { ProposedRelationship, RelationshipEnds } from '../../shared/data/import-words.ts'
import type { AppError } from '../../shared/errors.ts'
import { textIn } from '../../shared/text/messages.ts'
import type { Text } from '../../shared/text/messages.ts'
import type { App } from '../state/app.ts'
import { languageOf } from '../state/settings-store.ts'
import type { RelationChange } from './relations-history.ts'
import { createRelationsHistory, turned } from './relations-history.ts'
import { reportsUsing } from './reports-using.ts'

export type Side = 'from' | 'to'

/** What the form says; an empty name is not chosen yet. With an id it changes that relationship. */
export type RelationDraft = RelationshipEnds & { readonly id?: string | undefined }

export interface RelationsState {
  readonly looking: boolean
  readonly proposals: readonly ProposedRelationship[]
  readonly draft: RelationDraft
  readonly making: RelationshipEnds | null
  /** What was refused last, and why. */
  readonly refused: { readonly ends: RelationshipEnds; readonly error: AppError } | null
  readonly made: RelationshipEnds | null
  readonly error: AppError | null
  readonly canUndo: boolean
  readonly canRedo: boolean
}

export interface RelationsFlow {
  readonly store: StoreApi<RelationsState>
  /** Asks what could be related now. */
  look(): Promise<void>
  /** Another dataset lets its fields go: names seldom mean the same elsewhere. */
  chooseDataset(side: Side, dataset: string): void
  chooseField(side: Side, index: number, field: string): void
  /** One more field on either side: a key of several. */
  addKey(): void
  dropKey(index: number): void
  /** Puts a relationship, or ends, into the form. */
  edit(draft: RelationDraft): void
  clear(): void
  /** `eitherWay` turns the ends when only the other side's key is unique. */
  relate(draft: RelationDraft, eitherWay?: boolean): Promise<void>
  /** Asks first. */
  remove(relationship: Relationship): Promise<void>
  undo(): Promise<void>
  redo(): Promise<void>
  cancel(): void
  /** Stops whatever is under way: nobody looks any more. */
  leave(): void
}

const noEnd = { dataset: '', fields: [''] }
export const noDraft: RelationDraft = { from: noEnd, to: noEnd }

/** Keys are compared as text: codes kept as text and as whole numbers meet; a day may be part of a key. */
export const keyFields = (dataset: DatasetInfo | undefined): Field[] =>
  (dataset?.fields ?? []).filter(
    ({ type, derived }) => derived === undefined && ['text', 'integer', 'date'].includes(type),
  )

/** One relationship for a pair in one direction, as proposals have it: blocks name the other dataset, not the way to it. */
export const alreadyRelated = (
  { from, to, id }: RelationDraft,
  known: readonly (RelationshipEnds & { readonly id?: string })[],
): boolean =>
  known.some(
    (one) => one.from.dataset === from.dataset && one.to.dataset === to.dataset && one.id !== id,
  )

/** The relationship in words, datasets by their names. */
export function relationshipLine(app: App, { from, to }: RelationshipEnds, text: Text): string {
  const nameOf = (id: string): string => app.workspace.dataset(id)?.name ?? id
  return text('relations.line', {
    ...{ from: nameOf(from.dataset), fromField: from.fields.join(' + ') },
    ...{ to: nameOf(to.dataset), toField: to.fields.join(' + ') },
  })
}

/** Every name chosen, none twice on a side. */
export function isWhole({ from, to }: RelationshipEnds): boolean {
  return [from, to].every(
    ({ dataset, fields }) =>
      dataset !== '' && !fields.includes('') && new Set(fields).size === fields.length,
  )
}

const fresh = { refused: null, made: null, error: null }
const nothingYet: RelationsState = {
  ...{ looking: false, proposals: [], draft: noDraft, making: null },
  ...{ ...fresh, canUndo: false, canRedo: false },
}

export function createRelationsFlow(app: App): RelationsFlow {
  const store = createStore<RelationsState>(() => nothingYet)
  let abort = new AbortController()
  let seeking = new AbortController()
  const history = createRelationsHistory(app, (canUndo, canRedo) =>
    store.setState({ canUndo, canRedo }),
  )

  async function look(): Promise<void> {
    const datasets = app.workspace.store.getState().current?.datasets ?? []
    // Of live ones nobody reads all values to find out what might be related.
    if (datasets.filter(({ mode }) => mode === 'extract').length < 2) return
    // An older look says nothing about the datasets as they are now.
    seeking.abort()
    const own = new AbortController()
    seeking = own
    store.setState({ looking: true })
    const answer = await app.engine['relationship.propose']({}, { signal: own.signal })
    if (own.signal.aborted) return
    store.setState(
      answer.ok
        ? { looking: false, proposals: answer.value.proposals }
        : { looking: false, proposals: [], error: answer.error },
    )
  }

  async function changed(): Promise<void> {
    await app.workspace.refresh()
    await look()
  }

  const change = (next: (draft: RelationDraft) => RelationDraft): void =>
    store.setState(({ draft }) => ({ draft: next(draft), ...fresh }))

  async function travel(by: () => Promise<AppError | null>): Promise<void> {
    store.setState(fresh)
    const error = await by()
    if (error) store.setState({ error })
    await changed()
  }

  async function relate(draft: RelationDraft, eitherWay: boolean): Promise<void> {
    abort = new AbortController()
    const { signal } = abort
    const before = knownOf(app, draft.id)
    const ends = { from: draft.from, to: draft.to }
    store.setState({ making: ends, ...fresh })
    const { answer, made } = await askEitherWay(app, draft, eitherWay, signal)
    if (answer.ok) {
      store.setState({ making: null, made, draft: noDraft })
      history.add({ before, after: made })
      await changed()
      return
    }
    const stopped = answer.error.code === 'internal/cancelled'
    store.setState({ making: null, refused: stopped ? null : { ends, error: answer.error } })
  }

  return {
    store,
    look,
    chooseDataset: (side, dataset) =>
      change((draft) => ({
        ...draft,
        [side]: { dataset, fields: draft[side].fields.map(() => '') },
      })),
    chooseField: (side, index, field) =>
      change((draft) => ({
        ...draft,
        [side]: { ...draft[side], fields: draft[side].fields.with(index, field) },
      })),
    addKey: () => change((draft) => eachSide(draft, (fields) => [...fields, ''])),
    dropKey: (index) => change((draft) => eachSide(draft, (fields) => fields.toSpliced(index, 1))),
    edit: ({ id, from, to }) => change(() => ({ from, to, ...(id === undefined ? {} : { id }) })),
    clear: () => change(() => noDraft),
    relate: (draft, eitherWay = false) => relate(draft, eitherWay),
    async remove(relationship) {
      if (!(await isMeant(app, relationship))) return
      store.setState(fresh)
      const removed = await app.engine['relationship.remove']({ id: relationship.id })
      const line = relationshipLine(
        app,
        relationship,
        textIn(languageOf(app.settings.store.getState())),
      )
      if (removed.ok) {
        history.add({ before: { from: relationship.from, to: relationship.to }, after: null })
        app.shell.tell('success', { key: 'relations.removed', values: { line } })
      } else store.setState({ error: removed.error })
      await changed()
    },
    undo: () => travel(() => history.undo()),
    redo: () => travel(() => history.redo()),
    cancel: () => abort.abort(),
    leave: () => {
      abort.abort()
      seeking.abort()
    },
  }
}

/** As drawn; the other way round when only there each key stands once. */
async function askEitherWay(
  app: App,
  draft: RelationDraft,
  eitherWay: boolean,
  signal: AbortSignal,
) {
  const made = { from: draft.from, to: draft.to }
  const answer = await app.engine['relationship.create'](draft, { signal })
  const isRepeated = !answer.ok && answer.error.code === 'relationship/duplicateKey'
  if (!eitherWay || !isRepeated || signal.aborted) return { answer, made }
  const other = await app.engine['relationship.create'](turned(made), { signal })
  return other.ok ? { answer: other, made: turned(made) } : { answer, made }
}

function eachSide(
  draft: RelationDraft,
  next: (fields: readonly string[]) => string[],
): RelationDraft {
  const { from, to } = draft
  return {
    ...draft,
    from: { ...from, fields: next(from.fields) },
    to: { ...to, fields: next(to.fields) },
  }
}

function knownOf(app: App, id: string | undefined): RelationChange['before'] {
  const known = app.workspace.store.getState().current?.relationships.find((one) => one.id === id)
  return known ? { from: known.from, to: known.to } : null
}

/** Says which reports would lose something. */
async function isMeant(app: App, relationship: Relationship): Promise<boolean> {
  const text = textIn(languageOf(app.settings.store.getState()))
  const line = relationshipLine(app, relationship, text)
  const reports = await reportsUsing(app, relationship)
  const answer = await app.shell.ask({
    title: { key: 'relations.ask' },
    body:
      reports.length === 0
        ? { key: 'relations.askBody', values: { line } }
        : {
            key: 'relations.askUsed',
            values: { line, reports: reports.join(text('list.separator')) },
          },
    choices: [
      { id: 'remove', label: 'relations.removeIt', tone: 'danger' },
      { id: 'cancel', label: 'app.cancel', tone: 'primary' },
    ],
  })
  return answer === 'remove'
}
