import { join } from 'node:path'
import type { BrowserWindow as Window } from 'electron'
import {
  BrowserWindow,
  Menu,
  MessageChannelMain,
  Notification,
  app,
  dialog,
  ipcMain,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} from 'electron'
import type { AppCommand } from '../../../shared/menu.ts'
import type { ProcessKind } from '../../engine/host.ts'
import { processFlags } from '../../engine/host.ts'
import { settingsFolder } from '../../engine/settings-folder.ts'
import type { EngineLink } from './engine-link.ts'
import { createEngineLink } from './engine-link.ts'
import { openMainWindow } from './main-window.ts'
import { appMenu } from './native-menu.ts'
import { filesAmong } from './outside-files.ts'
import { createPageWires } from './page-wires.ts'
import { createPrinter } from './print-window.ts'
import { createSchemeHandler, origin, scheme } from './scheme.ts'
import { createShellServices } from './shell-services.ts'
import { wordsFor } from './shell-words.ts'
import { started } from './started-process.ts'
import { guardSession, guardWebContents } from './window-guards.ts'
import { printWindowOptions } from './window-options.ts'

/* Wiring only: what is done, and when, is in the files this one hands Electron's objects to. */
const out = import.meta.dirname
const preload = join(out, '../preload/preload.cjs')
const settings = settingsFolder()

let window: Window | undefined
/** macOS names a file before the app is ready. */
const early: string[] = []

app.setPath('userData', join(settings, 'shell'))
app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
])

const pages = createPageWires((message) => link?.send(message), origin)
let link: EngineLink | undefined

const print = createPrinter({
  urlFor: (jobId) => `${origin}/index.html#/print/${encodeURIComponent(jobId)}`,
  open(jobId) {
    const hidden = new BrowserWindow(printWindowOptions(preload))
    const { id } = hidden.webContents
    pages.admit(hidden.webContents, { kind: 'print', jobId })
    hidden.once('closed', () => pages.onGone(id))
    return hidden
  },
})

/** The system's list of processes names each by what it does. */
const forkOptions = (kind: ProcessKind | 'engine') => ({
  stdio: 'inherit' as const,
  serviceName: `storeboard ${kind}`,
  execArgv: kind === 'engine' ? [] : [...processFlags[kind]],
})

function startEngine(language: 'zh-CN' | 'en'): EngineLink {
  const words = wordsFor(language)
  const documents = app.getPath('documents')
  const notify = (notice: { title: string; body: string }): boolean => {
    if (Notification.isSupported()) new Notification(notice).show()
    return Notification.isSupported()
  }
  const owner = (): Window | undefined => window
  const parts = { dialog, shell, window: owner, titled: owner, documents, words, print, notify }
  const resources = app.isPackaged ? process.resourcesPath : join(out, '../../resources')
  return createEngineLink({
    services: createShellServices(parts),
    start: {
      version: app.getVersion(),
      systemLanguage: language,
      folders: { settings, resources, documents },
      checkOutput: !app.isPackaged,
    },
    fork: (kind) => started(utilityProcess.fork(join(out, `${kind}.js`), [], forkOptions(kind))),
    channel() {
      const { port1, port2 } = new MessageChannelMain()
      return [port1, port2]
    },
    onMessage: (message) => pages.onEngine(message),
    onLost(again) {
      pages.closeAll()
      if (again) {
        link?.send({ kind: 'restarted' })
        return
      }
      dialog.showErrorBox('Storeboard', words.engineLost)
      app.exit(1)
    },
  })
}

function openWindow(): void {
  window = openMainWindow({
    create: (options) => new BrowserWindow(options),
    screens: screen.getAllDisplays().map((display) => display.workArea),
    url: `${origin}/index.html`,
    stateFile: join(settings, 'window.json'),
    preload,
    pages,
    mayClose: () => link?.mayClose() ?? Promise.resolve(true),
    onClosed: () => (window = undefined),
  })
}

function openFiles(files: readonly string[]): void {
  for (const path of files) link?.send({ kind: 'opened', path })
  if (window === undefined) return openWindow()
  if (window.isMinimized()) window.restore()
  window.focus()
}

function run(): void {
  const language = app.getLocale().startsWith('zh') ? 'zh-CN' : 'en'
  link = startEngine(language)
  const emit = (command: AppCommand): void => link?.send({ kind: 'command', command })
  Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(language, emit, process.platform)))
  protocol.handle(scheme, createSchemeHandler(join(out, '../renderer')))
  guardSession(session.defaultSession)
  ipcMain.on('storeboard:frame', ({ sender, senderFrame }, bytes: unknown) => {
    const fromTopFrame = senderFrame !== null && senderFrame === sender.mainFrame
    pages.onFrame({ sender, fromTopFrame, url: senderFrame?.url ?? '' }, bytes)
  })
  app.on('second-instance', (_event, args, folder) => openFiles(filesAmong(args, folder)))
  app.on('activate', () => openFiles([]))
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', () => link?.end())
  openFiles([...early, ...filesAmong(process.argv.slice(1), process.cwd())])
}

app.on('open-file', (event, path) => {
  event.preventDefault()
  if (link === undefined) early.push(path)
  else openFiles([path])
})
app.on('web-contents-created', (_event, contents) => guardWebContents(contents, origin))

if (app.requestSingleInstanceLock()) void app.whenReady().then(run)
else app.quit()
