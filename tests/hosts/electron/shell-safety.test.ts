import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCloseFlow } from '../../../electron/hosts/electron/close-flow.ts'
import { nativeMenu } from '../../../electron/hosts/electron/native-menu.ts'
import { filesAmong } from '../../../electron/hosts/electron/outside-files.ts'
import { createPageWires } from '../../../electron/hosts/electron/page-wires.ts'
import { createPrinter } from '../../../electron/hosts/electron/print-window.ts'
import { createSchemeHandler, origin } from '../../../electron/hosts/electron/scheme.ts'
import { guardContents, guardSession } from '../../../electron/hosts/electron/window-guards.ts'
import {
  printWindowOptions,
  windowOptions,
} from '../../../electron/hosts/electron/window-options.ts'
import {
  boundsFor,
  keepWindowState,
  readWindowState,
} from '../../../electron/hosts/electron/window-state.ts'
import { connectBridge } from '../../../renderer/client/connect-bridge.ts'
import { createEngineClient } from '../../../renderer/client/engine-client.ts'
import { contentPolicy } from '../../../shared/content-policy.ts'
import { runElectron } from '../../support/electron-run.ts'
import { temporaryFolder } from '../../support/fake-host.ts'

describe('window options', () => {
  const kinds = {
    main: windowOptions('/preload.cjs', { width: 1, height: 1 }),
    print: printWindowOptions('/preload.cjs'),
  }
  const expected = {
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
  }
  for (const [name, options] of Object.entries(kinds))
    it(`keep the ${name} window's page a stranger`, () => {
      expect(options.webPreferences).toMatchObject(expected)
      expect(options.show).toBe(false)
    })
})

describe('guards of a window', () => {
  it('deny every other address, window, embedded page and permission', () => {
    let navigate: (event: { preventDefault(): void }, url: string) => void = () => undefined
    let attach: (event: { preventDefault(): void }) => void = () => undefined
    let opened: unknown
    guardContents(
      {
        onNavigate: (listener) => (navigate = listener),
        onAttachWebview: (listener) => (attach = listener),
        setWindowOpenHandler: (handler) => (opened = handler()),
      },
      origin,
    )
    const denied = (act: (event: { preventDefault(): void }) => void): boolean => {
      let prevented = false
      act({ preventDefault: () => (prevented = true) })
      return prevented
    }
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      'storeboard://other/index.html',
      'storeboard://app.evil.example/',
      'javascript:alert(1)',
      'data:text/html,x',
    ])
      expect([url, denied((event) => navigate(event, url))]).toEqual([url, true])
    expect(denied((event) => navigate(event, `${origin}/index.html#/print/1`))).toBe(false)
    expect(denied(attach)).toBe(true)
    expect(opened).toEqual({ action: 'deny' })

    const answers: boolean[] = []
    guardSession({
      setPermissionRequestHandler: (handler) =>
        handler(null, 'geolocation', (granted) => answers.push(granted)),
      setPermissionCheckHandler: (handler) => answers.push(handler()),
      setDevicePermissionHandler: (handler) => answers.push(handler()),
    })
    expect(answers).toEqual([false, false, false])
  })
})

describe('the scheme', () => {
  const folder = join(temporaryFolder(), 'pages')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<title>page</title>')
  writeFileSync(join(folder, '..', 'secret.json'), '"secret"')
  symlinkSync(join(folder, '..', 'secret.json'), join(folder, 'linked.json'))
  const handle = createSchemeHandler(folder)

  it('serves the page under the content policy', async () => {
    const answer = await handle({ url: `${origin}/index.html`, method: 'GET' })
    expect(await answer.text()).toBe('<title>page</title>')
    expect(answer.headers.get('content-security-policy')).toBe(contentPolicy)
  })

  it('serves nothing else: no escape, no other host, no other method', async () => {
    for (const [url, method] of [
      [`${origin}/../secret.json`, 'GET'],
      [`${origin}/%2e%2e/secret.json`, 'GET'],
      [`${origin}/..%2fsecret.json`, 'GET'],
      [`${origin}/assets/..%5c..%5csecret.json`, 'GET'],
      [`${origin}/linked.json`, 'GET'],
      ['storeboard://other/index.html', 'GET'],
      ['file:///index.html', 'GET'],
      ['nonsense', 'GET'],
      [`${origin}/index.html`, 'POST'],
    ] as const) {
      const answer = await handle({ url, method })
      expect([url, answer.status]).toEqual([url, 404])
    }
  })
})

