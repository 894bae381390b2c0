import { fail, ok } from '../../../shared/errors.ts'
import type { PersonalMode } from '../../../shared/data/personal.ts'
import type { Answers } from '../exports/personal/masked-answers.ts'
import type { PersonalData } from '../exports/personal/personal-data.ts'
import type { QueryService } from '../query/query-service.ts'
import type { HandlerGroup } from './handler-group.ts'

/** Blocks of one batch asked at once: as many as the query process has connections. */
const atOnce = 2

export interface QueryGuards {
  readonly personal: PersonalData
  /** What a print job's page is answered; undefined when there is no such job any more. */
  readonly printing: (jobId: string) => Answers | undefined
}

export function createQueryHandlers(
  queries: QueryService,
  { personal, printing }: QueryGuards,
): HandlerGroup<'query' | 'rows'> {
  const lane = ({ printJob }: { readonly printJob?: string }): Answers => {
    if (printJob === undefined) return queries
    return printing(printJob) ?? personal.answers(queries.background, 'mask')
  }
  /** The screen shows values as they are; whoever asks for the outside world says how they leave. */
  const leaving = (mode: PersonalMode | undefined, answers: Answers): Answers =>
    mode === undefined ? answers : personal.answers(answers, mode)
  return {
    'query.run': ({ query, personal: mode }, call) =>
      leaving(mode, lane(call)).run(query, call.signal),
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
    'query.explain': async ({ query, personal: mode }, { signal }) => {
      const explained = await queries.explain(query, signal)
      if (!explained.ok || mode === undefined) return explained
      const { plan, sql } = explained.value
      return ok({ plan, sql: personal.statements(sql, query, mode) })
    },
    'query.prove': (ask, { signal, part }) => {
      let rows = 0
      const onRows = (more: number): void => part({ rows: (rows += more) })
      return queries.prove(ask, onRows, signal)
    },
    'rows.open': (request, call) => lane(call).openRows(request, call.signal),
    'rows.window': ({ key, offset, limit }, call) =>
      lane(call).rowsWindow(key, offset, limit, call.signal),
  }
}
