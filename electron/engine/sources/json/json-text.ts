/** Makes the private copy of a JSON file one of plain UTF-8, whatever programs of Windows wrote it in. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { chmod, open, rename } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
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
  const file = await open(copy, 'r')
  const out = createWriteStream(target)
  try {
    const decoder = new TextDecoder(encoding, { fatal: true })
    const piece = Buffer.alloc(pieceBytes)
    for (let at = from; ;) {
      const { bytesRead } = await file.read(piece, 0, pieceBytes, at)
      at += bytesRead
      const text = decoder.decode(piece.subarray(0, bytesRead), { stream: bytesRead > 0 })
      if (!out.write(text)) await once(out, 'drain')
      if (bytesRead === 0) break
    }
  } finally {
    out.end()
    await finished(out)
    await file.close()
  }
  await rename(target, copy)
}
