import { useEffect, useState } from 'react'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { ColumnProfile } from '../../shared/data/profile.ts'
import type { AppError } from '../../shared/errors.ts'
import { useApp } from '../state/app-context.ts'

export type ProfileState =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly profile: ColumnProfile }
  | { readonly state: 'failed'; readonly error: AppError }

/** The profile of a column; the engine keeps it, so asking again costs nothing. */
export function useProfile({ id, version }: DatasetInfo, field: string): ProfileState {
  const app = useApp()
  const key = `${id} ${version} ${field}`
  const [arrived, setArrived] = useState<{ key: string; now: ProfileState } | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    void app.engine['dataset.profile']({ dataset: id, field }, { signal }).then((answer) => {
      if (signal.aborted) return
      const now: ProfileState = answer.ok
        ? { state: 'ready', profile: answer.value }
        : { state: 'failed', error: answer.error }
      setArrived({ key, now })
    })
    return () => abort.abort()
  }, [app, id, field, key])
  return arrived?.key === key ? arrived.now : { state: 'loading' }
}
