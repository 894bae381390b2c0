import type { Engine } from '../../shared/contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { appError } from '../../shared/errors.ts'
import type { ReportQuery } from '../../shared/query/report-query.ts'
import type { RowsRequest } from '../../shared/query/row-list.ts'
import type { Answer, Asked } from './results-store.ts'

/** Questions on their way to the engine: one batch for all queries of an interaction, one call for each list of rows. */
export interface Flights {
  send(waiting: Readonly<Record<string, Asked>>): void
  /** These blocks have newer questions: a batch nobody waits for any more is cancelled. */
  leave(ids: readonly string[]): void
  leaveAll(): void
}

interface Flight {
  readonly abort: AbortController
  /** Blocks still without an answer, with the number of their question. */
  readonly open: Map<string, number>
}

type Settle = (id: string, number: number, answer: Answer) => void

async function flyBatch(
  engine: Engine,
  flight: Flight,
  queries: ReadonlyMap<string, ReportQuery>,
  settle: Settle,
): Promise<AppError | null> {
  const blocks = [...queries].map(([block, query]) => ({ block, query }))
  const outcome = await engine['query.batch'](
    { blocks },
    {
      signal: flight.abort.signal,
      onPart: (part) => {
        const query = queries.get(part.block)
        const number = flight.open.get(part.block)
        if (!query || number === undefined) return
        flight.open.delete(part.block)
        const { ok } = part
        settle(
          part.block,
          number,
          ok
            ? { state: 'result', query, result: part.result }
            : { state: 'error', error: part.error },
        )
      },
    },
  )
  return outcome.ok ? null : outcome.error
}

async function flyRows(
  engine: Engine,
  flight: Flight,
  id: string,
  request: RowsRequest,
  settle: Settle,
): Promise<AppError | null> {
  const outcome = await engine['rows.open'](request, { signal: flight.abort.signal })
  if (!outcome.ok) return outcome.error
  const number = flight.open.get(id)
  flight.open.delete(id)
  if (number !== undefined) settle(id, number, { state: 'rows', request, list: outcome.value })
  return null
}

export function createFlights(engine: Engine, settle: Settle): Flights {
  const flights = new Set<Flight>()

  /** Whatever stays unanswered at the end gets the call's error, or counts as a bug. */
  async function fly(
    entries: readonly (readonly [string, Asked])[],
    go: (flight: Flight) => Promise<AppError | null>,
  ): Promise<void> {
    const open = new Map(entries.map(([id, { number }]) => [id, number]))
    const flight: Flight = { abort: new AbortController(), open }
    flights.add(flight)
    const error = (await go(flight)) ?? appError('internal/bug', {}, true)
    flights.delete(flight)
    for (const [id, number] of open) settle(id, number, { state: 'error', error })
  }

  function land(flight: Flight): void {
    flights.delete(flight)
    flight.abort.abort()
  }

  return {
    send(waiting) {
      const entries = Object.entries(waiting)
      const asking = entries.filter(([, { question }]) => question.kind === 'query')
      const queries = new Map(
        asking.flatMap(([id, { question }]) =>
          question.kind === 'query' ? [[id, question.query] as const] : [],
        ),
      )
      if (queries.size > 0) void fly(asking, (flight) => flyBatch(engine, flight, queries, settle))
      for (const entry of entries) {
        const { question } = entry[1]
        if (question.kind !== 'rows') continue
        void fly([entry], (flight) => flyRows(engine, flight, entry[0], question.request, settle))
      }
    },
    leave(ids) {
      for (const flight of flights) {
        for (const id of ids) flight.open.delete(id)
        if (flight.open.size === 0) land(flight)
      }
    },
    leaveAll() {
      for (const flight of flights) {
        flight.open.clear()
        land(flight)
      }
    },
  }
}
