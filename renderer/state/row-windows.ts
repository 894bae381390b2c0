import { useEffect, useMemo, useRef, useState } from 'react'
import type { Engine } from '../../shared/contract.ts'
import type { AppError } from '../../shared/errors.ts'
import type { RowList, RowsPage, RowsRequest } from '../../shared/query/row-list.ts'
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

type RowsEngine = Pick<Engine, 'rows.window' | 'rows.open'>

/**
 * Reads windows of an open list. The engine keeps few lists open: one that had to give way is opened again by its request,
 * unless other rows have come in its place. Null when the window cannot be had now.
 */
export function rowReader(
  engine: RowsEngine,
  list: RowList,
  request: RowsRequest | undefined,
): (at: number, onLost?: (error: AppError) => void) => Promise<RowsPage | null> {
  let key = list.key
  let opening: { readonly lost: string; readonly done: Promise<void> } | null = null
  const read = (at: number) =>
    engine['rows.window']({ key, offset: at * windowRows, limit: windowRows })
  const openAgain = async (asked: RowsRequest): Promise<void> => {
    const again = await engine['rows.open'](asked)
    if (again.ok && again.value.count === list.count) key = again.value.key
  }
  return async (at, onLost) => {
    const used = key
    const answer = await read(at)
    if (answer.ok) return answer.value
    const lost = (error: AppError): null => {
      onLost?.(error)
      return null
    }
    if (!request || answer.error.details['reason'] !== 'listClosed') return lost(answer.error)
    // Several windows may find the list closed at once: it is opened once for all of them.
    if (used === key && opening?.lost !== used) opening = { lost: used, done: openAgain(request) }
    await opening?.done
    const second = used === key ? answer : await read(at)
    return second.ok ? second.value : lost(second.error)
  }
}

/**
 * Fetches the windows of a list as they come into view; windows of an older list are thrown away. With the list's request
 * a list that was closed meanwhile is opened again; a window that could not be had is asked anew when it is looked at.
 */
export function useRowWindows(app: App, list: RowList, request?: RowsRequest): RowWindows {
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
  const reader = useMemo(() => rowReader(app.engine, list, request), [app, list, request])
  const look = (first: number, last: number): void => {
    for (let at = Math.floor(first / windowRows); at <= Math.floor(last / windowRows); at++) {
      if (asked.current.has(at)) continue
      asked.current.add(at)
      void reader(at, (error) => tell(at, error)).then((page) => {
        if (page)
          setArrived((now) =>
            now.list === list ? { list, pages: new Map(now.pages).set(at, page) } : now,
          )
      })
    }
  }
  return { pages: current.pages, look }
}
