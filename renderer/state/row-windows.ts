import { useEffect, useRef, useState } from 'react'
import type { AppError } from '../../shared/errors.ts'
import type { RowList, RowsPage } from '../../shared/query/row-list.ts'
import type { App } from './app.ts'

/** Rows of one window asked from the engine. */
export const windowRows = 500

/** The windows of an open list that have come, and a way to ask for those that are looked at. */
export interface RowWindows {
  readonly pages: ReadonlyMap<number, RowsPage>
  readonly look: (first: number, last: number) => void
}

interface Arrived {
  readonly list: RowList
  readonly pages: ReadonlyMap<number, RowsPage>
}

const firstOf = (list: RowList): Arrived => ({ list, pages: new Map([[0, list.page]]) })

/** Fetches the windows of a list as they come into view; windows of an older list are thrown away. */
export function useRowWindows(app: App, list: RowList): RowWindows {
  const [arrived, setArrived] = useState(() => firstOf(list))
  const asked = useRef(new Set([0]))
  const latest = useRef(list)
  const told = useRef<RowList | null>(null)
  const current = arrived.list === list ? arrived : firstOf(list)
  useEffect(() => {
    asked.current = new Set([0])
    latest.current = list
    setArrived(firstOf(list))
  }, [list])
  /** Said once for a list; a window that did not come is asked again when it is looked at again. */
  const tell = (at: number, error: AppError): void => {
    if (latest.current !== list) return
    asked.current.delete(at)
    if (told.current === list) return
    told.current = list
    app.shell.tellError(error)
  }
  const look = (first: number, last: number): void => {
    for (let at = Math.floor(first / windowRows); at <= Math.floor(last / windowRows); at++) {
      if (asked.current.has(at)) continue
      asked.current.add(at)
      const ask = { key: list.key, offset: at * windowRows, limit: windowRows }
      void app.engine['rows.window'](ask).then((answer) => {
        if (!answer.ok) {
          tell(at, answer.error)
          return
        }
        setArrived((now) =>
          now.list === list ? { list, pages: new Map(now.pages).set(at, answer.value) } : now,
        )
      })
    }
  }
  return { pages: current.pages, look }
}
