/** Opens protected workbooks with the password their user gives; the plain bytes live in the job's private folder only. */
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { SourceLimits } from '../../sources/source-limits.ts'
import { overLimit, refusal } from '../../sources/source-limits.ts'

export interface PlainFile {
  readonly path: string
  close(): Promise<void>
}

const compoundMark = 'd0cf11e0a1b11ae1'
/** Streams of an .xls; only one that has them can be protected. */
const oldBooks = ['Workbook', 'Book'].map((name) => Buffer.from(name, 'utf16le'))
const encryptedMark = Buffer.from('EncryptedPackage', 'utf16le')

/** The file itself unless it is protected. Rejects with `dataset/encrypted` or `dataset/wrongPassword`. */
export async function plainFile(
  path: string,
  password: string | undefined,
  limits: SourceLimits,
  tempFolder: string,
): Promise<PlainFile> {
  if (!(await isCompound(path))) return { path, close: () => Promise.resolve() }
  const { size } = await stat(path)
  if (size > limits.wholeFileBytes) throw overLimit('wholeFileBytes', { bytes: size })
  const bytes = await readFile(path)
  const { default: crypto } = await import('officecrypto-tool')
  const old = oldBooks.some((name) => bytes.includes(name)) && says(() => crypto.isEncrypted(bytes))
  if (!bytes.includes(encryptedMark) && !old) {
    return { path, close: () => Promise.resolve() }
  }
  if (password === undefined || password === '') throw refusal('dataset/encrypted')
  const plain = await crypto.decrypt(bytes, { password }).catch(() => undefined)
  if (plain === undefined) throw refusal('dataset/wrongPassword')
  const target = join(tempFolder, `plain-${globalThis.crypto.randomUUID()}${extname(path)}`)
  await writeFile(target, plain, { mode: 0o600, flag: 'wx' })
  return { path: target, close: () => rm(target, { force: true }) }
}

/** A damaged file is the reader's to explain. */
function says(ask: () => boolean): boolean {
  try {
    return ask()
  } catch {
    return false
  }
}

async function isCompound(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0)
    return bytesRead === 8 && buffer.toString('hex') === compoundMark
  } finally {
    await file.close()
  }
}