describe('frames from the page', () => {
  it('are dropped unless the top frame of a window of ours sent them', () => {
    const passed: unknown[] = []
    const wires = createPageWires((message) => passed.push(message), origin)
    const sender = { id: 1, send: () => undefined }
    const url = `${origin}/index.html`
    const bytes = new Uint8Array([1])
    wires.onFrame({ sender, fromTopFrame: true, url }, bytes)
    wires.admit(sender, { kind: 'page' })
    wires.onFrame({ sender, fromTopFrame: false, url }, bytes)
    wires.onFrame({ sender, fromTopFrame: true, url: 'https://evil.example/' }, bytes)
    wires.onFrame({ sender, fromTopFrame: true, url: `${origin}.evil.example/` }, bytes)
    wires.onFrame({ sender: { ...sender, id: 2 }, fromTopFrame: true, url }, bytes)
    wires.onFrame({ sender, fromTopFrame: true, url }, 'text')
    expect(passed).toEqual([])
    wires.onFrame({ sender, fromTopFrame: true, url }, bytes)
    expect(passed).toEqual([
      { kind: 'pageOpen', page: 1, rights: { kind: 'page' } },
      { kind: 'frame', page: 1, bytes },
    ])
  })
})

describe('the engine process', () => {
  it('is started again once when it ends by itself, and the page goes on', async () => {
    const run = runElectron()
    const page = createEngineClient(connectBridge(run.openPage(1)), {
      check: true,
      retryAfter: [5],
    })
    expect((await page.engine['app.info']({})).ok).toBe(true)
    run.crashEngine()
    await expect.poll(() => run.lost).toEqual([true])
    expect((await page.engine['app.info']({})).ok).toBe(true)
    run.crashEngine()
    await expect.poll(() => run.lost).toEqual([true, false])
    expect(await run.link.mayClose()).toBe(true)
    page.close()
  })

  it('gets links opened only after the user saw the whole address', async () => {
    const run = runElectron()
    const url = 'https://a.example/long?path=1'
    expect(await run.host.openLink(url)).toBe('unsupported')
    expect(run.shell.asked).toEqual([expect.objectContaining({ detail: url })])
    run.shell.answer = 0
    expect(await run.host.openLink(url)).toBe('done')
    expect(await run.host.openLink('http://a.example/')).toBe('unsupported')
    expect(run.shell.opened).toEqual([url])
    run.link.end()
  })

  it('shows the document in the title, reveals files and prints', async () => {
    const run = runElectron()
    run.host.showDocument({ title: '日报', edited: true })
    await expect.poll(() => run.shell.titles).toEqual(['• 日报 — Storeboard'])
    expect(run.shell.edited).toEqual([true])
    const file = run.host.files.register('/tmp/a.xlsx')
    expect(await run.host.reveal(file)).toBe('done')
    expect(run.shell.revealed).toEqual(['/tmp/a.xlsx'])
    const signal = new AbortController().signal
    const paper = { widthMm: 297, heightMm: 210 }
    const pdf = await run.host.printPdf({ jobId: 'job_1', paper, signal })
    expect(pdf).toEqual(new Uint8Array([37, 80, 68, 70]))
    run.link.end()
  })
})

