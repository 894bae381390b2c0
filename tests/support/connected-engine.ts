/** The whole engine with real query processes, and a way to connect it to the test servers. */
import { onTestFinished } from 'vitest'
import { createEngine } from '../../electron/engine/engine.ts'
import type { SystemSecrets } from '../../electron/engine/workspace/store/system-secrets.ts'
import type { CallName, Input, Output } from '../../shared/contract.ts'
import type { ConnectionSettings } from '../../shared/data/connection.ts'
import type { Outcome } from '../../shared/errors.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { FakeHost } from './fake-host.ts'
import { createFakeHost } from './fake-host.ts'
import { startProcess } from './job-process.ts'
import { plainCells } from './query-engines.ts'

/** A store of passwords as a system has it, in memory. */
export function memorySecrets(): SystemSecrets & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    get: (account) => Promise.resolve(kept.get(account)),
    set: (account, secret) => Promise.resolve(void kept.set(account, secret)),
    remove: (account) => Promise.resolve(void kept.delete(account)),
  }
}

export interface ConnectedEngine {
  readonly host: FakeHost
  call<C extends CallName>(
    name: C,
    input: Input<C>,
    signal?: AbortSignal,
  ): Promise<Outcome<Output<C>>>
  /** The value, or an error of the test. */
  done<C extends CallName>(name: C, input: Input<C>): Promise<Output<C>>
  /** Cells in one list, or the code of the error. */
  cells(query: ReportQueryInput, signal?: AbortSignal): Promise<unknown>
  close(): Promise<void>
}

export function connectedEngine(
  store?: SystemSecrets,
  host = createFakeHost({ startProcess }),
): ConnectedEngine {
  const engine = createEngine(host, {
    ...{ version: '0', systemLanguage: 'en', checkOutput: true },
    findSystemSecrets: () => Promise.resolve(store),
  })
  onTestFinished(() => engine.close())
  const call: ConnectedEngine['call'] = async (
    name,
    input,
    signal = new AbortController().signal,
  ) => {
    // The dispatcher checked the answer against this very call's schema.
    return (await engine.call(name, input, { signal, part: () => undefined })) as Outcome<never>
  }
  return {
    host,
    call,
    async done(name, input) {
      const outcome = await call(name, input)
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
      return outcome.value
    },
    async cells(query, signal) {
      const answer = await call('query.run', { query: ReportQuery.parse(query) }, signal)
      return answer.ok ? plainCells(answer.value).flat(2) : answer.error.code
    },
    close: () => engine.close(),
  }
}

export function settingsOf(
  kind: ConnectionSettings['kind'],
  server: { readonly port: number },
  more: Partial<ConnectionSettings> = {},
): ConnectionSettings {
  return {
    ...{ name: `${kind} 仓库`, kind, host: '127.0.0.1', port: server.port, user: 'analyst' },
    database: kind === 'postgres' ? 'postgres' : 'default',
    ...{ tls: 'off', authority: null },
    ...more,
  }
}
