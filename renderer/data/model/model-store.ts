import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { Relationship } from '../../../shared/data/dataset.ts'
import type { RelationsFlow } from '../relations-flow.ts'

/** A field of a dataset, as one end of a line being drawn. */
export interface ColumnPoint {
  readonly dataset: string
  readonly field: string
}

export interface Drawing {
  readonly from: ColumnPoint
  /** Where the pointer is, on the plane. */
  readonly x: number
  readonly y: number
  readonly over: ColumnPoint | null
}

export interface ModelState {
  readonly drawing: Drawing | null
  /** The relationship that is looked at. */
  readonly chosen: string | null
  /** Datasets whose cards show all their fields. */
  readonly opened: ReadonlySet<string>
}

export type ModelStore = StoreApi<ModelState>

export const createModelStore = (): ModelStore =>
  createStore<ModelState>(() => ({ drawing: null, chosen: null, opened: new Set() }))

export function toggleOpened(store: ModelStore, dataset: string): void {
  store.setState(({ opened }) => {
    const next = new Set(opened)
    if (!next.delete(dataset)) next.add(dataset)
    return { opened: next }
  })
}

/**
 * Two columns brought together: related at once, whichever way round holds; where the datasets are related already the
 * columns become a further part of their key, to be looked at in the form first.
 */
export function connect(
  flow: RelationsFlow,
  relationships: readonly Relationship[],
  one: ColumnPoint,
  other: ColumnPoint,
): void {
  if (one.dataset === other.dataset) return
  const known = relationships.find(({ from, to }) =>
    [one.dataset, other.dataset].every((id) => id === from.dataset || id === to.dataset),
  )
  if (!known) {
    const ends = {
      from: { dataset: one.dataset, fields: [one.field] },
      to: { dataset: other.dataset, fields: [other.field] },
    }
    void flow.relate(ends, true)
    return
  }
  const [many, single] = known.from.dataset === one.dataset ? [one, other] : [other, one]
  flow.edit({
    id: known.id,
    from: { ...known.from, fields: [...known.from.fields, many.field] },
    to: { ...known.to, fields: [...known.to.fields, single.field] },
  })
}

/** By keys: the first column chosen fills the many side of the form, one of another dataset the one side. */
export function choosePoint(flow: RelationsFlow, point: ColumnPoint): void {
  const { draft } = flow.store.getState()
  const side = draft.from.dataset === '' || draft.from.dataset === point.dataset ? 'from' : 'to'
  const same = draft[side].dataset === point.dataset
  if (!same) flow.chooseDataset(side, point.dataset)
  const fields = flow.store.getState().draft[side].fields
  const free = fields.indexOf('')
  if (free < 0) flow.addKey()
  flow.chooseField(side, free < 0 ? fields.length : free, point.field)
}
