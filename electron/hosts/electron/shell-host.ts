import type { FileRef } from '../../../shared/host-words.ts'
import { createFileRegistry } from '../../engine/file-registry.ts'
import type { Host, PrintJob } from '../../engine/host.ts'
import { readOnlyFor, unsupported } from '../../engine/host.ts'
import { createChildPorts } from './child-ports.ts'
import type {
  EngineStart,
  FromEngine,
  ProcessPort,
  ServiceName,
  ShellServices,
  ToEngine,
} from './shell-protocol.ts'

type Result<S extends ServiceName> = Awaited<ReturnType<ShellServices[S]>>

/** Asks of the engine's process to the main process, each answered once. */
function createAsker(port: ProcessPort<FromEngine, ToEngine>) {
  const open = new Map<number, PromiseWithResolvers<unknown>>()
  let lastId = 0
  port.onMessage((message) => {
    if (message.kind !== 'answer' && message.kind !== 'refusal') return
    const ask = open.get(message.id)
    open.delete(message.id)
    if (message.kind === 'answer') ask?.resolve(message.value)
    else ask?.reject(new Error(message.message))
  })
  return async <S extends ServiceName>(
    service: S,
    input: Parameters<ShellServices[S]>[0],
    signal?: AbortSignal,
  ): Promise<Result<S>> => {
    const id = (lastId += 1)
    const answer = Promise.withResolvers<unknown>()
    open.set(id, answer)
    const cancel = (): void => port.post({ kind: 'cancelAsk', id })
    signal?.addEventListener('abort', cancel, { once: true })
    port.post({ kind: 'ask', id, service, input })
    try {
      // The main process answers a service with its own result type.
      return (await answer.promise) as Result<S>
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }
}

/** The Host as the engine's process has it: everything a shell alone can do is asked of the main process. */
export function createShellHost(port: ProcessPort<FromEngine, ToEngine>, start: EngineStart): Host {
  const files = createFileRegistry()
  const ask = createAsker(port)
  const children = createChildPorts(port)
  const openers: ((file: FileRef) => void)[] = []
  let mayClose = (): Promise<boolean> => Promise.resolve(true)

  port.onMessage((message) => {
    if (message.kind === 'opened') for (const open of openers) open(files.register(message.path))
    if (message.kind === 'askClose')
      void mayClose().then((close) => port.post({ kind: 'closeAnswer', id: message.id, close }))
  })

  const print = ({ jobId, paper, signal }: PrintJob): Promise<Uint8Array> => {
    signal.throwIfAborted()
    return ask('printPdf', { jobId, widthMm: paper.widthMm, heightMm: paper.heightMm }, signal)
  }

  return {
    kind: 'electron',
    files,
    folders: start.folders,
    async pickToOpen(wanted) {
      const readOnly = readOnlyFor(wanted.purpose)
      return (await ask('pickToOpen', wanted)).map((path) => files.register(path, { readOnly }))
    },
    async pickToSave(wanted) {
      const path = await ask('pickToSave', wanted)
      return path === null ? null : files.register(path)
    },
    onOpenedByFile: (listener) => void openers.push(listener),
    async reveal(file) {
      const path = files.pathOf(file.id)
      return path !== undefined && (await ask('reveal', path)) ? 'done' : unsupported
    },
    openLink: async (url) => ((await ask('openLink', url)) ? 'done' : unsupported),
    showDocument: (state) => void ask('showDocument', state),
    mayClose: (listener) => void (mayClose = listener),
    notify: async (notice) => ((await ask('notify', notice)) ? 'done' : unsupported),
    printPdf: print,
    startProcess: (kind) => children.start(kind),
  }
}
