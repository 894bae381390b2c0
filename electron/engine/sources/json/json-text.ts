/** Makes the private copy of a JSON file one of plain UTF-8, whatever programs of Windows wrote it in. */
import { createWriteStream } from 'node:fs'
import { chmod, open, rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { detectEncoding, wideEncoding } from '../csv/encoding.ts'
import type { Encoding } from '../csv/encoding.ts'

const pieceBytes = 1_048_576

/** Resolves with the encoding it was in, where that is another one. */
export async function plainJson(copy: string): Promise<Encoding | undefined> {
  const file = await open(copy, 'r')
  const head = Buffer.alloc(pieceBytes)
  const { bytesRead } = await file.read(head, 0, pieceBytes, 0).finally(() => file.close())
  const found = wideEncoding(head.subarray(0, bytesRead))
  if (found === undefined) return undefined
  if (found.encoding === 'utf-8') return blankMark(copy)
  await rewrite(copy, found.encoding, found.markBytes)
  return found.encoding
}

/** For a file that turned out to be no UTF-8: as the likeliest of the older encodings, where all of it is text in that. */
export async function plainNarrowJson(copy: string): Promise<Encoding | undefined> {
  const file = await open(copy, 'r')
  const { encoding } = await detectEncoding(file).finally(() => file.close())
  if (encoding === 'utf-8') return undefined
  try {
    await rewrite(copy, encoding, 0)
    return encoding
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** Three spaces in place of the mark that says UTF-8, which Windows programs begin their files with. */
async function blankMark(copy: string): Promise<undefined> {
  // The copy of a file nobody may write to.
  await chmod(copy, 0o600)
  const written = await open(copy, 'r+')
  await written.write('   ', 0).finally(() => written.close())
}

/** Rejects with TypeError where bytes are no text in this encoding; the copy is then as it was. */
async function rewrite(copy: string, encoding: Encoding, from: number): Promise<void> {
  const target = `${copy}.plain`
  await pipeline(Readable.from(decoded(copy, encoding, from)), createWriteStream(target))
  await rename(target, copy)
}

async function* decoded(path: string, encoding: Encoding, from: number): AsyncGenerator<string> {
  const file = await open(path, 'r')
  try {
    const decoder = new TextDecoder(encoding, { fatal: true })
    const piece = Buffer.alloc(pieceBytes)
    for (let at = from; ;) {
      const { bytesRead } = await file.read(piece, 0, pieceBytes, at)
      at += bytesRead
      const text = decoder.decode(piece.subarray(0, bytesRead), { stream: bytesRead > 0 })
      if (text !== '') yield text
      if (bytesRead === 0) return
    }
  } finally {
    await file.close()
  }
}
