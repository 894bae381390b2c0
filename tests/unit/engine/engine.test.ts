import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EngineOptions } from '../../../electron/engine/engine.ts'
import { createEngine } from '../../../electron/engine/engine.ts'
import { fail, ok } from '../../../shared/errors.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { connectPage } from '../../support/connected-page.ts'
import { createFakeHost } from '../../support/fake-host.ts'

function start(handlers: EngineOptions['handlers'] = {}, more: Partial<EngineOptions> = {}) {
  const host = createFakeHost()
  const options = { version: '1.2.3', systemLanguage: 'zh-CN', checkOutput: true } as const
  const engine = createEngine(host, { ...options, handlers, ...more })
  return { host, engine, page: connectPage(engine) }
}

const call = { signal: new AbortController().signal, part: () => undefined }

describe('engine', () => {
  it('says what it is', async () => {
    const { page } = start()
    expect(await page.engine['app.info']({})).toEqual(
      ok({
        version: '1.2.3',
        hostKind: 'cli',
        platform: process.platform,
        nativeMenu: false,
        systemLanguage: 'zh-CN',
        settings: { language: 'system', theme: 'system' },
      }),
    )
  })

  it('refuses bad input with the path to it, before any handler runs', async () => {
    const { engine } = start()
    expect(await engine.call('host.pickOpen', { purpose: 'data', multiple: 1 }, call)).toEqual(
      fail('contract/badInput', {
        call: 'host.pickOpen',
        path: 'multiple',
        problem: 'invalid_type',
      }),
    )
    expect(await engine.call('host.pickOpen', { extra: 1 }, call)).toMatchObject({ ok: false })
  })

  it('knows no other names, inherited ones least of all', async () => {
    const { engine } = start()
    for (const name of ['toString', '__proto__', 'constructor', 'nothing.here'])
      expect(await engine.call(name, {}, call)).toMatchObject(
        fail('contract/unknownCall', { call: name }),
      )
  })

  it('answers an exception as a bug whose stack is in the log alone', async () => {
    const { page, host } = start({
      'rows.window': () => Promise.reject(new Error('secret value 42')),
    })
    const outcome = await page.engine['rows.window']({ key: 'k', offset: 0, limit: 1 })
    expect(outcome).toMatchObject(fail('internal/bug'))
    expect(JSON.stringify(outcome)).not.toContain('secret')
    const log = readFileSync(join(host.folders.settings, 'logs', 'engine.log'), 'utf8')
    expect(log).toContain('secret value 42')
    expect(log).toContain(outcome.ok ? '' : outcome.error.causeId)
  })

  it('lets an expected error pass through code that can only throw', async () => {
    const { page } = start({
      'report.openRecovery': () => {
        throw new AppErrorException(appError('report/tooNew', { version: 9 }))
      },
    })
    expect(await page.engine['report.openRecovery']({ id: 'x' })).toEqual(
      fail('report/tooNew', { version: 9 }),
    )
  })

  it('answers an aborted call as cancelled', async () => {
    const { page } = start({
      'host.notify': (_, { signal }) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new Error('interrupted'))),
        ),
    })
    const abort = new AbortController()
    const answer = page.engine['host.notify']({ title: 'a', body: 'b' }, { signal: abort.signal })
    await page.engine['app.info']({})
    abort.abort()
    expect(await answer).toEqual(fail('internal/cancelled'))
  })

  it('treats an answer outside the contract as a bug where answers are checked', async () => {
    const { page } = start({
      'host.reveal': () => Promise.resolve(ok({ done: 'yes' } as never)),
      'host.pickSave': () => Promise.resolve(fail('report/tooNew') as never),
    })
    const file = { id: 'file_00000000', name: 'x' }
    expect(await page.engine['host.reveal']({ file })).toMatchObject(fail('internal/bug'))
    expect(
      await page.engine['host.pickSave']({ purpose: 'csv', suggestedName: 'x' }),
    ).toMatchObject(fail('internal/bug'))
  })

  it('keeps settings, and starts from the defaults when their file is damaged', async () => {
    const { page, host } = start()
    expect(await page.engine['settings.save']({ language: 'en', theme: 'dark' })).toEqual(ok({}))
    const info = await page.engine['app.info']({})
    expect(info.ok && info.value.settings).toEqual({ language: 'en', theme: 'dark' })
    writeFileSync(join(host.folders.settings, 'settings.json'), '{"language":')
    const later = await page.engine['app.info']({})
    expect(later.ok && later.value.settings).toEqual({ language: 'system', theme: 'system' })
  })

  it('tells every page an event, and a page that left nothing', async () => {
    const { engine, page } = start()
    const other = connectPage(engine)
    const heard: string[] = []
    page.on('host.command', ({ command }) => heard.push(`first ${command}`))
    const stop = other.on('host.command', ({ command }) => heard.push(`second ${command}`))
    await Promise.all([page.engine['app.info']({}), other.engine['app.info']({})])
    engine.emit('host.command', { command: 'undo' })
    await expect.poll(() => heard).toEqual(['first undo', 'second undo'])
    stop()
    other.close()
    await expect.poll(() => engine.pageCount()).toBe(1)
  })

  it('keeps a file opened from outside until the first page is there', async () => {
    const host = createFakeHost()
    const options = { version: '1', systemLanguage: 'en', checkOutput: true } as const
    const engine = createEngine(host, options)
    host.openFromOutside('/tmp/板.storeboard')
    const page = connectPage(engine)
    const opened: string[] = []
    page.on('host.opened', ({ file }) => opened.push(file.name))
    await page.engine['app.info']({})
    await expect.poll(() => opened).toEqual(['板.storeboard'])
  })

  it('opens only https links, whatever the host would do', async () => {
    const { page, host } = start()
    for (const url of ['http://a.example', 'file:///etc/passwd', 'javascript:alert(1)', 'x'])
      expect(await page.engine['host.openLink']({ url })).toEqual(fail('file/denied', { url }))
    expect(await page.engine['host.openLink']({ url: 'https://a.example/' })).toEqual(
      ok({ done: true }),
    )
    expect(host.links).toEqual(['https://a.example/'])
  })

  it('asks the pages before closing, once, and closes when nobody is left to object', async () => {
    const { page, host } = start()
    const asks: string[] = []
    page.on('host.closeAsked', ({ askId }) => asks.push(askId))
    await page.engine['app.info']({})
    const first = host.tryClose()
    const again = host.tryClose()
    await expect.poll(() => asks.length).toBe(1)
    await page.engine['host.answerClose']({ askId: 'another', close: true })
    await page.engine['host.answerClose']({ askId: asks[0] ?? '', close: false })
    expect(await Promise.all([first, again])).toEqual([false, false])
    const last = host.tryClose()
    page.close()
    expect(await last).toBe(true)
    expect(await host.tryClose()).toBe(true)
  })

  it('lets a print page read for its own job only', async () => {
    const content = { pages: [], locale: 'en' } as never
    const { engine } = start(
      { 'print.content': () => Promise.resolve(ok(content)) },
      { checkOutput: false },
    )
    const print = connectPage(engine, { kind: 'print', jobId: 'job_1' })
    const content1 = await engine.call('print.content', { jobId: 'job_1' }, call)
    expect(content1.ok).toBe(true)
    const foreign = await print.engine['print.content']({ jobId: 'job_2' })
    expect(foreign).toMatchObject(fail('contract/unknownCall'))
    expect(await print.engine['settings.save']({ language: 'en', theme: 'dark' })).toMatchObject(
      fail('contract/unknownCall'),
    )
    expect((await print.engine['app.info']({})).ok).toBe(true)
    expect(engine.pageCount()).toBe(1)
  })
})

