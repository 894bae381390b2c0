/** Entry of the thread that writes an import's extract while its file is still being read. */
import { rmSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { Texts } from '../../sources/texts.ts'
import { jobError } from '../jobs/job-error.ts'
import type { ExtractEnd, ExtractPlan } from './extract-follower.ts'
import { ExtractFollower } from './extract-follower.ts'
import { hashOf } from './part-words.ts'
import { SpoolReader } from './spool.ts'
import type { FromWriteThread, ToWriteThread } from './thread-messages.ts'

class WriteThread {
  readonly #port: MessagePort
  readonly #spool: SpoolReader
  readonly #texts = new Texts()
  #begin: ExtractPlan | undefined
  #end: ExtractEnd | undefined
  #target = ''
  #follower: ExtractFollower | undefined
  #next = 0
  #wake: (() => void) | undefined
  #stopped = false
  #allRead = false
  #sealed: ExtractFollower | undefined

  constructor(port: MessagePort, spoolPath: string) {
    this.#port = port
    this.#spool = new SpoolReader(spoolPath)
  }

  take(message: ToWriteThread): void {
    if (message.kind === 'more') {
      this.#texts.take(message.texts)
      this.#spool.places.push(...message.places)
    } else if (message.kind === 'begin') this.#begin = message.plan
    else if (message.kind === 'finish') this.#end = message.end
    else if (message.kind === 'sealed') this.#allRead = true
    else if (message.kind === 'hash') void this.#hash(message.path)
    else this.#stopped = true
    this.#wake?.()
  }

  async #hash(path: string): Promise<void> {
    try {
      this.#post({ kind: 'hashed', path, hash: await hashOf(path) })
    } catch (error) {
      this.#post({ kind: 'failed', error: jobError(error, 'import') })
    }
  }

  /** Until it is told to stop; after the end is told and written it may be told to begin again. */
  async run(): Promise<void> {
    try {
      while (!this.#stopped) {
        const plan = this.#begin
        if (plan !== undefined) await this.#restart(plan)
        else if (this.#follower && this.#next < this.#spool.chunks) await this.#one(this.#follower)
        else if (this.#follower && this.#mayBeSealed(this.#follower))
          await this.#seal(this.#follower)
        else if (this.#follower && this.#end) await this.#finish(this.#follower, this.#end)
        else await new Promise<void>((resolve) => (this.#wake = resolve))
      }
    } finally {
      this.#follower?.close()
      this.#spool.close()
    }
  }

  async #restart(plan: ExtractPlan): Promise<void> {
    this.#begin = undefined
    const before = this.#follower
    this.#follower = undefined
    before?.close()
    if (before) removeFile(this.#target)
    this.#target = plan.target
    this.#next = 0
    this.#follower = await ExtractFollower.create(plan, this.#texts)
  }

  async #one(follower: ExtractFollower): Promise<void> {
    follower.write(this.#spool.read(this.#next++))
    this.#post({ kind: 'wrote', rows: follower.rows })
    // Lets messages in, a new plan among them.
    await setImmediate()
  }

  #mayBeSealed(follower: ExtractFollower): boolean {
    return this.#allRead && this.#end === undefined && this.#sealed !== follower
  }

  async #seal(follower: ExtractFollower): Promise<void> {
    this.#sealed = follower
    await follower.seal()
  }

  async #finish(follower: ExtractFollower, end: ExtractEnd): Promise<void> {
    this.#end = undefined
    this.#follower = undefined
    this.#post({ kind: 'done', columns: await follower.finish(end) })
  }

  #post(message: FromWriteThread): void {
    this.#port.postMessage(message)
  }
}

function removeFile(path: string): void {
  rmSync(path, { force: true })
  rmSync(`${path}.wal`, { force: true })
}

if (parentPort) {
  const port = parentPort
  // Started by this product's own import alone.
  const { spool } = workerData as { readonly spool: string }
  const thread = new WriteThread(port, spool)
  const ended = thread.run().catch((error: unknown) => {
    port.postMessage({ kind: 'failed', error: jobError(error, 'import') } satisfies FromWriteThread)
  })
  port.on('message', (message: ToWriteThread) => {
    thread.take(message)
    if (message.kind === 'stop') void ended.then(() => port.close())
  })
}
