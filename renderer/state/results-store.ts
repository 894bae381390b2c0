import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Engine } from '../../shared/contract.ts'
import type { AppError } from '../../shared/errors.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import type { ReportQuery } from '../../shared/query/report-query.ts'
import type { RowList, RowsRequest } from '../../shared/query/row-list.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { Question } from '../../shared/report/page-questions.ts'
import { createFlights } from './flights.ts'

export type Answer =
  | { readonly state: 'none'; readonly reason: Extract<Question, { kind: 'none' }>['reason'] }
  | { readonly state: 'result'; readonly query: ReportQuery; readonly result: QueryResult }
  | { readonly state: 'rows'; readonly request: RowsRequest; readonly list: RowList }
  | { readonly state: 'error'; readonly error: AppError }

/** An answer together with the block as it was when it was asked: the two always fit. */
export interface Shown {
  readonly block: Block
  readonly answer: Answer
}

export interface BlockResult {
  /** Grows with every question; an answer to an older number is thrown away. */
  readonly number: number
  readonly question: string
  readonly loading: boolean
  /** The wait has become long enough to say so: the last picture is taken away. */
  readonly slow: boolean
  /** The last answered question; while loading it is the one before, never shown as the answer to the new one. */
  readonly shown: Shown | null
  /** Milliseconds from asking to the answer, as the reader felt it. */
  readonly tookMs: number | null
}

export interface ResultsState {
  readonly blocks: Readonly<Record<string, BlockResult>>
}

export interface ResultsStore {
  readonly store: StoreApi<ResultsState>
  /** Asks what changed, in one batch; blocks that are not named are left alone. */
  ask(questions: Readonly<Record<string, Question>>, blocks: Readonly<Record<string, Block>>): void
  /** Asks a block again, as after an error. */
  retry(block: string): void
  /** Forgets everything: another report, or other data underneath. */
  clear(): void
}

/** Waiting that is not worth mentioning, in milliseconds. */
const slowAfter = 150

export interface Clock {
  readonly now: () => number
  readonly after: (ms: number, task: () => void) => void
}

/** A question on its way, with the block it was made of. */
export interface Asked {
  readonly number: number
  readonly question: Question
  readonly block: Block
  readonly askedAt: number
}

const fresh: BlockResult = {
  number: 0,
  question: '',
  loading: false,
  slow: false,
  shown: null,
  tookMs: null,
}

export function createResultsStore(engine: Engine, clock: Clock): ResultsStore {
  const store = createStore<ResultsState>(() => ({ blocks: {} }))
  const asked = new Map<string, Asked>()
  // One count for all blocks, never reset: after `clear` an old answer still finds no question.
  let lastNumber = 0

  function put(id: string, part: Partial<BlockResult>): void {
    store.setState(({ blocks }) => ({
      blocks: { ...blocks, [id]: { ...fresh, ...blocks[id], ...part } },
    }))
  }

  function settle(id: string, number: number, answer: Answer): void {
    const entry = asked.get(id)
    if (entry?.number !== number) return
    const tookMs = answer.state === 'none' ? null : clock.now() - entry.askedAt
    put(id, { loading: false, slow: false, tookMs, shown: { block: entry.block, answer } })
  }

  const flights = createFlights(engine, settle)

  function saySlowLater(ids: readonly string[]): void {
    const numbers = ids.map((id) => asked.get(id)?.number)
    clock.after(slowAfter, () => {
      ids.forEach((id, index) => {
        const now = store.getState().blocks[id]
        if (now?.loading === true && now.number === numbers[index]) put(id, { slow: true })
      })
    })
  }

  function start(entries: Readonly<Record<string, Omit<Asked, 'number' | 'askedAt'>>>): void {
    flights.leave(Object.keys(entries))
    const waiting: Record<string, Asked> = {}
    for (const [id, { question, block }] of Object.entries(entries)) {
      lastNumber += 1
      const entry: Asked = { number: lastNumber, question, block, askedAt: clock.now() }
      asked.set(id, entry)
      const loading = question.kind !== 'none'
      put(id, { number: lastNumber, question: JSON.stringify(question), loading, slow: false })
      if (question.kind === 'none')
        settle(id, lastNumber, { state: 'none', reason: question.reason })
      else waiting[id] = entry
    }
    saySlowLater(Object.keys(waiting))
    flights.send(waiting)
  }

  return {
    store,
    ask(questions, blocks) {
      const changed: Record<string, Omit<Asked, 'number' | 'askedAt'>> = {}
      for (const [id, question] of Object.entries(questions)) {
        const block = blocks[id]
        const same = store.getState().blocks[id]?.question === JSON.stringify(question)
        if (block && !same) changed[id] = { question, block }
      }
      if (Object.keys(changed).length > 0) start(changed)
    },
    retry(id) {
      const entry = asked.get(id)
      if (entry) start({ [id]: entry })
    },
    clear() {
      flights.leaveAll()
      asked.clear()
      store.setState({ blocks: {} })
    },
  }
}
