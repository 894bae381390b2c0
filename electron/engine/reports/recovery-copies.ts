import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Bindings, Report } from '../../../shared/report/report.ts'
import { besideName, removeStrays } from '../stray-files.ts'
import { diskReports } from './report-port.ts'

const Copy = z.strictObject({
  savedAt: z.string(),
  path: z.string().nullable(),
  bindings: Bindings,
  report: Report,
})
export type KeptCopy = z.infer<typeof Copy>

export interface ListedCopy {
  readonly id: string
  readonly copy: KeptCopy
  /** Kept by this engine, not by one before it. */
  readonly sameRun: boolean
}

/** Copies of edited reports that were not saved yet, one per report, in a folder of the settings. */
export class RecoveryCopies {
  readonly #folder: string
  readonly #keptNow = new Set<string>()
  #turn: Promise<unknown> = Promise.resolve()

  constructor(folder: string) {
    this.#folder = folder
  }

  keep(copy: KeptCopy): Promise<void> {
    return this.#inTurn(async () => {
      this.#keptNow.add(copy.report.id)
      const path = this.#path(copy.report.id)
      await mkdir(this.#folder, { recursive: true })
      await removeStrays(path)
      await this.#replace(path, new TextEncoder().encode(JSON.stringify(copy)))
    })
  }

  /** Copies that can still be read, newest first. A damaged one is passed over: it must not keep the rest away. */
  list(): Promise<readonly ListedCopy[]> {
    return this.#inTurn(() => this.#list())
  }

  async #list(): Promise<readonly ListedCopy[]> {
    const names = await readdir(this.#folder).catch(() => [])
    const found = await Promise.all(
      names
        .filter((name) => /^rp_[a-z0-9]+\.json$/.test(name))
        .map(async (name) => ({ id: name.slice(0, -5), copy: await this.#read(name) })),
    )
    return found
      .flatMap(({ id, copy }) => (copy ? [{ id, copy, sameRun: this.#keptNow.has(id) }] : []))
      .sort((a, b) => (a.copy.savedAt < b.copy.savedAt ? 1 : -1))
  }

  async open(id: string): Promise<KeptCopy | undefined> {
    return (await this.list()).find((entry) => entry.id === id)?.copy
  }

  async drop(id: string): Promise<void> {
    if (!/^rp_[a-z0-9]+$/.test(id)) return
    await this.#inTurn(() => rm(this.#path(id), { force: true }))
  }

  /** A page that is loaded anew asks while the copy of the one before it may still be written. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work)
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  async #replace(path: string, bytes: Uint8Array): Promise<void> {
    const beside = besideName(path)
    try {
      await diskReports.write(beside, bytes)
      await diskReports.rename(beside, path)
      await diskReports.flushFolder(this.#folder)
    } catch (error) {
      await diskReports.remove(beside).catch(() => undefined)
      throw error
    }
  }

  #path(reportId: string): string {
    return join(this.#folder, `${reportId}.json`)
  }

  async #read(name: string): Promise<KeptCopy | undefined> {
    try {
      const raw: unknown = JSON.parse(await readFile(join(this.#folder, name), 'utf8'))
      return Copy.safeParse(raw).data
    } catch {
      return undefined
    }
  }
}