describe('a page that lost its wire', () => {
  it('connects again and asks reading calls again by itself', async () => {
    let asked = 0
    const info = { current: null, recent: [] }
    const { page } = start({
      'workspace.state': async () => {
        asked += 1
        if (asked === 1) {
          page.dropWire()
          await new Promise(() => undefined)
        }
        return ok(info)
      },
    })
    expect(await page.engine['workspace.state']({})).toEqual(ok(info))
    expect(asked).toBe(2)
    expect(page.state()).toBe('ready')
  })

  it('answers a changing call as disconnected, so nothing is done twice', async () => {
    let asked = 0
    const { page } = start({
      'host.notify': () => {
        asked += 1
        page.dropWire()
        return new Promise(() => undefined)
      },
    })
    const outcome = await page.engine['host.notify']({ title: '', body: '' })
    expect(outcome).toEqual(fail('contract/disconnected', {}, true))
    expect(asked).toBe(1)
    expect((await page.engine['app.info']({})).ok).toBe(true)
  })
})

describe('dropped files', () => {
  it('arrive as copies under a safe name', async () => {
    const { page, host } = start()
    const begun = await page.engine['inbox.begin']({ name: '../../销售 "2024".csv', bytes: 6 })
    const id = begun.ok ? begun.value.id : ''
    await page.engine['inbox.chunk']({ id, bytes: new Uint8Array([97, 44, 98]) })
    await page.engine['inbox.chunk']({ id, bytes: new Uint8Array([10, 49, 50]) })
    const done = await page.engine['inbox.finish']({ id })
    expect(done.ok && done.value.file).toMatchObject({ name: '销售 _2024_.csv', copy: true })
    const path = host.files.pathOf(done.ok ? done.value.file.id : '') ?? ''
    expect(readFileSync(path, 'utf8')).toBe('a,b\n12')
    expect(path.startsWith(join(host.folders.settings, 'inbox'))).toBe(true)
  })

  it('are refused when they are too large, longer than announced, or unfinished', async () => {
    const { page } = start()
    expect(await page.engine['inbox.begin']({ name: 'a', bytes: 2 ** 45 })).toMatchObject(
      fail('dataset/overLimit', { name: 'a', bytes: 2 ** 45, limit: 2 ** 33 }),
    )
    const begun = await page.engine['inbox.begin']({ name: 'a', bytes: 1 })
    const id = begun.ok ? begun.value.id : ''
    expect(await page.engine['inbox.chunk']({ id, bytes: new Uint8Array(2) })).toEqual(
      fail('file/notFound'),
    )
    const short = await page.engine['inbox.begin']({ name: 'a', bytes: 5 })
    expect(await page.engine['inbox.finish']({ id: short.ok ? short.value.id : '' })).toEqual(
      fail('file/notFound'),
    )
  })
})

