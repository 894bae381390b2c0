/** What the engine's parser does not bear of a JSON file: brackets nested without end, which would end the process, and a mark at its beginning. */
import { chmod, open } from 'node:fs/promises'
import { overLimit } from '../../sources/source-limits.ts'

const maxDepth = 200
const pieceBytes = 4_194_304

const quote = 0x22
const backslash = 0x5c
const newline = 0x0a

/** Rejects with `dataset/overLimit` before anything else looks at the file. */
export async function refuseDeepJson(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    const nesting = new Nesting()
    const piece = Buffer.alloc(pieceBytes)
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, pieceBytes)
      if (bytesRead === 0) return
      nesting.feed(piece, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** Three spaces in place of the mark that says UTF-8, which Windows programs begin their files with. */
export async function blankByteMark(copy: string): Promise<void> {
  const file = await open(copy, 'r')
  const { buffer } = await file.read(Buffer.alloc(3), 0, 3, 0).finally(() => file.close())
  if (buffer.toString('hex') !== 'efbbbf') return
  // The copy of a file nobody may write to.
  await chmod(copy, 0o600)
  const written = await open(copy, 'r+')
  await written.write('   ', 0).finally(() => written.close())
}

class Nesting {
  #depth = 0
  #inText = false
  #escaped = false

  feed(bytes: Uint8Array, length: number): void {
    for (let at = 0; at < length; at++) {
      const byte = bytes[at] ?? 0
      if (this.#inText) this.#text(byte)
      else if (byte === quote) this.#inText = true
      // [ ] and { } differ in this one bit.
      else if ((byte | 0x20) === 0x7b) {
        if (++this.#depth > maxDepth) throw overLimit('xmlDepth')
      } else if ((byte | 0x20) === 0x7d) this.#depth = Math.max(0, this.#depth - 1)
    }
  }

  /** No text holds a line end, so a quote that is not closed hides nothing of the lines below it. */
  #text(byte: number): void {
    if (byte === newline || (byte === quote && !this.#escaped)) this.#inText = false
    this.#escaped = byte === backslash && !this.#escaped
  }
}
