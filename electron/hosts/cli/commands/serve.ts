import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AppErrorException } from '../../../../shared/errors.ts'
import { settingsFolder } from '../../../engine/settings-folder.ts'
import { createAppWindow } from '../../loopback/app-window.ts'
import { findBrowser } from '../../loopback/find-browser.ts'
import { hasDisplay } from '../../loopback/loopback-host.ts'
import type { Loopback } from '../../loopback/start-loopback.ts'
import { documentsFolder } from '../../loopback/user-folders.ts'
import { readArguments, required, UsageError, wholeNumber } from '../arguments.ts'
import type { Command, CommandRun } from '../command.ts'

export const serveCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, {
    workspace: { type: 'string' },
    port: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
  })
  const [stray] = positionals
  if (stray !== undefined) throw new UsageError(`Unexpected: ${stray}`, { value: stray })
  const workspace = resolve(required(values.workspace, '--workspace'))
  const port = values.port === undefined ? 0 : wholeNumber(values.port, '--port', 0, 65_535)
  const loopback = await start(run, port)
  const browser = values['no-open'] || !hasDisplay() ? undefined : findBrowser()
  const window = browser === undefined ? undefined : createAppWindow(browser, settingsFolder())
  try {
    await openWorkspace(run, loopback, workspace)
    run.terminal.result(`${JSON.stringify({ url: loopback.launchUrl() })}\n`)
    window?.open(loopback.launchUrl())
    if (!run.signal.aborted) await once(run.signal, 'abort')
  } finally {
    window?.end()
    await loopback.close()
  }
}

async function start({ program, locale }: CommandRun, port: number): Promise<Loopback> {
  const { startLoopback } = await import('../../loopback/start-loopback.ts')
  return startLoopback({
    version: program.version,
    systemLanguage: locale,
    folders: {
      settings: settingsFolder(),
      resources: program.resources,
      documents: documentsFolder(),
    },
    pageFolder: program.pageFolder,
    entries: program.entries,
    checkOutput: false,
    endsAlone: false,
    onEnd: () => undefined,
    // Nobody asks: this start announces itself nowhere.
    onShow: () => null,
    port,
  })
}

/** As `import`, a missing or empty folder becomes a workspace: serving starts an analyst's work, too. */
async function openWorkspace(run: CommandRun, loopback: Loopback, folder: string): Promise<void> {
  const isThere = existsSync(join(folder, 'catalogue.sqlite'))
  const file = loopback.host.files.register(folder)
  const opened = await loopback.engine.call(
    isThere ? 'workspace.open' : 'workspace.create',
    { file },
    { signal: run.signal, part: () => undefined },
  )
  if (!opened.ok) throw new AppErrorException(opened.error)
}
