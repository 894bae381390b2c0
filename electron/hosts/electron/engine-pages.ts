import type { Wire } from '../../../shared/wire/wire.ts'
import type { PageRights } from '../../engine/page-rights.ts'
import type { FromEngine, ProcessPort, ToEngine } from './shell-protocol.ts'

interface Page {
  readonly frames: ((frame: Uint8Array) => void)[]
  readonly closes: (() => void)[]
}

/** The engine's ends of the pages' wires, all carried over the one channel from the main process. */
export function acceptPages(
  port: ProcessPort<FromEngine, ToEngine>,
  connect: (wire: Wire, rights: PageRights) => void,
): void {
  const pages = new Map<number, Page>()

  function close(number: number): void {
    const page = pages.get(number)
    pages.delete(number)
    for (const listener of page?.closes ?? []) listener()
  }

  function open(number: number, rights: PageRights): void {
    close(number)
    const page: Page = { frames: [], closes: [] }
    pages.set(number, page)
    const isOpen = (): boolean => pages.get(number) === page
    const wire: Wire = {
      send: (bytes) => {
        if (isOpen()) port.post({ kind: 'frame', page: number, bytes })
      },
      onFrame: (listener) => void page.frames.push(listener),
      onClose: (listener) => void page.closes.push(listener),
      close: () => {
        if (!isOpen()) return
        port.post({ kind: 'pageClose', page: number })
        close(number)
      },
    }
    connect(wire, rights)
  }

  port.onMessage((message) => {
    if (message.kind === 'pageOpen') return open(message.page, message.rights)
    if (message.kind === 'pageClose') return close(message.page)
    if (message.kind !== 'frame') return
    for (const listener of pages.get(message.page)?.frames ?? []) listener(message.bytes)
  })
}
