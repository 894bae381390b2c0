import { describe, expect, it } from 'vitest'
import type { Part } from '../../../../shared/contract.ts'
import { appError, fail, ok } from '../../../../shared/errors.ts'
import type { Outcome } from '../../../../shared/errors.ts'
import type { ReportQuery } from '../../../../shared/query/report-query.ts'
import { newBlock } from '../../../../shared/report/new-block.ts'
import type { Question } from '../../../../shared/report/page-questions.ts'
import type { Clock } from '../../../../renderer/state/results-store.ts'
import { createResultsStore } from '../../../../renderer/state/results-store.ts'
import { cannedSales } from '../../../support/canned-sales.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { answerNaively } from '../../../support/naive-query.ts'
import { repeatableIds } from '../../../support/report-builder.ts'

interface OpenBatch {
  readonly blocks: readonly { block: string; query: unknown }[]
  readonly answer: (block: string) => void
  readonly end: (outcome?: Outcome<{ answered: number }>) => void
  readonly aborted: () => boolean
}

/** A store over an engine whose batches the test answers by hand, and a clock it turns. */
function setUp() {
  const batches: OpenBatch[] = []
  const timers: { at: number; task: () => void }[] = []
  let now = 0
  const { engine } = createFakeEngine({
    'query.batch': ({ blocks }, options) =>
      new Promise((resolve) => {
        batches.push({
          blocks,
          answer: (block) => {
            const query = blocks.find((one) => one.block === block)!.query as ReportQuery
            const part: Part<'query.batch'> = {
              block,
              ok: true,
              result: answerNaively(cannedSales, query),
            }
            options?.onPart?.(part)
          },
          end: (outcome = ok({ answered: blocks.length })) => resolve(outcome as never),
          aborted: () => options?.signal?.aborted ?? false,
        })
      }),
  })
  const clock: Clock = {
    now: () => now,
    after: (ms, task) => void timers.push({ at: now + ms, task }),
  }
  const turn = (ms: number): void => {
    now += ms
    for (const timer of timers.splice(0)) {
      if (timer.at <= now) timer.task()
      else timers.push(timer)
    }
  }
  const results = createResultsStore(engine, clock)
  const of = (id: string) => results.store.getState().blocks[id]!
  return { results, batches, turn, of }
}

const block = (id: string) => ({
  ...newBlock('chart', { x: 0, y: 0, w: 6, h: 6 }, repeatableIds()),
  id,
})
const blocks = { bk_one1: block('bk_one1'), bk_two2: block('bk_two2') }
const question = (field: string): Question => ({
  kind: 'query',
  query: {
    dataset: cannedSales.id,
    rows: [{ field }],
    columns: [],
    measures: [{ aggregate: 'count', as: 'n' }],
    filters: [],
    totals: { rows: 'none', columns: 'none' },
  },
})
const shownField = (shown: ReturnType<ReturnType<typeof setUp>['of']>['shown']): unknown =>
  shown?.answer.state === 'result' ? shown.answer.result.rows.fields[0]?.field : shown?.answer.state

describe('asking', () => {
  it('sends the questions of one interaction as one batch, and no question twice', () => {
    const { results, batches } = setUp()
    results.ask({ bk_one1: question('大区'), bk_two2: question('品类') }, blocks)
    results.ask({ bk_one1: question('大区'), bk_two2: question('品类') }, blocks)
    expect(batches.map((batch) => batch.blocks.map((one) => one.block))).toEqual([
      ['bk_one1', 'bk_two2'],
    ])
  })

  it('asks only the blocks whose question changed', () => {
    const { results, batches } = setUp()
    results.ask({ bk_one1: question('大区'), bk_two2: question('品类') }, blocks)
    results.ask({ bk_one1: question('大区'), bk_two2: question('门店') }, blocks)
    expect(batches[1]!.blocks.map((one) => one.block)).toEqual(['bk_two2'])
  })

  it('says why a block has nothing to ask, without asking', () => {
    const { results, batches, of } = setUp()
    results.ask({ bk_one1: { kind: 'none', reason: 'noFields' } }, blocks)
    expect(batches).toHaveLength(0)
    expect(of('bk_one1').shown?.answer).toEqual({ state: 'none', reason: 'noFields' })
  })
})

describe('stale answers', () => {
  it('never shows an old answer for a newer question, whichever comes first', () => {
    const { results, batches, of } = setUp()
    results.ask({ bk_one1: question('大区') }, blocks)
    results.ask({ bk_one1: question('门店') }, blocks)
    batches[1]!.answer('bk_one1')
    batches[0]!.answer('bk_one1')
    expect(shownField(of('bk_one1').shown)).toBe('门店')
    expect(of('bk_one1').loading).toBe(false)
  })

  it('throws an old answer away while the new one is on its way', () => {
    const { results, batches, of } = setUp()
    results.ask({ bk_one1: question('大区') }, blocks)
    results.ask({ bk_one1: question('门店') }, blocks)
    batches[0]!.answer('bk_one1')
    expect(of('bk_one1')).toMatchObject({ loading: true, shown: null })
  })

  it('forgets answers that arrive after everything was cleared', () => {
    const { results, batches, of } = setUp()
    results.ask({ bk_one1: question('大区') }, blocks)
    results.clear()
    results.ask({ bk_one1: question('门店') }, blocks)
    batches[0]!.answer('bk_one1')
    expect(of('bk_one1').shown).toBeNull()
  })

  it('cancels a batch only when every open block of it has a newer question', () => {
    const { results, batches } = setUp()
    results.ask({ bk_one1: question('大区'), bk_two2: question('品类') }, blocks)
    results.ask({ bk_one1: question('门店') }, blocks)
    expect(batches[0]!.aborted()).toBe(false)
    results.ask({ bk_two2: question('门店') }, blocks)
    expect(batches[0]!.aborted()).toBe(true)
  })
})

describe('waiting', () => {
  it('keeps quiet for 150 ms and then says it is slow', () => {
    const { results, turn, of } = setUp()
    results.ask({ bk_one1: question('大区') }, blocks)
    turn(149)
    expect(of('bk_one1').slow).toBe(false)
    turn(1)
    expect(of('bk_one1').slow).toBe(true)
  })

  it('does not call an answered block slow', () => {
    const { results, batches, turn, of } = setUp()
    results.ask({ bk_one1: question('大区') }, blocks)
    turn(20)
    batches[0]!.answer('bk_one1')
    turn(500)
    expect(of('bk_one1')).toMatchObject({ slow: false, loading: false, tookMs: 20 })
  })
})

describe('failing', () => {
  it('gives the error of the whole batch to the blocks that got no answer, and asks again on demand', async () => {
    const { results, batches, of } = setUp()
    results.ask({ bk_one1: question('大区'), bk_two2: question('品类') }, blocks)
    batches[0]!.answer('bk_one1')
    batches[0]!.end(fail('query/processLost', {}, true))
    await Promise.resolve()
    await Promise.resolve()
    await Promise.resolve()
    expect(of('bk_one1').shown?.answer.state).toBe('result')
    expect(of('bk_two2').shown?.answer).toEqual({
      state: 'error',
      error: appError('query/processLost', {}, true),
    })
    results.retry('bk_two2')
    expect(batches[1]!.blocks.map((one) => one.block)).toEqual(['bk_two2'])
  })
})
