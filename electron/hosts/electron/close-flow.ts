export interface CloseFlow {
  /** Call on the window's wish to close. */
  onClose(event: { preventDefault(): void }): void
}

/** Holds the window until the engine has asked the page; an engine that is gone does not hold it. */
export function createCloseFlow(mayClose: () => Promise<boolean>, close: () => void): CloseFlow {
  let allowed = false
  let asking = false
  return {
    onClose(event) {
      if (allowed) return
      event.preventDefault()
      if (asking) return
      asking = true
      void mayClose()
        .catch(() => true)
        .then((may) => {
          asking = false
          if (!may) return
          allowed = true
          close()
        })
    },
  }
}
