import { open } from 'node:fs/promises'
import { sourceLimits } from '../../electron/engine/sources/source-limits.ts'
import { readZipDirectory } from '../../electron/engine/sources/zip/zip-directory.ts'
import { readEntry } from '../../electron/engine/sources/zip/zip-entry.ts'

/** Names and contents of every part of a zipped file, one after the other, as UTF-8. */
export async function zipText(path: string): Promise<string> {
  const file = await open(path)
  try {
    const directory = await readZipDirectory(file, sourceLimits)
    const parts: string[] = []
    for (const entry of directory.entries.values()) {
      const pieces: Buffer[] = []
      for await (const piece of readEntry({ path, file, directory }, entry)) {
        pieces.push(Buffer.from(piece))
      }
      parts.push(entry.name, Buffer.concat(pieces).toString('utf8'))
    }
    return parts.join('\n')
  } finally {
    await file.close()
  }
}
