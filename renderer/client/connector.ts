import type { Wire } from '../../shared/wire/wire.ts'

/** How the page reaches its engine; which one is chosen once, in `pick-connector.ts`. */
export interface Connector {
  /** A fresh wire; rejects while the engine cannot be reached. */
  connect(): Promise<Wire>
  /** Where the shell cannot ask before closing, the page does. */
  guardUnsaved?(edited: boolean): void
}
