import type { ErrorCode } from '../../../shared/errors.ts'
import { appError, AppErrorException } from '../../../shared/errors.ts'
import type { ChildPort } from '../host.ts'
import type { RawAnswer } from '../query/query-runner.ts'
import type { Printed } from '../sql/printer.ts'
import type { FromQueryProcess, ToQueryProcess } from './query-messages.ts'

interface Waiting {
  readonly resolve: (answer: RawAnswer) => void
  readonly reject: (error: Error) => void
}

export const failure = (
  code: ErrorCode,
  message?: string,
  canRetry = code === 'query/processLost',
): AppErrorException =>
  new AppErrorException(
    appError(code, message === undefined ? {} : { message: message.slice(0, 2000) }, canRetry),
  )

/** The process was ended for the sake of another question: this one may be asked again on the next process. */
export class EndedForAnother extends Error {}

/** One query process with what runs in it. */
export class StartedProcess {
  readonly #port: ChildPort
  readonly #waiting = new Map<number, Waiting>()
  readonly paths: ReadonlySet<string>
  readonly #onOpened: (() => void)[] = []
  #opened = false
  #next = 1
  #dead = false
  #retired = false

  constructor(
    port: ChildPort,
    open: ToQueryProcess,
    paths: Iterable<string>,
    onGone: (expected: boolean) => void,
  ) {
    this.#port = port
    this.paths = new Set(paths)
    // The first message says only that the process is up.
    port.onMessage((message) => {
      if (isAnswer(message)) this.#receive(message)
    })
    port.onExit((expected) => {
      this.#dead = true
      this.#failAll(expected ? new EndedForAnother() : failure('query/processLost'))
      onGone(expected)
    })
    port.post(open)
  }

  get usable(): boolean {
    return !this.#dead && !this.#retired
  }

  get opened(): boolean {
    return this.#opened
  }

  /** At once when it has its files already; never when it cannot open them. */
  whenOpened(listener: () => void): void {
    if (this.#opened) listener()
    else this.#onOpened.push(listener)
  }

  get busy(): boolean {
    return this.#waiting.size > 0
  }

  run(statement: Printed): { readonly id: number; readonly answer: Promise<RawAnswer> } {
    const id = this.#next++
    const answer = new Promise<RawAnswer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#port.post({ kind: 'run', id, ...statement } satisfies ToQueryProcess)
    })
    return { id, answer }
  }

  interrupt(id: number): void {
    if (this.#waiting.has(id)) this.#port.post({ kind: 'interrupt', id } satisfies ToQueryProcess)
  }

  isRunning(id: number): boolean {
    return this.#waiting.has(id)
  }

  /** Takes no more questions and ends when the last is answered. */
  retire(): void {
    this.#retired = true
    if (!this.busy) this.kill()
  }

  kill(): void {
    this.#dead = true
    this.#port.kill()
  }

  #receive(message: FromQueryProcess): void {
    switch (message.kind) {
      case 'opened':
        this.#opened = true
        for (const listener of this.#onOpened.splice(0)) listener()
        return
      case 'openFailed':
        this.#failAll(failure('query/failed', message.message))
        this.kill()
        return
      case 'answer':
        this.#settle(message.id, ({ resolve }) =>
          resolve({ rows: message.rows, columns: new Map(message.columns) }),
        )
        return
      case 'failed':
        this.#settle(message.id, ({ reject }) => reject(failureOf(message)))
    }
  }

  #settle(id: number, settle: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (waiting) settle(waiting)
    if (this.#retired && !this.busy) this.kill()
  }

  #failAll(error: Error): void {
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of all) reject(error)
  }
}

function failureOf(message: Extract<FromQueryProcess, { kind: 'failed' }>): AppErrorException {
  if (message.fault !== undefined) {
    return message.details === undefined
      ? failure(message.fault, message.message, true)
      : new AppErrorException(appError(message.fault, message.details, true))
  }
  const said = failure(message.interrupted ? 'query/cancelled' : 'query/failed', message.message)
  if (message.details === undefined) return said
  const { code, details, canRetry } = said.appError
  return new AppErrorException(appError(code, { ...details, ...message.details }, canRetry))
}

/** The process ships with the engine: a message with a kind is one of its answers. */
function isAnswer(message: unknown): message is FromQueryProcess {
  return typeof message === 'object' && message !== null && 'kind' in message
}
