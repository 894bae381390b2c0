import type { RelationshipEnds } from '../../shared/data/import-words.ts'
import type { AppError } from '../../shared/errors.ts'
import type { App } from '../state/app.ts'

/** Ends before and after; none for a relationship that was not there, or is gone. */
export interface RelationChange {
  readonly before: RelationshipEnds | null
  readonly after: RelationshipEnds | null
}

export interface RelationsHistory {
  add(change: RelationChange): void
  /** The error when it cannot be done any more; the step is forgotten then. */
  undo(): Promise<AppError | null>
  redo(): Promise<AppError | null>
}

export const turned = ({ from, to }: RelationshipEnds): RelationshipEnds => ({ from: to, to: from })

/** Steps back and forth; a relationship is found by its pair of datasets, since one made again has another id. */
export function createRelationsHistory(
  app: App,
  told: (canUndo: boolean, canRedo: boolean) => void,
): RelationsHistory {
  let past: readonly RelationChange[] = []
  let future: readonly RelationChange[] = []
  const tell = (): void => told(past.length > 0, future.length > 0)

  return {
    add(change) {
      past = [...past, change]
      future = []
      tell()
    },
    async undo() {
      const last = past.at(-1)
      if (!last) return null
      past = past.slice(0, -1)
      const error = await put(app, last.after, last.before)
      if (!error) future = [...future, last]
      tell()
      return error
    },
    async redo() {
      const last = future.at(-1)
      if (!last) return null
      future = future.slice(0, -1)
      const error = await put(app, last.before, last.after)
      if (!error) past = [...past, last]
      tell()
      return error
    },
  }
}

async function put(
  app: App,
  now: RelationshipEnds | null,
  wanted: RelationshipEnds | null,
): Promise<AppError | null> {
  const known = app.workspace.store
    .getState()
    .current?.relationships.find(
      ({ from, to }) => from.dataset === now?.from.dataset && to.dataset === now.to.dataset,
    )
  if (wanted) {
    const answer = await app.engine['relationship.create']({
      ...wanted,
      ...(known ? { id: known.id } : {}),
    })
    return answer.ok ? null : answer.error
  }
  if (!known) return null
  const answer = await app.engine['relationship.remove']({ id: known.id })
  return answer.ok ? null : answer.error
}