describe('printing', () => {
  it('waits until the page is drawn, prints its paper and leaves no window behind', async () => {
    const steps: unknown[] = []
    let polls = 0
    const print = createPrinter({
      urlFor: (jobId) => `${origin}/#/print/${jobId}`,
      wait: () => Promise.resolve(),
      open: (jobId) => ({
        loadURL: (url) => Promise.resolve(void steps.push(jobId, url)),
        destroy: () => void steps.push('destroyed'),
        webContents: {
          executeJavaScript: () => Promise.resolve((polls += 1) === 3),
          printToPDF: (options) => {
            steps.push(options.pageSize)
            return Promise.resolve(Buffer.from('%PDF'))
          },
        },
      }),
    })
    const job = { jobId: 'job_1', widthMm: 254, heightMm: 127 }
    await print(job, new AbortController().signal)
    const aborted = new AbortController()
    aborted.abort()
    await expect(print(job, aborted.signal)).rejects.toThrow()
    const page = [`job_1`, `${origin}/#/print/job_1`]
    expect(steps).toEqual([...page, { width: 10, height: 5 }, 'destroyed', ...page, 'destroyed'])
  })
})

describe('closing', () => {
  it('waits for the answer, asks once at a time, and then closes', async () => {
    let answer: (may: boolean) => void = () => undefined
    const closed: string[] = []
    let prevented = 0
    const flow = createCloseFlow(
      () => new Promise((resolve) => (answer = resolve)),
      () => {
        closed.push('closed')
        flow.onClose(event)
      },
    )
    const event = { preventDefault: () => (prevented += 1) }
    flow.onClose(event)
    flow.onClose(event)
    answer(false)
    await Promise.resolve()
    await new Promise((resolve) => setImmediate(resolve))
    expect([prevented, closed]).toEqual([2, []])
    flow.onClose(event)
    answer(true)
    await new Promise((resolve) => setImmediate(resolve))
    expect([prevented, closed]).toEqual([3, ['closed']])
  })
})

describe('window state', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 }
  it('comes back where it was, unless that screen is gone or the file is not ours', () => {
    const file = join(temporaryFolder(), 'inner', 'window.json')
    expect(boundsFor(readWindowState(file), [screen])).toEqual({ width: 1440, height: 900 })
    const bounds = { x: 100, y: 50, width: 1000, height: 700 }
    keepWindowState(file, bounds, true)
    expect(readWindowState(file)).toEqual({ ...bounds, maximized: true })
    expect(boundsFor(readWindowState(file), [screen])).toEqual(bounds)
    keepWindowState(file, { ...bounds, x: 5000 }, false)
    expect(boundsFor(readWindowState(file), [screen])).toEqual({ width: 1440, height: 900 })
    writeFileSync(file, readFileSync(file, 'utf8').replace('1000', '-1'))
    expect(readWindowState(file)).toBeUndefined()
  })
})

describe('files from outside', () => {
  it('are ours by their ending; switches and other files are left out', () => {
    const args = ['.', '--flag=a.storeboard', 'a.STOREBOARD', '/x/b.sbtemplate', 'c.exe']
    expect(filesAmong(args, '/folder')).toEqual(['/folder/a.STOREBOARD', '/x/b.sbtemplate'])
  })
})

describe('the native menu', () => {
  it('emits the shared tree’s commands and leaves the keys to the page', () => {
    const emitted: string[] = []
    const tree = [
      {
        label: 'edit',
        entries: [
          { kind: 'command', command: 'undo', accelerator: 'CmdOrCtrl+Z' },
          { kind: 'separator' },
          { kind: 'command', command: 'gallery' },
        ],
      },
    ] as const
    const words = { menu: (key: string) => `m:${key}`, command: (key: string) => `c:${key}` }
    const menu = nativeMenu(tree, words, (command) => emitted.push(command), 'linux')
    expect(menu).toMatchObject([
      {
        label: 'm:edit',
        submenu: [
          { label: 'c:undo', accelerator: 'CmdOrCtrl+Z', registerAccelerator: false },
          { type: 'separator' },
          { label: 'c:gallery' },
        ],
      },
    ])
    const items = menu[0]?.submenu
    // The menu made above: its items are plain options.
    const [first] = items as { click?: () => void }[]
    first?.click?.()
    expect(emitted).toEqual(['undo'])
    const roles = nativeMenu(tree, words, () => undefined, 'darwin').map((item) => item.role)
    expect(roles).toEqual(['appMenu', undefined, 'windowMenu'])
  })
})
