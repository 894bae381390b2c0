import { open, rm, type FileHandle } from 'node:fs/promises'
import type { Writable } from 'node:stream'

/** Where a workbook's bytes go, in order. Rejections carry the system's own error. */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<void>
  /** All bytes are with the system (a file is closed, a stream ended). */
  close(): Promise<void>
  /** Gives up: closes, and removes a file this sink created. */
  discard(): Promise<void>
}

/** A sink onto a new or emptied file. The caller decides about renaming and flushing to disk. */
export async function fileSink(path: string): Promise<ByteSink> {
  const file = await open(path, 'w')
  return {
    write: (bytes) => writeAll(file, bytes),
    close: () => file.close(),
    discard: async () => {
      await file.close().catch(() => undefined)
      await rm(path, { force: true })
    },
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let done = 0
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done)
    done += bytesWritten
  }
}

/** A sink onto a stream, waiting for each chunk so that a slow reader slows the writer. */
export function streamSink(stream: Writable): ByteSink {
  let failure: Error | null = null
  stream.on('error', (error: Error) => (failure = error))
  const settled = (run: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => {
      if (failure !== null) {
        reject(failure)
        return
      }
      run((error) => {
        if (error) reject(error)
        else resolve()
      })
    })
  return {
    write: (bytes) => settled((done) => stream.write(bytes, done)),
    close: () => settled((done) => stream.end(done)),
    discard: () => {
      stream.destroy()
      return Promise.resolve()
    },
  }
}
