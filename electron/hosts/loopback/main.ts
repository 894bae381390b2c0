import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { settingsFolder } from '../../engine/settings-folder.ts'
import { createAppWindow } from './app-window.ts'
import { findBrowser } from './find-browser.ts'
import { hasDisplay } from './loopback-host.ts'
import { announceRunning, askRunning } from './running-instance.ts'
import { runningFile, startLoopback } from './start-loopback.ts'
import { documentsFolder } from './user-folders.ts'

declare const __APP_VERSION__: string | undefined

/*
 * The loopback host's entry. Started by `npm start` where there is no Electron, by `serve`, and by tests, which fork it
 * and hear its address over the fork's channel. Built to out/main, run from source by tests of the host itself.
 */
const built = import.meta.filename.endsWith('.js')
const root = join(import.meta.dirname, built ? '../..' : '../../..')
const entryOf = (name: string): string =>
  built
    ? join(import.meta.dirname, `${name}.js`)
    : join(root, 'electron/engine/runner', `${name}-process.ts`)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    settings: { type: 'string' },
    pages: { type: 'string' },
    port: { type: 'string' },
    serve: { type: 'boolean' },
    'no-open': { type: 'boolean' },
    check: { type: 'boolean' },
  },
})

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function systemLanguage(): 'zh-CN' | 'en' {
  return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh') ? 'zh-CN' : 'en'
}

async function run(): Promise<void> {
  const settings = values.settings ?? settingsFolder()
  const running = runningFile(settings)
  const forked = process.send !== undefined
  const answer = forked ? undefined : await askRunning(running, positionals)
  if (answer !== undefined) {
    say(answer.url ?? 'Storeboard is already open; its window was brought to the front.')
    return
  }
  const wantsWindow = !forked && values['no-open'] !== true && hasDisplay()
  const browser = wantsWindow ? findBrowser() : undefined
  const window = browser === undefined ? undefined : createAppWindow(browser, settings)
  const serves = values.serve === true || (window === undefined && !forked)
  const loopback = await startLoopback({
    version: typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : '0.0.0-dev',
    systemLanguage: systemLanguage(),
    folders: { settings, resources: join(root, 'resources'), documents: documentsFolder() },
    pageFolder: values.pages ?? join(root, 'out/renderer'),
    entries: { query: entryOf('query'), job: entryOf('job') },
    checkOutput: values.check === true,
    endsAlone: !serves,
    onEnd: () => void end(),
    onShow: () => {
      if (window === undefined) return loopback.launchUrl()
      const focused = loopback.engine.pageCount() > 0 && window.focus(loopback.origin)
      if (!focused) window.open(loopback.launchUrl())
      return null
    },
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
  })
  const forget = announceRunning(running, {
    port: loopback.port,
    control: loopback.controlSecret,
  })

  async function end(): Promise<void> {
    forget()
    window?.end()
    await loopback.close()
    process.exit(0)
  }

  process.once('SIGINT', () => void end())
  process.once('SIGTERM', () => void end())
  for (const file of positionals) loopback.host.openFromOutside(file)
  if (forked) {
    process.once('disconnect', () => void end())
    process.on('message', () => process.send?.({ url: loopback.launchUrl() }))
    process.send?.({ url: loopback.launchUrl() })
    return
  }
  if (window !== undefined) window.open(loopback.launchUrl())
  else
    say(
      values.serve === true ? JSON.stringify({ url: loopback.launchUrl() }) : loopback.launchUrl(),
    )
}

await run()
