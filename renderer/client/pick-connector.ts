import { connectBridge } from './connect-bridge.ts'
import { connectSocket } from './connect-socket.ts'
import type { Connector } from './connector.ts'

/** The one place where the page asks which host it has. */
export function pickConnector(page: Window): Connector {
  return page.__bridge === undefined ? connectSocket(page) : connectBridge(page.__bridge)
}
