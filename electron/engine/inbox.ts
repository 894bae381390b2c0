import { randomBytes } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { mkdir, open, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { FileRef } from '../../shared/host-words.ts'
import type { Outcome } from '../../shared/errors.ts'
import { fail, ok } from '../../shared/errors.ts'
import type { FileRegistry } from './host.ts'
import { fileFaultOf } from './file-faults.ts'
import { arrivingMark, unusedMark } from './inbox-sweep.ts'

/** A dropped file has no path in a browser: its bytes are streamed into a folder of ours, and it is a copy from then on. */
export interface Inbox {
  begin(
    name: string,
    bytes: number,
  ): Promise<Outcome<{ id: string }, 'dataset/overLimit' | 'file/denied' | 'file/diskFull'>>
  chunk(
    id: string,
    bytes: Uint8Array,
  ): Promise<Outcome<Record<string, never>, 'file/diskFull' | 'file/notFound'>>
  finish(id: string): Promise<Outcome<{ file: FileRef }, 'file/diskFull' | 'file/notFound'>>
  /** These files are needed from now on: a dataset or a report reads them again. Paths outside the inbox are passed over. */
  keep(paths: readonly string[]): Promise<void>
  /** Drops what has not arrived whole. */
  close(): Promise<void>
}

export const inboxLimits = { bytes: 8 * 2 ** 30, open: 50 }

interface Arriving {
  readonly folder: string
  readonly path: string
  readonly handle: FileHandle
  readonly announced: number
  written: number
}

/** Only the last part of a name, without what a file system would read otherwise. */
export function safeFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  // eslint's control-character rule is not in force; these are exactly what Windows refuses.
  const clean = last.replace(/[\u0000-\u001f<>:"|?*]/g, '_').replace(/[. ]+$/, '')
  const usable = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean) ? `_${clean}` : clean
  return usable === '' ? 'file' : usable.slice(-120)
}

/** Files on their way, the one that waited longest first. */
class Arrivals {
  readonly #all = new Map<string, Arriving>()

  add(id: string, one: Arriving): void {
    this.#all.set(id, one)
  }

  get(id: string): Arriving | undefined {
    return this.#all.get(id)
  }

  /** Now the last of those that wait. */
  heardOf(id: string, one: Arriving): void {
    this.#all.delete(id)
    this.#all.set(id, one)
  }

  async drop(id: string): Promise<void> {
    const one = this.#all.get(id)
    this.#all.delete(id)
    await one?.handle.close().catch(() => undefined)
    if (one === undefined) return
    await rm(one.folder, { recursive: true, force: true })
    await rm(arrivingMark(one.folder), { force: true })
  }

  /** A page that went away in the middle of a file never ends it: what waited longest gives way. */
  async makeRoom(): Promise<void> {
    const [longest] = this.#all.keys()
    if (longest !== undefined && this.#all.size >= inboxLimits.open) await this.drop(longest)
  }

  /** Flushed and closed, no longer on its way. */
  async end(id: string, one: Arriving): Promise<void> {
    await one.handle.sync()
    this.#all.delete(id)
    await one.handle.close()
    await writeFile(unusedMark(one.folder), '')
    await rm(arrivingMark(one.folder), { force: true })
  }

  async dropAll(): Promise<void> {
    for (const id of [...this.#all.keys()]) await this.drop(id)
  }
}

async function keepCopies(inbox: string, paths: readonly string[]): Promise<void> {
  for (const folder of new Set(paths.map((path) => dirname(resolve(path))))) {
    if (dirname(folder) === inbox) await rm(unusedMark(folder), { force: true })
  }
}

export function createInbox(folderNow: () => string, files: FileRegistry): Inbox {
  const arriving = new Arrivals()

  /** Nothing of it stays. */
  async function failed(id: string, error: unknown) {
    await arriving.drop(id)
    if (fileFaultOf(error) === undefined) throw error
    return fail('file/diskFull')
  }

  return {
    async begin(name, bytes) {
      if (bytes < 0 || bytes > inboxLimits.bytes)
        return fail('dataset/overLimit', { name, bytes, limit: inboxLimits.bytes })
      await arriving.makeRoom()
      const id = `inbox_${randomBytes(12).toString('hex')}`
      const folder = join(folderNow(), id)
      const path = join(folder, safeFileName(name))
      try {
        await mkdir(folder, { recursive: true })
        await writeFile(arrivingMark(folder), '')
        const handle = await open(path, 'wx', 0o600)
        arriving.add(id, { folder, path, handle, announced: bytes, written: 0 })
        return ok({ id })
      } catch (error) {
        const fault = fileFaultOf(error)
        if (fault === undefined) throw error
        return fail(fault === 'file/diskFull' ? fault : 'file/denied', { name }, true)
      }
    },
    async chunk(id, bytes) {
      const one = arriving.get(id)
      if (one === undefined) return fail('file/notFound')
      one.written += bytes.length
      if (one.written > one.announced) {
        await arriving.drop(id)
        return fail('file/notFound')
      }
      arriving.heardOf(id, one)
      return one.handle.writeFile(bytes).then(
        () => ok({}),
        (error: unknown) => failed(id, error),
      )
    },
    async finish(id) {
      const one = arriving.get(id)
      if (one === undefined || one.written !== one.announced) {
        await arriving.drop(id)
        return fail('file/notFound')
      }
      return arriving.end(id, one).then(
        () => ok({ file: files.register(one.path, { copy: true }) }),
        (error: unknown) => failed(id, error),
      )
    },
    keep: (paths) => keepCopies(resolve(folderNow()), paths),
    close: () => arriving.dropAll(),
  }
}
