import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { AppInfo } from '../../../shared/workspace-words.ts'
import type { Engine, EngineOptions } from '../../engine/engine.ts'
import { createEngine } from '../../engine/engine.ts'
import type { ProcessEntries } from './child-process.ts'
import { createProcessStarter } from './child-process.ts'
import { findBrowser } from './find-browser.ts'
import { startLoopbackServer } from './http-server.ts'
import type { LoopbackHost } from './loopback-host.ts'
import { createLoopbackHost, revealInFileManager } from './loopback-host.ts'
import { printPdf } from './print-pdf.ts'
import { ControlAsk } from './running-instance.ts'
import { createSecrets } from './secrets.ts'
import { browseRoots } from './user-folders.ts'

export interface LoopbackOptions {
  readonly version: string
  readonly systemLanguage: AppInfo['systemLanguage']
  readonly folders: LoopbackHost['folders']
  readonly pageFolder: string
  readonly entries: ProcessEntries
  readonly checkOutput: boolean
  readonly port?: number
  /** Ends when the last window has been closed for a while; `serve` does not. */
  readonly endsAlone: boolean
  /** Milliseconds without a window before the end. */
  readonly endAfter?: number
  readonly onEnd: () => void
  /** A second start asks: returns a URL to print, or null when a window was shown. */
  readonly onShow: (files: readonly string[]) => string | null
  readonly browseRoots?: EngineOptions['browseRoots']
  readonly handlers?: EngineOptions['handlers']
  /** Milliseconds; tickets are judged by it. */
  readonly now?: () => number
}

export interface Loopback {
  readonly engine: Engine
  readonly host: LoopbackHost
  readonly port: number
  readonly origin: string
  readonly controlSecret: string
  /** The entrance with a fresh ticket: good once, for a minute. */
  launchUrl(): string
  close(): Promise<void>
}

/** Calls `end` when no page has been connected for a while after the first one came. */
function endWhenAlone(engine: Engine, waitMs: number, end: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  engine.onPagesChanged((count) => {
    clearTimeout(timer)
    if (count === 0) timer = setTimeout(end, waitMs)
  })
  return () => clearTimeout(timer)
}

/** The loopback host and its engine in this process. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const secrets = createSecrets(options.now ?? Date.now)
  const controlSecret = randomBytes(32).toString('base64url')
  const processes = createProcessStarter(options.entries)
  const entrance = (ticket: string): string => `${origin}/enter#ticket=${ticket}`
  const host = createLoopbackHost({
    folders: options.folders,
    browser: () => engine.browser,
    printPdf: (job) =>
      printPdf(job, {
        browser: findBrowser(),
        urlFor: (jobId) => entrance(secrets.issueTicket({ kind: 'print', jobId })),
        done: (jobId) => secrets.revokeJob(jobId),
      }),
    startProcess: (kind) => processes.start(kind),
    reveal: revealInFileManager,
  })
  const engine: Engine = createEngine(host, {
    version: options.version,
    systemLanguage: options.systemLanguage,
    checkOutput: options.checkOutput,
    browseRoots: options.browseRoots ?? browseRoots,
    ...(options.handlers === undefined ? {} : { handlers: options.handlers }),
  })
  const server = await startLoopbackServer(
    {
      pageFolder: options.pageFolder,
      secrets,
      controlSecret,
      onPage: (wire, rights) => engine.connect(wire, rights),
      onControl: (body) => Promise.resolve(answerControl(body, host, options.onShow)),
    },
    options.port,
  )
  const origin = `http://127.0.0.1:${String(server.port)}`
  const stopWaiting = options.endsAlone
    ? endWhenAlone(engine, options.endAfter ?? 10_000, options.onEnd)
    : () => undefined
  return {
    engine,
    host,
    port: server.port,
    origin,
    controlSecret,
    launchUrl: () => entrance(secrets.issueTicket({ kind: 'page' })),
    async close() {
      stopWaiting()
      await engine.close()
      await server.close()
      processes.endAll()
    },
  }
}

function answerControl(
  body: string,
  host: LoopbackHost,
  onShow: LoopbackOptions['onShow'],
): { url: string | null } {
  const files = filesOf(body)
  for (const file of files) host.openFromOutside(file)
  return { url: onShow(files) }
}

function filesOf(body: string): string[] {
  try {
    const ask: unknown = JSON.parse(body)
    return ControlAsk.safeParse(ask).data?.files ?? []
  } catch {
    return []
  }
}

export const runningFile = (settings: string): string => join(settings, 'loopback.json')
