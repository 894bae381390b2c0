/** Statements written on this machine or agreed to after they were shown. Kept with the settings, never with a workspace. */
import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'

const Kept = z.strictObject({ format: z.literal(1), hashes: z.array(z.string().max(100)) })
const mostKept = 10_000

export class SqlAgreements {
  readonly #path: string
  #known: Promise<Set<string>> | undefined

  constructor(path: string) {
    this.#path = path
  }

  async has(hash: string): Promise<boolean> {
    return (await this.#read()).has(hash)
  }

  /** Rejects with the system's error. */
  async add(hash: string): Promise<void> {
    const known = await this.#read()
    if (known.has(hash)) return
    known.add(hash)
    await mkdir(dirname(this.#path), { recursive: true })
    const hashes = [...known].slice(-mostKept)
    await writeFileAtomic(this.#path, `${JSON.stringify({ format: 1, hashes })}\n`)
  }

  #read(): Promise<Set<string>> {
    this.#known ??= readFile(this.#path, 'utf8').then(
      (text) => new Set(parsed(text)?.hashes),
      () => new Set<string>(),
    )
    return this.#known
  }
}

/** A damaged file agrees to nothing: each statement is asked about again. */
function parsed(text: string): z.infer<typeof Kept> | undefined {
  try {
    return Kept.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
