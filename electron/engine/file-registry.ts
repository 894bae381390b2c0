import { randomBytes } from 'node:crypto'
import { basename, resolve } from 'node:path'
import type { FileRef } from '../../shared/host-words.ts'
import type { FileRegistry } from './host.ts'

/** Opaque references for one run of the engine: the same path keeps its id, and an id is never reused. */
export function createFileRegistry(): FileRegistry {
  const refs = new Map<string, FileRef>()
  const paths = new Map<string, string>()
  const writable = new Set<string>()
  return {
    register(path, options = {}) {
      const full = resolve(path)
      const known = refs.get(full)
      const id = known?.id ?? `file_${randomBytes(12).toString('hex')}`
      if (options.readOnly !== true) writable.add(id)
      if (known !== undefined) return known
      // A drive's root has no base name.
      const name = basename(full) || full
      const ref: FileRef = options.copy === true ? { id, name, copy: true } : { id, name }
      refs.set(full, ref)
      paths.set(id, full)
      return ref
    },
    pathOf: (id) => paths.get(id),
    writablePathOf: (id) => (writable.has(id) ? paths.get(id) : undefined),
  }
}
