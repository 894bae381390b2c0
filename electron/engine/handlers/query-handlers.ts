import { fail, ok } from '../../../shared/errors.ts'
import type { QueryService } from '../query/query-service.ts'
import type { HandlerGroup } from './handler-group.ts'

/** Blocks of one batch asked at once: as many as the query process has connections. */
const atOnce = 2

export function createQueryHandlers(queries: QueryService): HandlerGroup<'query' | 'rows'> {
  return {
    'query.run': ({ query }, { signal }) => queries.run(query, signal),
    'query.batch': async ({ blocks }, { signal, part }) => {
      const waiting = [...blocks]
      let answered = 0
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const { block, query } = next
          const answer = await queries.run(query, signal)
          if (signal.aborted) return
          answered++
          part(
            answer.ok
              ? { block, ok: true, result: answer.value }
              : { block, ok: false, error: answer.error },
          )
        }
      }
      await Promise.all(Array.from({ length: atOnce }, work))
      return signal.aborted ? fail('query/cancelled') : ok({ answered })
    },
    'query.explain': ({ query }) => Promise.resolve(queries.explain(query)),
    'rows.open': (request, { signal }) => queries.openRows(request, signal),
    'rows.window': ({ key, offset, limit }, { signal }) =>
      queries.rowsWindow(key, offset, limit, signal),
  }
}
