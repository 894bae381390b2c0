/** The reading side of an import's second thread. */
import { Worker } from 'node:worker_threads'
import { AppErrorException } from '../../../../shared/errors.ts'
import type { TextPool } from '../../sources/text-pool.ts'
import { jobError } from '../jobs/job-error.ts'
import type { WrittenColumn } from './column-writer.ts'
import type { ExtractEnd, ExtractPlan } from './extract-follower.ts'
import type { Spool } from './spool.ts'
import type { FromWriteThread, ToWriteThread } from './thread-messages.ts'

export class ExtractThread {
  readonly #worker: Worker
  readonly #spool: Spool
  readonly #pool: TextPool
  readonly #ended: Promise<unknown>
  #told = 0
  #hasWritten = false
  #failed: AppErrorException | undefined
  #done: PromiseWithResolvers<readonly WrittenColumn[]> | undefined
  readonly #hashes = new Map<string, PromiseWithResolvers<string>>()
  onWritten: (rows: number) => void = () => undefined

  /** `program` is the file the thread runs. */
  constructor(program: string, spool: Spool, pool: TextPool) {
    this.#spool = spool
    this.#pool = pool
    this.#worker = new Worker(program, { workerData: { spool: spool.path } })
    this.#worker.on('message', (message: FromWriteThread) => this.#take(message))
    this.#worker.on('error', (error) => this.#fail(error))
    this.#ended = new Promise((resolve) => this.#worker.once('exit', resolve))
  }

  #take(message: FromWriteThread): void {
    if (message.kind === 'wrote') this.onWritten(message.rows)
    else if (message.kind === 'hashed') this.#hashes.get(message.path)?.resolve(message.hash)
    else if (message.kind === 'done') {
      this.#hasWritten = true
      this.#done?.resolve(message.columns)
    } else this.#fail(new AppErrorException(message.error))
  }

  #fail(error: unknown): void {
    this.#failed ??= new AppErrorException(jobError(error, 'import'))
    this.#done?.reject(this.#failed)
    for (const hash of this.#hashes.values()) hash.reject(this.#failed)
  }

  /** Of a whole file, which this thread then need not read twice. */
  hashOf(path: string): Promise<string> {
    const asked = Promise.withResolvers<string>()
    this.#hashes.set(path, asked)
    this.#post({ kind: 'hash', path })
    return asked.promise
  }

  /** Chunks spooled from now on, and earlier ones, are written under this plan; what was written is thrown away. */
  begin(plan: ExtractPlan): void {
    this.#hasWritten = false
    this.#post({ kind: 'begin', plan })
  }

  /** Tells of what was spooled meanwhile; throws when writing failed. */
  follow(): void {
    if (this.#failed) throw this.#failed
    const places = this.#spool.places.slice(this.#told)
    this.#told = this.#spool.chunks
    if (places.length > 0) this.#post({ kind: 'more', places, texts: this.#pool.share() })
  }

  /** There are no more chunks. */
  seal(): void {
    this.follow()
    this.#post({ kind: 'sealed' })
  }

  /** Resolves with the file complete and closed. */
  async finish(end: ExtractEnd): Promise<readonly WrittenColumn[]> {
    this.follow()
    this.#done = Promise.withResolvers()
    this.#post({ kind: 'finish', end })
    const columns = await this.#done.promise
    this.#done = undefined
    return columns
  }

  /** Asks it to end: a thread that is terminated within the database's native code takes the whole process along. */
  async close(): Promise<void> {
    this.#post({ kind: 'stop' })
    // One that has written its file waits for messages alone, and nobody has to wait for it.
    if (!this.#hasWritten || this.#failed) await this.#ended
  }

  #post(message: ToWriteThread): void {
    this.#worker.postMessage(message)
  }
}
