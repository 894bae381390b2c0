import { fail, ok } from '../../../shared/errors.ts'
import type { QueryService } from '../query/query-service.ts'
import type { HandlerGroup } from './handler-group.ts'

/** Blocks of one batch asked at once: as many as the query process has connections. */
const atOnce = 2

export function createQueryHandlers(queries: QueryService): HandlerGroup<'query' | 'rows'> {
  const lane = ({ background }: { readonly background?: boolean }): QueryService =>
    background === true ? queries.background : queries
  return {
    'query.run': ({ query }, call) => lane(call).run(query, call.signal),
    'query.batch': async ({ blocks }, call) => {
      const { signal, part } = call
      const waiting = [...blocks]
      let answered = 0
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const { block, query } = next
          const answer = await lane(call).run(query, signal)
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
    'query.explain': ({ query }, { signal }) => queries.explain(query, signal),
    'rows.open': (request, call) => lane(call).openRows(request, call.signal),
    'rows.window': ({ key, offset, limit }, call) =>
      lane(call).rowsWindow(key, offset, limit, call.signal),
  }
}
