import type { SqlValue } from '../../sql/nodes.ts'
import type { QuerySession, ToQueryProcess } from '../query-messages.ts'
import type { LockedConnection } from './locked-duckdb.ts'
import { openLockedDuckDb } from './locked-duckdb.ts'
import { readColumns } from './read-columns.ts'

/** Two questions at once, so that a cheap one does not wait behind a heavy one; one connection runs one at a time. */
const connections = 2
const againAfterMs = 50

/** Answers over attached extracts. A connection never has two open results: the second would cut the first short. */
export async function openExtractSession(
  open: Extract<ToQueryProcess, { kind: 'openExtracts' }>,
): Promise<QuerySession> {
  const database = await openLockedDuckDb({
    extracts: open.extracts,
    memoryLimitMb: open.memoryLimitMb,
    tempFolder: open.tempFolder,
    threads: open.threads,
  })
  const free: LockedConnection[] = []
  for (let i = 0; i < connections; i++) free.push(await database.connect())
  const waiting: ((connection: LockedConnection) => void)[] = []
  const running = new Map<number, LockedConnection>()
  const withdrawn = new Set<number>()

  const take = (): Promise<LockedConnection> => {
    const connection = free.pop()
    if (connection) return Promise.resolve(connection)
    return new Promise((resolve) => waiting.push(resolve))
  }
  const giveBack = (connection: LockedConnection): void => {
    const next = waiting.shift()
    if (next) next(connection)
    else free.push(connection)
  }

  /** A statement that is only being prepared does not hear an interrupt, so it is told again until it has ended. */
  const stop = (id: number, connection: LockedConnection): void => {
    if (running.get(id) !== connection) return
    connection.interrupt()
    setTimeout(() => stop(id, connection), againAfterMs).unref()
  }

  return {
    async run(text, values: readonly SqlValue[], id) {
      const connection = await take()
      try {
        if (withdrawn.delete(id)) throw new Error('INTERRUPT')
        running.set(id, connection)
        const answer = readColumns(await connection.select(text, values))
        return { rows: answer.rows, columns: [...answer.columns] }
      } finally {
        running.delete(id)
        giveBack(connection)
      }
    },
    interrupt(id) {
      const connection = running.get(id)
      if (connection) stop(id, connection)
      else withdrawn.add(id)
    },
  }
}
