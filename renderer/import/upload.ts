import type { Engine } from '../../shared/contract.ts'
import type { Outcome } from '../../shared/errors.ts'
import { fail, ok } from '../../shared/errors.ts'
import type { FileRef } from '../../shared/host-words.ts'

/** What of a browser's File is needed to carry it over. */
export interface Dropped {
  readonly name: string
  readonly size: number
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

const chunkBytes = 1024 * 1024

/** Streams a dropped file into the workspace's inbox, piece by piece; `onBytes` hears how much of it is there. */
export async function upload(
  engine: Engine,
  file: Dropped,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<Outcome<FileRef>> {
  const begun = await engine['inbox.begin']({ name: file.name, bytes: file.size })
  if (!begun.ok) return begun
  const { id } = begun.value
  for (let from = 0; from < file.size; from += chunkBytes) {
    if (signal.aborted) return fail('internal/cancelled')
    const to = Math.min(file.size, from + chunkBytes)
    const bytes = new Uint8Array(await file.slice(from, to).arrayBuffer())
    const sent = await engine['inbox.chunk']({ id, bytes })
    if (!sent.ok) return sent
    onBytes(to)
  }
  const finished = await engine['inbox.finish']({ id })
  return finished.ok ? ok(finished.value.file) : finished
}
