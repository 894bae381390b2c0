/** The reading side of the thread that asks a SQLite file. */
import { Worker } from 'node:worker_threads'
import type { AppError } from '../../../../shared/errors.ts'
import { AppErrorException } from '../../../../shared/errors.ts'
import type { LeftOver, RowBatch } from './bulk-rows.ts'

/** What the thread opens: a private copy, and one of its tables. */
export interface TableOfCopy {
  readonly path: string
  readonly table: string
}

export type ToTableThread = 'taken' | 'stop'
export type FromTableThread =
  | ({ readonly kind: 'run' } & Omit<RowBatch, 'lines'> & { readonly lines: Uint8Array })
  | { readonly kind: 'end'; readonly left: LeftOver }
  | { readonly kind: 'failed'; readonly error: AppError }

/** Runs that may wait to be read. */
export const runsAhead = 6

/** As `bulkRows`, asked by a thread of its own that runs ahead. `program` is the file the thread runs. */
export async function* threadedRows(
  program: string,
  of: TableOfCopy,
): AsyncGenerator<RowBatch, LeftOver> {
  const worker = new Worker(program, { workerData: of })
  const waiting: FromTableThread[] = []
  const state: { failed?: Error; isOver: boolean; wake: () => void } = {
    isOver: false,
    wake: () => undefined,
  }
  worker.on('message', (message: FromTableThread) => {
    waiting.push(message)
    state.wake()
  })
  worker.on('error', (error) => {
    state.failed = error instanceof Error ? error : new Error(String(error))
  })
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      state.isOver = true
      state.wake()
      resolve()
    })
  })
  const post = (message: ToTableThread): void => worker.postMessage(message)
  try {
    for (;;) {
      const message = waiting.shift()
      if (message?.kind === 'run') {
        const { kind: _kind, lines, ...run } = message
        yield { ...run, lines: Buffer.from(lines.buffer, lines.byteOffset, lines.length) }
        post('taken')
      } else if (message?.kind === 'end') return message.left
      else if (message?.kind === 'failed') throw new AppErrorException(message.error)
      else if (state.isOver) throw state.failed ?? new Error('the thread ended early')
      else await new Promise<void>((resolve) => (state.wake = resolve))
    }
  } finally {
    // Whoever stops reading waits until the file is closed: it is removed next.
    post('stop')
    await ended
  }
}
