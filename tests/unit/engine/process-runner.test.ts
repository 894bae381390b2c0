import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ChildPort } from '../../../electron/engine/host.ts'
import { ProcessRunner } from '../../../electron/engine/runner/process-runner.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const graceMs = 500
const timeoutMs = 60_000

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A question withdrawn right after it was asked, in a process that says nothing of its own. */
function withdrawn() {
  const state = { killed: false, posted: [] as string[] }
  let say: (message: unknown) => void = () => undefined
  let exit: (expected: boolean) => void = () => undefined
  const port: ChildPort = {
    post: (message) => void state.posted.push((message as { kind: string }).kind),
    onMessage: (listener) => (say = listener),
    onExit: (listener) => (exit = listener),
    kill: () => {
      state.killed = true
      exit(true)
    },
  }
  const runner = new ProcessRunner({
    ...{ startProcess: () => port, current: () => [], memoryLimitMb: 1, threads: 1 },
    ...{ tempFolder: tempFolder(), timeoutMs, graceMs },
  })
  const abort = new AbortController()
  const target = { kind: 'extracts' as const, attach: [] }
  const asked = runner.run(target, { text: 'select 1', values: [] }, abort.signal)
  abort.abort()
  return { asked, state, say: (message: unknown) => say(message) }
}

const cancelled = { appError: { code: 'query/cancelled' } }

it('a process that is still starting is not ended for a withdrawn question', async () => {
  const { asked, state, say } = withdrawn()
  await vi.advanceTimersByTimeAsync(graceMs * 10)
  say({ kind: 'opened' })
  await vi.advanceTimersByTimeAsync(graceMs - 1)
  expect(state).toEqual({ killed: false, posted: ['openExtracts', 'run', 'interrupt'] })
  say({ kind: 'failed', id: 1, message: 'INTERRUPT', interrupted: true })
  await expect(asked).rejects.toMatchObject(cancelled)
  await vi.advanceTimersByTimeAsync(graceMs)
  expect(state.killed).toBe(false)
})

it('a process that does not obey in its time once it is open is ended', async () => {
  const { asked, state, say } = withdrawn()
  const rejected = expect(asked).rejects.toMatchObject(cancelled)
  say({ kind: 'opened' })
  await vi.advanceTimersByTimeAsync(graceMs + 1)
  expect(state.killed).toBe(true)
  await rejected
})

it('a process that never opens is ended when the question is out of time', async () => {
  const { asked, state } = withdrawn()
  const rejected = expect(asked).rejects.toMatchObject(cancelled)
  await vi.advanceTimersByTimeAsync(timeoutMs + 1)
  expect(state.killed).toBe(true)
  await rejected
})

it('closing ends the processes that still answer what they were asked before a new version', async () => {
  const killed: number[] = []
  let started = 0
  const startProcess = (): ChildPort => {
    const place = started++
    let exit: (expected: boolean) => void = () => undefined
    return {
      ...{ post: () => undefined, onMessage: () => undefined },
      onExit: (listener) => (exit = listener),
      kill: () => {
        killed.push(place)
        exit(true)
      },
    }
  }
  const runner = new ProcessRunner({
    ...{ startProcess, current: () => [], memoryLimitMb: 1, threads: 1 },
    ...{ tempFolder: tempFolder(), timeoutMs, graceMs },
  })
  const { signal } = new AbortController()
  const ask = (path: string) =>
    runner.run({ kind: 'extracts', attach: [{ alias: 'a', path }] }, { text: 'select 1', values: [] }, signal) // prettier-ignore
  const asked = [ask('/v1'), ask('/v2')]
  const rejected = asked.map((one) => expect(one).rejects.toMatchObject(cancelled))
  expect(killed).toEqual([])
  runner.close()
  expect(killed.toSorted()).toEqual([0, 1])
  expect(runner.openPaths()).toEqual([])
  await Promise.all(rejected)
})
