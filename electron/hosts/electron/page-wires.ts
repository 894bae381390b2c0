import type { PageRights } from '../../engine/page-rights.ts'
import type { FromEngine, ProcessPort, ToEngine } from './shell-protocol.ts'

/** What is used of a window's contents and of the frame a message came from. */
export interface Sender {
  readonly id: number
  send(channel: 'storeboard:frame' | 'storeboard:close', frame?: Uint8Array): void
}

export interface FrameEvent {
  readonly sender: Sender
  /** The top frame of the sender and not a frame inside it. */
  readonly fromTopFrame: boolean
  readonly url: string
}

export interface PageWires {
  /** A frame arrived on the one channel; anything that is not ours is dropped. */
  onFrame(event: FrameEvent, bytes: unknown): void
  /** A window was made: only these are listened to. */
  admit(sender: Sender, rights: PageRights): void
  /** The page navigated or went away. */
  onGone(id: number): void
  /** The engine's process ended: every page connects anew when there is another. */
  closeAll(): void
}

/** The main side of the pages' wires: checks who speaks and passes bytes on unread. */
export function createPageWires(
  toEngine: (message: ToEngine) => void,
  origin: string,
): PageWires & { onEngine: (message: FromEngine) => void } {
  const admitted = new Map<number, { sender: Sender; rights: PageRights }>()
  const open = new Set<number>()

  function isOurs(event: FrameEvent): boolean {
    const inside = event.url === origin || event.url.startsWith(`${origin}/`)
    return event.fromTopFrame && inside && admitted.has(event.sender.id)
  }

  function close(id: number): void {
    if (open.delete(id)) toEngine({ kind: 'pageClose', page: id })
  }

  return {
    onFrame(event, bytes) {
      const known = admitted.get(event.sender.id)
      if (!isOurs(event) || known === undefined || !(bytes instanceof Uint8Array)) return
      const page = event.sender.id
      if (!open.has(page)) {
        open.add(page)
        toEngine({ kind: 'pageOpen', page, rights: known.rights })
      }
      toEngine({ kind: 'frame', page, bytes })
    },
    admit: (sender, rights) => void admitted.set(sender.id, { sender, rights }),
    onGone: close,
    closeAll() {
      for (const id of open) admitted.get(id)?.sender.send('storeboard:close')
      open.clear()
    },
    onEngine(message) {
      if (message.kind !== 'frame' && message.kind !== 'pageClose') return
      if (!open.has(message.page)) return
      const sender = admitted.get(message.page)?.sender
      if (message.kind === 'frame') return sender?.send('storeboard:frame', message.bytes)
      open.delete(message.page)
      sender?.send('storeboard:close')
    },
  }
}

export type EnginePort = ProcessPort<ToEngine, FromEngine>
