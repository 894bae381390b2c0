import { createFileRegistry } from '../../engine/file-registry.ts'
import type { ChildPort, Host, PrintJob, ProcessKind, Unsupported } from '../../engine/host.ts'
import { unsupported } from '../../engine/host.ts'

export interface CliHostParts {
  readonly folders: Host['folders']
  readonly printPdf: (job: PrintJob) => Promise<Uint8Array | Unsupported>
  readonly startProcess: (kind: ProcessKind) => ChildPort
}

/** A shell nobody looks at: every dialog is dismissed, nothing is shown. */
export function createCliHost(parts: CliHostParts): Host {
  return {
    kind: 'cli',
    files: createFileRegistry(),
    folders: parts.folders,
    pickToOpen: () => Promise.resolve([]),
    pickToSave: () => Promise.resolve(null),
    onOpenedByFile: () => undefined,
    reveal: () => Promise.resolve(unsupported),
    openLink: () => Promise.resolve(unsupported),
    showDocument: () => undefined,
    mayClose: () => undefined,
    notify: () => Promise.resolve(unsupported),
    printPdf: parts.printPdf,
    startProcess: parts.startProcess,
  }
}