describe('the in-page file browser', () => {
  function browse() {
    const host = createFakeHost()
    const home = join(host.folders.documents, '文档')
    mkdirSync(join(home, 'sub'), { recursive: true })
    for (const name of ['a.csv', 'b.XLSX', 'c.exe', '.hidden.csv'])
      writeFileSync(join(home, name), name)
    const started = createEngine(host, {
      version: '1',
      systemLanguage: 'en',
      checkOutput: true,
      browseRoots: () => Promise.resolve([{ name: 'Documents', path: home }]),
    })
    host.pickToOpen = (ask) => started.browser?.open(ask) ?? Promise.resolve([])
    host.pickToSave = (ask) => started.browser?.save(ask) ?? Promise.resolve(null)
    const page = connectPage(started)
    const asks: string[] = []
    page.on('host.browse', ({ askId }) => asks.push(askId))
    const asked = async (): Promise<string> => {
      await expect.poll(() => asks.length).toBe(1)
      return asks[0] ?? ''
    }
    return { host, page, home, asked, engine: started }
  }

  async function listed(page: ReturnType<typeof browse>['page'], askId: string, id: string | null) {
    const listing = await page.engine['browse.list']({ askId, folder: id })
    if (!listing.ok) throw new Error(listing.error.code)
    return listing.value
  }

  it('shows places, then folders and fitting files, and answers with references', async () => {
    const { host, page, home, asked, engine } = browse()
    const other = connectPage(engine)
    const strayAsks: string[] = []
    other.on('host.browse', ({ askId }) => strayAsks.push(askId))
    const picked = page.engine['host.pickOpen']({ purpose: 'data', multiple: true })
    const askId = await asked()
    const places = await listed(page, askId, null)
    expect(places.entries.map((entry) => entry.name)).toEqual(['Documents'])
    const folder = await listed(page, askId, places.entries[0]?.id ?? '')
    expect(folder.entries.map((entry) => entry.name)).toEqual(['sub', 'a.csv', 'b.XLSX'])
    expect(JSON.stringify(folder)).not.toContain(home)
    const inner = await listed(page, askId, folder.entries[0]?.id ?? '')
    expect(inner.trail.map((step) => step.name)).toEqual(['Documents', 'sub'])
    await page.engine['browse.answer']({ askId, entries: [folder.entries[1]?.id ?? ''] })
    const outcome = await picked
    const file = outcome.ok ? outcome.value.files[0] : undefined
    expect(host.files.pathOf(file?.id ?? '')).toBe(join(home, 'a.csv'))
    expect(await page.engine['browse.list']({ askId, folder: null })).toEqual(fail('file/notFound'))
    expect(strayAsks).toEqual([])
  })

  it('knows only the ids it gave for this ask', async () => {
    const { page, home, asked } = browse()
    const picked = page.engine['host.pickOpen']({ purpose: 'data', multiple: false })
    const askId = await asked()
    for (const folder of [home, '/', '../..', 'entry_000000000000000000'])
      expect(await page.engine['browse.list']({ askId, folder })).toEqual(fail('file/notFound'))
    for (const entry of ['/etc/passwd', '../secret'])
      expect(await page.engine['browse.answer']({ askId, entries: [entry] })).toEqual(
        fail('file/notFound'),
      )
    await page.engine['browse.answer']({ askId, entries: [] })
    expect(await picked).toEqual(ok({ files: [] }))
  })

  it('saves under the name it is given with the extension that belongs to it, and refuses one that no file can have', async () => {
    const { host, page, home, asked } = browse()
    const picked = page.engine['host.pickSave']({ purpose: 'xlsx', suggestedName: 'x' })
    const askId = await asked()
    const places = await listed(page, askId, null)
    const folder = places.entries[0]?.id ?? ''
    for (const name of ['../../一月', '看板 a/b: c?', 'con', '..']) {
      const refused = await page.engine['browse.answer']({ askId, entries: [], folder, name })
      expect(refused).toMatchObject({ ok: false, error: { code: 'file/badName' } })
    }
    await page.engine['browse.answer']({ askId, entries: [], folder, name: '一月' })
    const outcome = await picked
    const file = outcome.ok ? outcome.value.file : null
    expect(host.files.pathOf(file?.id ?? '')).toBe(join(home, '一月.xlsx'))
  })
})
