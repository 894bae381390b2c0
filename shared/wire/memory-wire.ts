import type { Wire } from './wire.ts'

interface Side {
  frames: ((frame: Uint8Array) => void)[]
  closes: (() => void)[]
}

/** Two wires joined in memory; frames arrive later, in order, as copies, like on any other wire. */
export function memoryWirePair(): [Wire, Wire] {
  const sides: [Side, Side] = [
    { frames: [], closes: [] },
    { frames: [], closes: [] },
  ]
  let open = true
  let last = Promise.resolve()
  const later = (task: () => void): void => {
    last = last.then(task)
  }
  const close = (): void => {
    if (!open) return
    open = false
    later(() => {
      for (const side of sides) for (const listener of side.closes) listener()
    })
  }
  const wire = (own: Side, other: Side): Wire => ({
    send(frame) {
      if (!open) return
      const copy = frame.slice()
      later(() => {
        for (const listener of other.frames) listener(copy)
      })
    },
    onFrame: (listener) => void own.frames.push(listener),
    onClose: (listener) => void own.closes.push(listener),
    close,
  })
  return [wire(sides[0], sides[1]), wire(sides[1], sides[0])]
}
