import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EngineConnection } from '../../renderer/client/engine-client.ts'
import { createEngineClient } from '../../renderer/client/engine-client.ts'
import { connectBridge } from '../../renderer/client/connect-bridge.ts'
import { fail, ok } from '../../shared/errors.ts'
import { connectPage } from '../support/connected-page.ts'
import { runElectron } from '../support/electron-run.ts'
import { temporaryFolder } from '../support/fake-host.ts'
import { runLoopback } from '../support/loopback-run.ts'

/** The user before a host's dialogs: decides once, before the page asks. */
interface User {
  readonly page: EngineConnection
  readonly pathOf: (id: string) => string | undefined
  readonly dismisses: () => void
  readonly chooses: (folder: string, name: string) => void
  readonly openFromOutside: (path: string) => void
  readonly tryClose: () => Promise<boolean>
  readonly end: () => Promise<void>
}

async function onLoopback(): Promise<User> {
  const folder = temporaryFolder()
  const run = await runLoopback({
    browseRoots: () => Promise.resolve([{ name: 'Home', path: folder }]),
  })
  const page = connectPage(run.engine)
  let choice: { folder: string; name: string } | null = null
  page.on('host.browse', (dialog) => void answer(dialog.askId, dialog.kind))
  async function answer(askId: string, kind: 'open' | 'save'): Promise<void> {
    const { engine } = page
    if (choice === null) {
      await engine['browse.answer']({ askId, entries: [] })
      return
    }
    writeFileSync(join(folder, 'data.csv'), 'a\n1\n')
    const places = await engine['browse.list']({ askId, folder: null })
    const home = places.ok ? (places.value.entries[0]?.id ?? '') : ''
    const name = choice.name
    if (kind === 'save') {
      await engine['browse.answer']({ askId, entries: [], folder: home, name })
      return
    }
    const inside = await engine['browse.list']({ askId, folder: home })
    const file = inside.ok ? inside.value.entries.find((entry) => entry.name === name) : undefined
    await engine['browse.answer']({ askId, entries: [file?.id ?? ''] })
  }
  return {
    page,
    pathOf: (id) => run.host.files.pathOf(id),
    dismisses: () => (choice = null),
    chooses: (place, name) => (choice = { folder: place, name }),
    openFromOutside: (path) => run.host.openFromOutside(path),
    tryClose: () => run.host.askClose(),
    end: async () => {
      page.close()
      await run.close()
    },
  }
}

function onElectron(): Promise<User> {
  const run = runElectron()
  const page = createEngineClient(connectBridge(run.openPage(1)), { check: true, retryAfter: [5] })
  const end = (): Promise<void> => {
    page.close()
    run.link.end()
    return Promise.resolve()
  }
  return Promise.resolve({
    page,
    pathOf: (id) => run.host.files.pathOf(id),
    dismisses() {
      run.shell.open = { canceled: true, filePaths: [] }
      run.shell.save = { canceled: true, filePath: '' }
    },
    chooses(folder, name) {
      run.shell.open = { canceled: false, filePaths: [join(folder, name)] }
      run.shell.save = { canceled: false, filePath: join(folder, name) }
    },
    openFromOutside: (path) => run.link.send({ kind: 'opened', path }),
    tryClose: () => run.link.mayClose(),
    end,
  })
}

function hostSuite(name: string, start: () => Promise<User>): void {
  const as = (use: (user: User) => Promise<void>) => async (): Promise<void> => {
    const user = await start()
    try {
      await use(user)
    } finally {
      await user.end()
    }
  }

  describe(`host: ${name}`, () => {
    it(
      'answers a dismissed dialog with nothing chosen',
      as(async ({ page, dismisses }) => {
        dismisses()
        const open = await page.engine['host.pickOpen']({ purpose: 'data', multiple: true })
        expect(open).toEqual(ok({ files: [] }))
        const save = await page.engine['host.pickSave']({ purpose: 'pdf', suggestedName: 'a' })
        expect(save).toEqual(ok({ file: null }))
      }),
    )

    it(
      'gives references instead of paths',
      as(async ({ page, chooses, pathOf }) => {
        chooses(temporaryFolder(), 'data.csv')
        const open = await page.engine['host.pickOpen']({ purpose: 'data', multiple: false })
        const file = open.ok ? open.value.files[0] : undefined
        expect(file).toEqual({ id: expect.stringMatching(/^file_/) as string, name: 'data.csv' })
        expect(pathOf(file?.id ?? '')).toMatch(/data\.csv$/)
        const again = await page.engine['host.pickOpen']({ purpose: 'data', multiple: false })
        expect(again).toEqual(open)
      }),
    )

    it(
      'adds the extension that belongs to what is saved, once',
      as(async ({ page, chooses }) => {
        for (const typed of ['一月', '一月.xlsx', '一月.XLSX']) {
          chooses(temporaryFolder(), typed)
          const save = await page.engine['host.pickSave']({
            purpose: 'xlsx',
            suggestedName: 'x',
          })
          const expected = typed === '一月' ? '一月.xlsx' : typed
          expect(save.ok && save.value.file?.name).toBe(expected)
        }
      }),
    )

    it(
      'opens no link that is not https, and reveals no file it does not know',
      as(async ({ page }) => {
        for (const url of ['http://a.example/', 'file:///etc/passwd', 'javascript:alert(1)'])
          expect(await page.engine['host.openLink']({ url })).toEqual(fail('file/denied', { url }))
        const file = { id: 'file_ffffffff', name: 'x' }
        expect(await page.engine['host.reveal']({ file })).toEqual(fail('file/unknownReference'))
      }),
    )

    it(
      'asks the page before closing over unsaved work',
      as(async ({ page, tryClose }) => {
        const asks: string[] = []
        page.on('host.closeAsked', ({ askId }) => asks.push(askId))
        await page.engine['host.showDocument']({ title: '日报', edited: true })
        const kept = tryClose()
        await expect.poll(() => asks.length).toBe(1)
        await page.engine['host.answerClose']({ askId: asks[0] ?? '', close: false })
        expect(await kept).toBe(false)
        const left = tryClose()
        await expect.poll(() => asks.length).toBe(2)
        await page.engine['host.answerClose']({ askId: asks[1] ?? '', close: true })
        expect(await left).toBe(true)
      }),
    )

    it(
      'passes on a file opened from outside',
      as(async ({ page, openFromOutside, pathOf }) => {
        const opened: string[] = []
        page.on('host.opened', ({ file }) => opened.push(file.id))
        await page.engine['app.info']({})
        openFromOutside('/tmp/周报.storeboard')
        await expect.poll(() => opened.length).toBe(1)
        expect(pathOf(opened[0] ?? '')).toMatch(/周报\.storeboard$/)
      }),
    )
  })
}

hostSuite('loopback', onLoopback)
hostSuite('Electron with fakes', onElectron)
