import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { DatasetInfo, Relationship } from '../../shared/data/dataset.ts'
import type { Field } from '../../shared/data/field.ts'
import type { RelationshipEnds } from '../../shared/data/import-words.ts'
import type { AppError } from '../../shared/errors.ts'
import { textIn } from '../../shared/text/messages.ts'
import type { Text } from '../../shared/text/messages.ts'
import type { App } from '../state/app.ts'
import { languageOf } from '../state/settings-store.ts'

export type Side = keyof RelationshipEnds

export interface RelationsState {
  readonly looking: boolean
  readonly proposals: readonly RelationshipEnds[]
  /** What the form says; an empty name is not chosen yet. */
  readonly draft: RelationshipEnds
  readonly making: RelationshipEnds | null
  /** What was refused last, and why. */
  readonly refused: { readonly ends: RelationshipEnds; readonly error: AppError } | null
  readonly made: RelationshipEnds | null
  readonly error: AppError | null
}

export interface RelationsFlow {
  readonly store: StoreApi<RelationsState>
  /** Asks what could be related now. */
  look(): Promise<void>
  /** Another dataset lets its field go: names seldom mean the same elsewhere. */
  choose(side: Side, part: Partial<RelationshipEnds[Side]>): void
  relate(ends: RelationshipEnds): Promise<void>
  /** Asks first. */
  remove(relationship: Relationship): Promise<void>
  cancel(): void
}

const noEnd = { dataset: '', field: '' }
const noEnds: RelationshipEnds = { from: noEnd, to: noEnd }

/** Datasets with rows of their own: a live one has no keys to map. */
export const relatable = (datasets: readonly DatasetInfo[]): DatasetInfo[] =>
  datasets.filter(({ mode }) => mode === 'extract')

/** Keys are compared as text: codes kept as text and as whole numbers meet, other types make no keys. */
export const keyFields = (dataset: DatasetInfo | undefined): Field[] =>
  (dataset?.fields ?? []).filter(
    ({ type, derived }) => derived === undefined && (type === 'text' || type === 'integer'),
  )

/** One relationship for a pair in one direction, as proposals have it: blocks name the other dataset, not the way to it. */
export const alreadyRelated = (
  { from, to }: RelationshipEnds,
  known: readonly RelationshipEnds[],
): boolean =>
  known.some((one) => one.from.dataset === from.dataset && one.to.dataset === to.dataset)

/** The relationship in words, datasets by their names. */
export function relationshipLine(app: App, { from, to }: RelationshipEnds, text: Text): string {
  const nameOf = (id: string): string => app.workspace.dataset(id)?.name ?? id
  return text('relations.line', {
    ...{ from: nameOf(from.dataset), fromField: from.field },
    ...{ to: nameOf(to.dataset), toField: to.field },
  })
}

export function createRelationsFlow(app: App): RelationsFlow {
  const store = createStore<RelationsState>(() => ({
    ...{ looking: false, proposals: [], draft: noEnds },
    ...{ making: null, refused: null, made: null, error: null },
  }))
  let abort = new AbortController()

  async function look(): Promise<void> {
    const datasets = app.workspace.store.getState().current?.datasets ?? []
    if (relatable(datasets).length < 2) return
    store.setState({ looking: true })
    const answer = await app.engine['relationship.propose']({})
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

  return {
    store,
    look,
    choose: (side, part) =>
      store.setState(({ draft }) => ({
        draft: {
          ...draft,
          [side]: { ...draft[side], ...(part.dataset === undefined ? {} : { field: '' }), ...part },
        },
        ...{ refused: null, made: null },
      })),
    async relate(ends) {
      abort = new AbortController()
      store.setState({ making: ends, refused: null, made: null, error: null })
      const answer = await app.engine['relationship.create'](ends, { signal: abort.signal })
      if (answer.ok) {
        store.setState({ making: null, made: ends, draft: noEnds })
        await changed()
        return
      }
      const stopped = answer.error.code === 'internal/cancelled'
      store.setState({ making: null, refused: stopped ? null : { ends, error: answer.error } })
    },
    async remove(relationship) {
      const text = textIn(languageOf(app.settings.store.getState()))
      const line = relationshipLine(app, relationship, text)
      const answer = await app.shell.ask({
        title: { key: 'relations.ask' },
        body: { key: 'relations.askBody', values: { line } },
        choices: [
          { id: 'remove', label: 'relations.removeIt', tone: 'danger' },
          { id: 'cancel', label: 'app.cancel', tone: 'primary' },
        ],
      })
      if (answer !== 'remove') return
      store.setState({ refused: null, made: null, error: null })
      const removed = await app.engine['relationship.remove']({ id: relationship.id })
      if (!removed.ok) store.setState({ error: removed.error })
      else app.shell.tell('success', { key: 'relations.removed', values: { line } })
      await changed()
    },
    cancel: () => abort.abort(),
  }
}
