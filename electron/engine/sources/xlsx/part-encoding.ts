/** XML parts are UTF-8 nearly always; those in UTF-16 are turned into it on the way. */
import { unreadable } from '../source-limits.ts'

export type PartEncoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** From the mark, or from the zero beside the first `<`. */
export function partEncoding(head: Uint8Array): PartEncoding {
  const [first, second] = head
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be'
  return 'utf-8'
}

/** `taken` is told the bytes of the part so far, after each piece. */
export async function* asUtf8(
  pieces: AsyncIterable<Buffer>,
  taken: (bytes: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | undefined
  let bytes = 0
  for await (const piece of pieces) {
    const encoding = bytes === 0 ? partEncoding(piece) : 'utf-8'
    if (encoding !== 'utf-8') decoder = new TextDecoder(encoding, { fatal: true })
    bytes += piece.length
    yield decoder === undefined ? piece : decoded(decoder, piece)
    taken(bytes)
  }
}

function decoded(decoder: InstanceType<typeof TextDecoder>, piece: Buffer): Buffer {
  try {
    return Buffer.from(decoder.decode(piece, { stream: true }), 'utf8')
  } catch {
    throw unreadable('damaged', 'part is not UTF-16')
  }
}
