/** Entry of the thread that asks a SQLite file for the runs of a large table while another one reads those before. */
import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { jobError } from '../jobs/job-error.ts'
import { bulkRows } from './bulk-rows.ts'
import { openCopy } from './open-copy.ts'
import { explainReading } from './sqlite-errors.ts'
import { tablesOf } from './sqlite-tables.ts'
import type { FromTableThread, TableOfCopy, ToTableThread } from './threaded-rows.ts'
import { runsAhead } from './threaded-rows.ts'

interface Flow {
  /** Runs that may still be given. */
  room: number
  stopped: boolean
  wake: () => void
}

/** Gives runs as long as there is room for them, then what they leave over. */
async function giveRuns(port: MessagePort, { path, table: name }: TableOfCopy): Promise<void> {
  const flow: Flow = { room: runsAhead, stopped: false, wake: () => undefined }
  port.on('message', (message: ToTableThread) => {
    if (message === 'stop') flow.stopped = true
    else flow.room++
    flow.wake()
  })
  const database = openCopy(path)
  try {
    const table = tablesOf(database).find((one) => one.name === name)
    if (table === undefined) throw new Error('the table is gone')
    const runs = bulkRows(database, table)
    let step = runs.next()
    for (; step.done !== true; step = runs.next()) {
      // Lets messages in.
      await setImmediate()
      while (flow.room === 0 && !flow.stopped)
        await new Promise<void>((resolve) => (flow.wake = resolve))
      if (flow.stopped) return
      flow.room--
      give(port, { kind: 'run', ...step.value })
    }
    give(port, { kind: 'end', left: step.value })
  } finally {
    database.close()
  }
}

/** Memory a run has to itself is handed over instead of copied. */
function give(port: MessagePort, message: FromTableThread): void {
  const buffer = message.kind === 'run' ? message.lines.buffer : undefined
  const isOwn = message.kind === 'run' && buffer?.byteLength === message.lines.length
  port.postMessage(message, isOwn && buffer instanceof ArrayBuffer ? [buffer] : [])
}

if (parentPort) {
  const port = parentPort
  // Started by this product's own reader alone.
  giveRuns(port, workerData as TableOfCopy)
    .catch((error: unknown) => {
      give(port, { kind: 'failed', error: jobError(explainReading(error), 'import') })
    })
    .finally(() => port.close())
}
