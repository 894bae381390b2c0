/** Results go to standard output and nothing else does; everything said besides goes to standard error. */
export interface Terminal {
  result(text: string): void
  say(line: string): void
  /** On a terminal a line that redraws itself; elsewhere one line per new `step`. */
  progress(step: string, detail: string): void
}

interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
}

const redraw = '\r\u001b[K'

export function createTerminal(out: Output, error: Output): Terminal {
  let shown = false
  let last = ''
  const clear = (): void => {
    if (shown) error.write(redraw)
    shown = false
  }
  return {
    result(text) {
      clear()
      out.write(text)
    },
    say(line) {
      clear()
      error.write(`${line}\n`)
    },
    progress(step, detail) {
      if (error.isTTY === true) {
        error.write(`${redraw}${step} ${detail}`)
        shown = true
      } else if (step !== last) {
        error.write(`${step}\n`)
      }
      last = step
    },
  }
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
