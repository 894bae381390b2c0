/** Carries dropped files into the workspace's inbox and opens them. */
import { mostFiles } from '../../shared/data/import-words.ts'
import { appError } from '../../shared/errors.ts'
import type { FileRef } from '../../shared/host-words.ts'
import type { App } from '../state/app.ts'
import { openFiles } from '../state/open-files.ts'
import { upload } from './upload.ts'

export interface Arriving {
  readonly name: string
  readonly percent: number
}

/** A folder may refuse to be read, and may hold more than is read at once. */
export async function bringFiles(
  app: App,
  dropped: Promise<readonly File[]>,
  signal: AbortSignal,
  show: (arriving: Arriving | null) => void,
): Promise<void> {
  try {
    const files = await dropped
    if (files.length <= mostFiles) await bring(app, files, signal, show)
    else app.shell.tellError(appError('dataset/overLimit', { limit: mostFiles, reason: 'files' }))
  } catch (error) {
    // The browser's own, for entries it cannot list and files that went or that nobody may read.
    if (!(error instanceof DOMException)) throw error
    show(null)
    const isGone = error.name === 'NotFoundError'
    app.shell.tellError(
      isGone ? appError('file/notFound') : appError('file/denied', { reason: 'reading' }),
    )
  }
}

async function bring(
  app: App,
  files: readonly File[],
  signal: AbortSignal,
  show: (arriving: Arriving | null) => void,
): Promise<void> {
  const refs: FileRef[] = []
  if (files.length === 0) app.shell.tell('info', { key: 'import.noFiles' })
  for (const file of files) {
    show({ name: file.name, percent: 0 })
    const onBytes = (bytes: number): void =>
      show({ name: file.name, percent: Math.round((bytes / Math.max(1, file.size)) * 100) })
    const arrived = await upload(app.engine, file, signal, onBytes)
    if (!arrived.ok) {
      app.shell.tellError(arrived.error)
      break
    }
    refs.push(arrived.value)
  }
  show(null)
  if (!signal.aborted && refs.length > 0) openFiles(app, refs)
}
