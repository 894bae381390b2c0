import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import { Bindings, Report } from '../../../shared/report/report.ts'

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

  constructor(folder: string) {
    this.#folder = folder
  }

  async keep(copy: KeptCopy): Promise<void> {
    this.#keptNow.add(copy.report.id)
    await mkdir(this.#folder, { recursive: true })
    await writeFileAtomic(this.#path(copy.report.id), JSON.stringify(copy))
  }

  /** Copies that can still be read, newest first. A damaged one is passed over: it must not keep the rest away. */
  async list(): Promise<readonly ListedCopy[]> {
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
    if (/^rp_[a-z0-9]+$/.test(id)) await rm(this.#path(id), { force: true })
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
