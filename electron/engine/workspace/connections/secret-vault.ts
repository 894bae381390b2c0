/** Passwords in one encrypted file under a passphrase, for machines without a store of their own. */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import { AppErrorException, appError } from '../../../../shared/errors.ts'

const cost = { N: 2 ** 17, r: 8, p: 1 } as const

const VaultFile = z.strictObject({
  storeboardVault: z.literal(1),
  salt: z.base64(),
  nonce: z.base64(),
  tag: z.base64(),
  sealed: z.base64(),
})
const Secrets = z.record(z.string(), z.string())

interface Opened {
  readonly key: Buffer
  readonly salt: Buffer
  readonly secrets: Map<string, string>
}

export class SecretVault {
  readonly #path: string
  #opened: Opened | undefined

  constructor(path: string) {
    this.#path = path
  }

  get exists(): boolean {
    return existsSync(this.#path)
  }

  get isOpen(): boolean {
    return this.#opened !== undefined
  }

  /** Opens what is there, or makes an empty one. Rejects with `connection/wrongPassphrase`. */
  async open(passphrase: string): Promise<void> {
    if (!this.exists) {
      const salt = randomBytes(16)
      this.#opened = { key: await keyOf(passphrase, salt), salt, secrets: new Map() }
      return
    }
    this.#opened = await unsealed(await readFile(this.#path, 'utf8'), passphrase)
  }

  get(account: string): string | undefined {
    return this.#opened?.secrets.get(account)
  }

  async set(account: string, secret: string): Promise<void> {
    const opened = this.#require()
    opened.secrets.set(account, secret)
    await this.#save(opened)
  }

  async remove(account: string): Promise<void> {
    if (this.#opened?.secrets.delete(account)) await this.#save(this.#opened)
  }

  #require(): Opened {
    if (!this.#opened) throw new AppErrorException(appError('connection/locked'))
    return this.#opened
  }

  /** A new nonce each time: the same one twice would give both contents away. */
  async #save({ key, salt, secrets }: Opened): Promise<void> {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    const plain = JSON.stringify(Object.fromEntries(secrets))
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
    const text = (bytes: Buffer): string => bytes.toString('base64')
    const file: z.infer<typeof VaultFile> = {
      storeboardVault: 1,
      ...{ salt: text(salt), nonce: text(nonce), tag: text(cipher.getAuthTag()) },
      sealed: text(sealed),
    }
    await mkdir(dirname(this.#path), { recursive: true })
    await writeFileAtomic(this.#path, `${JSON.stringify(file)}\n`, { mode: 0o600 })
  }
}

function keyOf(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: 256 * cost.N * cost.r }
    // The same passphrase typed by another keyboard is the same one.
    scrypt(passphrase.normalize('NFKC'), salt, 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

async function unsealed(text: string, passphrase: string): Promise<Opened> {
  const file = VaultFile.safeParse(parsed(text))
  if (!file.success) throw wrong()
  const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64')
  const salt = bytes(file.data.salt)
  const key = await keyOf(passphrase, salt)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes(file.data.nonce))
    decipher.setAuthTag(bytes(file.data.tag))
    const plain = Buffer.concat([decipher.update(bytes(file.data.sealed)), decipher.final()])
    const secrets = Secrets.parse(JSON.parse(plain.toString('utf8')))
    return { key, salt, secrets: new Map(Object.entries(secrets)) }
  } catch {
    throw wrong()
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const wrong = (): AppErrorException =>
  new AppErrorException(appError('connection/wrongPassphrase', {}, true))
