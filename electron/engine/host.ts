import type { FilePurpose, FileRef, Notice, OpenAsk, SaveAsk } from '../../shared/host-words.ts'

/** A value, not an error: this shell cannot do it, and the engine offers something else. */
export const unsupported = 'unsupported'
export type Unsupported = typeof unsupported

/** What a page is printed from: the print route asks the engine for job `jobId` with the secret of that job alone. */
export interface PrintJob {
  readonly jobId: string
  readonly paper: { readonly widthMm: number; readonly heightMm: number }
  readonly signal: AbortSignal
}

/** A query or job process as the engine sees it: structured-clone messages, and an end that cannot be refused. */
export interface ChildPort {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, whatever ended it: `expected` is true after `kill`. */
  onExit(listener: (expected: boolean) => void): void
  kill(): void
}

export type ProcessKind = 'query' | 'job'

/**
 * How either shell starts these processes. Files pass through jobs in large buffers that are soon forgotten: room for
 * them, and no marking ahead, keep the collector from walking the whole heap for each few.
 */
export const processFlags: Readonly<Record<ProcessKind, readonly string[]>> = {
  query: ['--max-old-space-size=2048', '--min-semi-space-size=16'],
  job: [
    '--max-old-space-size=2048',
    '--min-semi-space-size=16',
    '--initial-old-space-size=256',
    '--external-memory-accounted-in-global-limit',
    '--no-incremental-marking',
  ],
}

/** What a shell alone can do. The engine receives one and never asks which shell it is. */
export interface Host {
  readonly kind: 'electron' | 'loopback' | 'cli'
  readonly files: FileRegistry
  readonly folders: {
    readonly settings: string
    readonly resources: string
    readonly documents: string
  }
  /** Empty when the dialog was dismissed. */
  pickToOpen(ask: OpenAsk): Promise<FileRef[]>
  pickToSave(ask: SaveAsk): Promise<FileRef | null>
  onOpenedByFile(listener: (file: FileRef) => void): void
  reveal(file: FileRef): Promise<'done' | Unsupported>
  /** https only, after the user saw the whole address. */
  openLink(url: string): Promise<'done' | Unsupported>
  showDocument(state: { readonly title: string; readonly edited: boolean }): void
  /** The window asks before closing; false keeps it open. */
  mayClose(ask: () => Promise<boolean>): void
  notify(notice: Notice): Promise<'done' | Unsupported>
  printPdf(job: PrintJob): Promise<Uint8Array | Unsupported>
  startProcess(kind: ProcessKind): ChildPort
}

/** The engine's own map from opaque references to paths; hosts register what a dialog, drop or start gave them. */
export interface FileRegistry {
  /** `readOnly`: picked only to be read; a path registered otherwise as well may be written. */
  register(
    path: string,
    options?: { readonly copy?: boolean; readonly readOnly?: boolean },
  ): FileRef
  pathOf(id: string): string | undefined
  /** As `pathOf`, and nothing for what may only be read. */
  writablePathOf(id: string): string | undefined
}

/** What is picked to be opened is only read, but for reports: they are saved where they were. */
export const readOnlyFor = (purpose: FilePurpose): boolean => purpose !== 'report'
