/**
 * The only thing a host provides between page and engine: an ordered, reliable pipe of byte frames. Closing is final.
 * A frame given to `send` belongs to the wire afterwards.
 */
export interface Wire {
  send(frame: Uint8Array): void
  onFrame(listener: (frame: Uint8Array) => void): void
  onClose(listener: () => void): void
  close(): void
}
