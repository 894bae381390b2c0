import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export const MANIFEST_FILE = 'manifest.json'

export interface Manifest {
  /** Hash over the sources that made the files. */
  readonly generator: string
  readonly scale: number
  readonly files: readonly {
    readonly name: string
    readonly bytes: number
    readonly sha256: string
  }[]
}

const ROOT = join(import.meta.dirname, '../..')
const SOURCES = ['scripts/sample/**/*.ts', 'electron/engine/exports/xlsx-stream/*.ts']

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Changes when the generator or the workbook writer does, and on no other occasion. */
export function generatorHash(): string {
  const paths = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
  const sorted = paths.map((path) => path.replaceAll('\\', '/')).sort()
  const hash = createHash('sha256')
  for (const path of sorted) {
    // Line ends differ between checkouts; the program does not.
    const text = readFileSync(join(ROOT, path), 'utf8').replaceAll('\r\n', '\n')
    hash.update(`${path}\0${text}\0`)
  }
  return hash.digest('hex')
}

export function describeFiles(folder: string, names: readonly string[], scale: number): Manifest {
  const files = names.map((name) => {
    const bytes = readFileSync(join(folder, name))
    return { name, bytes: bytes.length, sha256: sha256(bytes) }
  })
  return { generator: generatorHash(), scale, files }
}

/** True when the folder holds what this generator would write; sizes are checked, not contents. */
export function isCurrent(folder: string, scale: number): boolean {
  const manifest = readManifest(join(folder, MANIFEST_FILE))
  if (manifest?.generator !== generatorHash() || manifest.scale !== scale) return false
  return (manifest.files ?? []).every(({ name, bytes }) => {
    const file = join(folder, name)
    return existsSync(file) && statSync(file).size === bytes
  })
}

/** Null when there is none, or when writing it was cut short. */
function readManifest(path: string): Partial<Manifest> | null {
  try {
    // Our own file; anything else in its place fails a comparison above.
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<Manifest> | null
  } catch {
    return null
  }
}
