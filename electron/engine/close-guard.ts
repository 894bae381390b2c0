import { randomBytes } from 'node:crypto'

export interface CloseGuard {
  /** True when no page objects; asked again while undecided, it gives the same answer. */
  ask(): Promise<boolean>
  answer(askId: string, close: boolean): void
  /** The last page is gone: nobody is left to object. */
  release(): void
}

/** Asks the pages whether unsaved work stands in the way of closing. */
export function createCloseGuard(pages: {
  readonly count: () => number
  readonly emit: (askId: string) => void
}): CloseGuard {
  let open: { askId: string; promise: Promise<boolean>; settle: (close: boolean) => void } | null =
    null

  function settle(close: boolean): void {
    open?.settle(close)
    open = null
  }

  return {
    ask() {
      if (pages.count() === 0) return Promise.resolve(true)
      if (open !== null) return open.promise
      const { promise, resolve } = Promise.withResolvers<boolean>()
      open = { askId: `ask_${randomBytes(8).toString('hex')}`, promise, settle: resolve }
      pages.emit(open.askId)
      return promise
    },
    answer(askId, close) {
      if (open?.askId === askId) settle(close)
    },
    release: () => settle(true),
  }
}
