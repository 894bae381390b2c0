import { useEffect, useRef, useState } from 'react'
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
  const current = arrived.list === list ? arrived : firstOf(list)
  useEffect(() => {
    asked.current = new Set([0])
    setArrived(firstOf(list))
  }, [list])
  const look = (first: number, last: number): void => {
    for (let at = Math.floor(first / windowRows); at <= Math.floor(last / windowRows); at++) {
      if (asked.current.has(at)) continue
      asked.current.add(at)
      const ask = { key: list.key, offset: at * windowRows, limit: windowRows }
      void app.engine['rows.window'](ask).then((answer) => {
        if (!answer.ok) return
        setArrived((now) =>
          now.list === list ? { list, pages: new Map(now.pages).set(at, answer.value) } : now,
        )
      })
    }
  }
  return { pages: current.pages, look }
}
