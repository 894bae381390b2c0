import { useEffect, useState } from 'react'
import type { Engine } from '../../shared/contract.ts'
import type { AppError } from '../../shared/errors.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import type { RowList } from '../../shared/query/row-list.ts'
import { useApp } from '../state/app-context.ts'
import type { PreviewAsk } from './preview-question.ts'

/** Typing goes on for longer than this between two letters only when somebody thinks. */
const pauseMs = 250

interface Answered {
  readonly key: string
  readonly ask: PreviewAsk
  readonly result: QueryResult | null
  readonly rows: RowList | null
  readonly error: AppError | null
}

export interface Preview {
  /** The last answer, which may be to an earlier question. */
  readonly shown: Answered | null
  readonly loading: boolean
}

async function answer(
  engine: Engine,
  key: string,
  ask: PreviewAsk,
  signal: AbortSignal,
): Promise<Answered> {
  const [table, list] = await Promise.all([
    engine['query.run']({ query: ask.query }, { signal }),
    ask.rows ? engine['rows.open'](ask.rows, { signal }) : null,
  ])
  const error = table.ok ? (list && !list.ok ? list.error : null) : table.error
  const rows = list?.ok === true ? list.value : null
  return { key, ask, result: table.ok ? table.value : null, rows, error }
}

/** Asked once typing pauses; a newer question takes the place of one on its way. */
export function usePreview(ask: PreviewAsk | null): Preview {
  const app = useApp()
  const [shown, setShown] = useState<Answered | null>(null)
  const key = ask ? JSON.stringify(ask) : null
  useEffect(() => {
    if (key === null) return undefined
    const abort = new AbortController()
    const asked = JSON.parse(key) as PreviewAsk
    const timer = setTimeout(() => {
      void answer(app.engine, key, asked, abort.signal).then((next) => {
        if (!abort.signal.aborted) setShown(next)
      })
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [app, key])
  return { shown, loading: key !== null && shown?.key !== key }
}
