import { describe, expect, it } from 'vitest'
import type { Input } from '../../shared/contract.ts'
import { connectBridge } from '../../renderer/client/connect-bridge.ts'
import type { EngineConnection } from '../../renderer/client/engine-client.ts'
import { createEngineClient } from '../../renderer/client/engine-client.ts'
import type { EngineOptions } from '../../electron/engine/engine.ts'
import { fail, ok } from '../../shared/errors.ts'
import { cannedInfo } from '../support/canned-sales.ts'
import { connectPage } from '../support/connected-page.ts'
import { runElectron } from '../support/electron-run.ts'
import { runLoopback } from '../support/loopback-run.ts'

type Replaced = NonNullable<EngineOptions['handlers']>

interface Page {
  readonly engine: EngineConnection['engine']
  readonly end: () => Promise<void>
}

/** Imports that tell a step and read until they are called off or let through. */
function readingImports() {
  const through = new Map<string, () => void>()
  const left: unknown[] = []
  const handlers: Replaced = {
    'dataset.import': ({ orders }, { signal, part }) => {
      const name = orders[0]?.name ?? ''
      part({ dataset: name, phase: 'reading', rows: 1, fraction: 0.5 })
      const made = { dataset: { ...cannedInfo, name }, rowsRead: 1, rowsRejected: 0, rejected: [] }
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(fail('internal/cancelled')))
        through.set(name, () => {
          part({ dataset: name, phase: 'writing', rows: 2, fraction: 1 })
          resolve(ok({ datasets: [made] }))
        })
      })
    },
    'dataset.leaveOut': (ask) => {
      left.push(ask)
      return Promise.resolve(ok({ leftOut: true }))
    },
  }
  return { handlers, through, left }
}

async function onLoopback(handlers: Replaced): Promise<Page> {
  const run = await runLoopback({ handlers })
  const page = connectPage(run.engine)
  const end = async (): Promise<void> => {
    page.close()
    await run.close()
  }
  return { engine: page.engine, end }
}

function onElectron(handlers: Replaced): Promise<Page> {
  const run = runElectron({ handlers })
  const page = createEngineClient(connectBridge(run.openPage(1)), { check: true, retryAfter: [5] })
  const end = (): Promise<void> => {
    page.close()
    run.link.end()
    return Promise.resolve()
  }
  return Promise.resolve({ engine: page.engine, end })
}

const order = (name: string): Input<'dataset.import'> => ({
  run: `rn_${name}0000`,
  orders: [{ name, mode: 'fail', overrides: [], parts: [{ file: 'file_aaaaaaaaaa' }] }],
})

describe.each([
  ['loopback', onLoopback],
  ['electron', onElectron],
] as const)('imports beside each other on the host %s', (_name, start) => {
  it('report their own steps, and one is called off or one dataset stopped while the other goes on', async () => {
    const { handlers, through, left } = readingImports()
    const page = await start(handlers)
    try {
      const heard: string[] = []
      const onPart = ({ dataset, phase }: { dataset: string; phase: string }): void =>
        void heard.push(`${dataset} ${phase}`)
      const stop = new AbortController()
      const first = page.engine['dataset.import'](order('first'), { signal: stop.signal, onPart })
      const second = page.engine['dataset.import'](order('second'), { onPart })
      await expect.poll(() => heard.toSorted()).toEqual(['first reading', 'second reading'])
      expect(await page.engine['dataset.leaveOut']({ run: 'rn_second0000', name: 'a' })).toEqual(ok({ leftOut: true })) // prettier-ignore
      expect(left).toEqual([{ run: 'rn_second0000', name: 'a' }])
      stop.abort()
      expect(await first).toMatchObject({ ok: false, error: { code: 'internal/cancelled' } })
      through.get('second')?.()
      expect(await second).toMatchObject({ ok: true, value: { datasets: [{ rowsRead: 1 }] } })
      expect(heard.at(-1)).toBe('second writing')
    } finally {
      await page.end()
    }
  })
})
