/** Imports beside each other: who writes which name, how many read at once, and how all of them end with their workspace. */
import { AppErrorException, appError, cancelled } from '../../../shared/errors.ts'

const keyOf = (name: string): string => name.trim().toLowerCase()

interface Importing {
  readonly imports: ImportTurns
}

interface Claim {
  readonly names: ReadonlySet<string>
  readonly released: Promise<unknown>
}

/**
 * Datasets that are read at once: as many as fit, each with its memory, into what questions leave of all that processes may
 * have. Two where that can be, so that a small file never waits for a large one alone; three at most.
 */
export function readingsFor(halfMb: number, limitMb: number, processors: number): number {
  const wanted = Math.min(3, Math.max(2, processors - 1))
  return Math.max(1, Math.min(wanted, Math.floor(halfMb / 2 / limitMb)))
}

export class ImportTurns {
  readonly #atOnce: number
  readonly #claims = new Set<Claim>()
  readonly #waiting: (() => void)[] = []
  readonly #running = new Set<Promise<unknown>>()
  #reading = 0
  #end = new AbortController()

  constructor(atOnce: number) {
    this.#atOnce = Math.max(1, atOnce)
  }

  /** Whether an import that runs now will make or change the dataset of this name. */
  isWriting(name: string): boolean {
    return this.#holder([name]) !== undefined
  }

  /** Aborted when all imports are called off. */
  get ending(): AbortSignal {
    return this.#end.signal
  }

  /** What `stop` waits for. */
  async untilRead<T>(reading: Promise<T>): Promise<T> {
    this.#running.add(reading)
    try {
      return await reading
    } finally {
      this.#running.delete(reading)
    }
  }

  /** Calls off what still reads. */
  end(): void {
    this.#end.abort()
    this.#end = new AbortController()
  }

  /** The same, and waits until nothing of it is left. */
  async stop(): Promise<void> {
    this.end()
    await Promise.allSettled(this.#running)
  }

  /**
   * The names are this import's until it lets go of them; one that others hold is waited for, in the order of asking. All at
   * once, so that no two imports ever wait for each other.
   */
  async claim(names: readonly string[], signal: AbortSignal): Promise<() => void> {
    for (let other = this.#holder(names); other !== undefined; other = this.#holder(names)) {
      await orCancelled(other.released, signal)
    }
    if (signal.aborted) throw cancelled()
    const { promise: released, resolve } = Promise.withResolvers<undefined>()
    const claim = { names: new Set(names.map(keyOf)), released }
    this.#claims.add(claim)
    return () => {
      this.#claims.delete(claim)
      resolve(undefined)
    }
  }

  /** What goes on cannot be called off, but the waiting can. */
  after(going: Promise<unknown>, signal: AbortSignal): Promise<void> {
    return orCancelled(going, signal)
  }

  /** One of the few readings that run at once, over all imports; first come, first served. */
  async reading<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#turn(signal)
    try {
      return await work()
    } finally {
      this.#handOn()
    }
  }

  /** Who waits takes the place over as it is. */
  #handOn(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#reading -= 1
  }

  async #turn(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw cancelled()
    if (this.#reading < this.#atOnce) {
      this.#reading += 1
      return
    }
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const take = (): void => resolve(undefined)
    this.#waiting.push(take)
    try {
      await orCancelled(promise, signal)
    } catch (error) {
      const place = this.#waiting.indexOf(take)
      if (place >= 0) this.#waiting.splice(place, 1)
      // It was called off in the moment its turn came.
      else this.#handOn()
      throw error
    }
  }

  #holder(names: readonly string[]): Claim | undefined {
    const keys = names.map(keyOf)
    return [...this.#claims].find((claim) => keys.some((key) => claim.names.has(key)))
  }
}

async function orCancelled(promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const { promise: called, reject } = Promise.withResolvers<never>()
  const cancel = (): void => reject(cancelled())
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    await Promise.race([promise, called])
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** A name no dataset may get now. */
export function refuseNameBeingMade(workspace: Importing, name: string): void {
  if (!workspace.imports.isWriting(name)) return
  throw new AppErrorException(appError('dataset/nameTaken', { name, reason: 'importing' }))
}

/** What is being imported into stands still until that is over: it would be undone, or the import made for nothing. */
export function refuseBeingImported(workspace: Importing, { name }: { name: string }): void {
  if (!workspace.imports.isWriting(name)) return
  throw new AppErrorException(appError('dataset/beingImported', { name }, true))
}
