import { randomBytes } from 'node:crypto'
import { basename, resolve } from 'node:path'
import type { FileRef } from '../../shared/host-words.ts'
import type { FileRegistry } from './host.ts'

/** Opaque references for one run of the engine: the same path keeps its id, and an id is never reused. */
export function createFileRegistry(): FileRegistry {
  const refs = new Map<string, FileRef>()
  const paths = new Map<string, string>()
  return {
    register(path, options = {}) {
      const full = resolve(path)
      const known = refs.get(full)
      if (known !== undefined) return known
      const id = `file_${randomBytes(12).toString('hex')}`
      // A drive's root has no base name.
      const name = basename(full) || full
      const ref: FileRef = options.copy === true ? { id, name, copy: true } : { id, name }
      refs.set(full, ref)
      paths.set(id, full)
      return ref
    },
    pathOf: (id) => paths.get(id),
  }
}
