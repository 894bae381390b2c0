/** Stands in for the thread that writes an extract: cells become the columns of their types and stay in memory. */
import { writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { ColumnWriter } from '../../electron/engine/runner/import/column-writer.ts'
import type { ExtractPlan } from '../../electron/engine/runner/import/extract-follower.ts'
import { SpoolReader } from '../../electron/engine/runner/import/spool.ts'
import type {
  FromWriteThread,
  ToWriteThread,
} from '../../electron/engine/runner/import/thread-messages.ts'
import { Texts } from '../../electron/engine/sources/texts.ts'
import type { CodedValues } from '../../electron/engine/sources/typing/column-coder.ts'

// Started by the benchmark alone.
const { spool } = workerData as { readonly spool: string }
const reader = new SpoolReader(spool)
const texts = new Texts()
let plan: ExtractPlan | undefined
let writers: readonly ColumnWriter[] = []
let columns: CodedValues[][] = []
let next = 0
let ending = false

function begin(asked: ExtractPlan): void {
  plan = asked
  writers = asked.columns.map((column) => new ColumnWriter(column, texts))
  columns = writers.map(() => [])
  next = 0
}

/** What the last column adds up to, where the extract would have been. */
function finish(): void {
  ending = false
  let total = 0
  for (const values of columns.at(-1) ?? []) {
    if (!(values instanceof Float64Array)) throw new Error('no numbers')
    for (const value of values) total += value
  }
  writeFileSync(plan?.target ?? '', String(total))
  parentPort?.postMessage({ kind: 'done', columns: [] } satisfies FromWriteThread)
}

async function work(): Promise<void> {
  while (plan !== undefined && next < reader.chunks) {
    const chunk = reader.read(next++)
    writers.forEach((writer, at) => columns[at]?.push(writer.encode(chunk)))
    await setImmediate()
  }
  if (ending && plan !== undefined) finish()
}

let working = Promise.resolve()
parentPort?.on('message', (message: ToWriteThread) => {
  if (message.kind === 'begin') begin(message.plan)
  else if (message.kind === 'more') {
    texts.take(message.texts)
    reader.places.push(...message.places)
  } else if (message.kind === 'finish') ending = true
  else if (message.kind === 'stop') parentPort?.close()
  working = working.then(work)
})
