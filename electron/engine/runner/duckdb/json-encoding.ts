/** JSON that is not UTF-8, as programs of Windows write it: its private copy is written anew. */
import { isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import { open, rename } from 'node:fs/promises'
import type { Encoding } from '../../sources/csv/encoding.ts'
import { detectEncoding } from '../../sources/csv/encoding.ts'
import { unreadable } from '../../sources/source-limits.ts'

const headBytes = 65_536
const pieceBytes = 1_048_576
/** A sign of UTF-8 that the head cuts in two lacks at most so many bytes. */
const cutBytes = 3

/** The encoding it was written in; undefined for UTF-8, which is left as it is. */
export async function rewriteAsUtf8(copy: string): Promise<Encoding | undefined> {
  const file = await open(copy, 'r')
  try {
    const head = Buffer.alloc(headBytes)
    const { bytesRead } = await file.read(head, 0, headBytes, 0)
    if (looksUtf8(head.subarray(0, bytesRead))) return undefined
    const { encoding, markBytes } = await detectEncoding(file)
    if (encoding === 'utf-8') return undefined
    await rewrite(file, `${copy}.utf8`, encoding, markBytes)
    await rename(`${copy}.utf8`, copy)
    return encoding
  } finally {
    await file.close()
  }
}

function looksUtf8(head: Buffer): boolean {
  if (head.includes(0)) return false
  return [0, 1, 2, cutBytes].some((cut) => isUtf8(head.subarray(0, Math.max(0, head.length - cut))))
}

async function rewrite(
  from: FileHandle,
  path: string,
  encoding: Encoding,
  markBytes: number,
): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const decode = (piece: Uint8Array, stream: boolean): string => {
    try {
      return decoder.decode(piece, { stream })
    } catch {
      throw unreadable('damaged', `bytes that are no ${encoding}`)
    }
  }
  const to = await open(path, 'wx')
  try {
    const piece = Buffer.alloc(pieceBytes)
    for (let at = markBytes; ;) {
      const { bytesRead } = await from.read(piece, 0, pieceBytes, at)
      at += bytesRead
      await to.writeFile(decode(piece.subarray(0, bytesRead), bytesRead > 0))
      if (bytesRead === 0) return
    }
  } finally {
    await to.close()
  }
}
