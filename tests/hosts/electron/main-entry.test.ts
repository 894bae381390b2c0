import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../../support/fake-host.ts'

const settings = temporaryFolder()
vi.stubEnv('STOREBOARD_SETTINGS', settings)

/** Electron, as far as the entry touches it: windows and processes are emitters that write down what they are told. */
const fake = vi.hoisted(() => ({
  calls: [] as unknown[][],
  emitters: new Map<string, unknown>(),
  options: [] as unknown[],
}))

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events')
  const told =
    (name: string) =>
    (...args: unknown[]) =>
      void fake.calls.push([name, ...args])
  class FakeContents extends Emitter {
    id = 1
    mainFrame = { url: 'storeboard://app/index.html' }
    send = told('contents.send')
    setWindowOpenHandler = told('setWindowOpenHandler')
  }
  class FakeWindow extends Emitter {
    webContents = new FakeContents()
    constructor(options: unknown) {
      super()
      fake.options.push(options)
      fake.emitters.set('window', this)
    }
    loadURL(url: string) {
      fake.calls.push(['loadURL', url])
      return Promise.resolve()
    }
    show = told('show')
    focus = told('focus')
    restore = told('restore')
    isMinimized = () => false
    isMaximized = () => false
    maximize = told('maximize')
    getNormalBounds = () => ({ x: 1, y: 2, width: 1000, height: 700 })
    close = told('close')
  }
  class FakeProcess extends Emitter {
    postMessage = told('engine.post')
    kill = told('engine.kill')
  }
  const app = Object.assign(new Emitter(), {
    isPackaged: false,
    setPath: told('setPath'),
    enableSandbox: told('enableSandbox'),
    requestSingleInstanceLock: () => true,
    whenReady: () => Promise.resolve(),
    getLocale: () => 'zh-CN',
    getVersion: () => '1.0.0',
    getPath: () => '/documents',
    quit: told('quit'),
    exit: told('exit'),
  })
  fake.emitters.set('app', app)
  const ipcMain = new Emitter()
  fake.emitters.set('ipc', ipcMain)
  return {
    app,
    ipcMain,
    BrowserWindow: FakeWindow,
    Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: told('menu') },
    MessageChannelMain: MessageChannel,
    Notification: { isSupported: () => false },
    dialog: { showErrorBox: told('errorBox') },
    protocol: { registerSchemesAsPrivileged: told('privileged'), handle: told('handle') },
    screen: { getAllDisplays: () => [] },
    session: {
      defaultSession: {
        setPermissionRequestHandler: told('permissions'),
        setPermissionCheckHandler: told('permissionChecks'),
        setDevicePermissionHandler: told('devices'),
      },
    },
    shell: {},
    utilityProcess: {
      fork(entry: string) {
        const child = new FakeProcess()
        fake.calls.push(['fork', entry])
        fake.emitters.set('engine', child)
        return child
      },
    },
  }
})

const named = (name: string): unknown[][] => fake.calls.filter(([called]) => called === name)
const emitter = (name: string): EventEmitter => {
  const found: unknown = fake.emitters.get(name)
  if (!(found instanceof EventEmitter)) throw new Error(`${name} was not made`)
  // instanceof narrows to an emitter of any events, which ours is.
  return found as EventEmitter
}

describe('the Electron entry', () => {
  it('sets up its guards, starts the engine, opens the window and passes frames on', async () => {
    await import('../../../electron/hosts/electron/main.ts')
    await expect.poll(() => named('loadURL')).toEqual([['loadURL', 'storeboard://app/index.html']])
    expect(named('enableSandbox')).toHaveLength(1)
    expect(named('setPath')).toEqual([['setPath', 'userData', join(settings, 'shell')]])
    for (const guard of ['permissions', 'permissionChecks', 'devices', 'handle'])
      expect(named(guard)).toHaveLength(1)
    expect(fake.options).toMatchObject([{ webPreferences: { sandbox: true } }])
    expect(named('fork')[0]?.[1]).toMatch(/engine\.js$/)
    expect(named('engine.post')[0]?.[1]).toMatchObject({ kind: 'start', systemLanguage: 'zh-CN' })

    const window = emitter('window') as EventEmitter & { webContents: { mainFrame: unknown } }
    const { webContents } = window
    const event = { sender: webContents, senderFrame: webContents.mainFrame }
    emitter('ipc').emit('storeboard:frame', { ...event, senderFrame: null }, new Uint8Array([9]))
    emitter('ipc').emit('storeboard:frame', event, new Uint8Array([1]))
    expect(named('engine.post').slice(1)).toEqual([
      ['engine.post', { kind: 'pageOpen', page: 1, rights: { kind: 'page' } }, []],
      ['engine.post', { kind: 'frame', page: 1, bytes: new Uint8Array([1]) }, []],
    ])
  })

  it('shows the shared menu in the system’s language, and its items emit their commands', () => {
    const [[, template] = []] = named('menu')
    // The template made by the entry: menus of items, after the system's own on macOS.
    const made = template as { label?: string; submenu: { label: string; click(): void }[] }[]
    const file = made.find((menu) => menu.label !== undefined)
    expect(file?.label).toBe('文件')
    file?.submenu[0]?.click()
    const sent = named('engine.post').at(-1)
    expect(sent?.[1]).toEqual({ kind: 'command', command: 'report.new' })
  })

  it('opens files of a second instance in the first and brings it to the front', () => {
    emitter('app').emit('second-instance', {}, ['storeboard', 'a.storeboard'], '/folder')
    expect(named('focus')).toHaveLength(1)
    const last = named('engine.post').at(-1)
    expect(last?.[1]).toEqual({ kind: 'opened', path: '/folder/a.storeboard' })
  })

  it('holds the window until the engine has asked the page, and keeps where it was', async () => {
    let prevented = 0
    emitter('window').emit('close', { preventDefault: () => (prevented += 1) })
    expect(prevented).toBe(1)
    expect(named('close')).toHaveLength(0)
    const ask = named('engine.post').at(-1)?.[1] as { kind: string; id: number }
    expect(ask.kind).toBe('askClose')
    emitter('engine').emit('message', { kind: 'closeAnswer', id: ask.id, close: true })
    await expect.poll(() => named('close')).toHaveLength(1)
    expect(readFileSync(join(settings, 'window.json'), 'utf8')).toContain('"width":1000')
  })

  it('starts a lost engine again once, then says so and ends', () => {
    emitter('engine').emit('exit', 1)
    expect(named('fork')).toHaveLength(2)
    expect(named('contents.send')).toEqual([['contents.send', 'storeboard:close']])
    emitter('engine').emit('exit', 1)
    expect(named('errorBox')).toHaveLength(1)
    expect(named('exit')).toEqual([['exit', 1]])
  })
})
