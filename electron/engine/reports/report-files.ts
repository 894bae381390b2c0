import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { AppError, Outcome } from '../../../shared/errors.ts'
import { fail, ok } from '../../../shared/errors.ts'
import type { ReadFailure } from '../../../shared/report/read-report.ts'
import { maxReportBytes, readReport } from '../../../shared/report/read-report.ts'
import type { Report } from '../../../shared/report/report.ts'
import { writeReport } from '../../../shared/report/write-report.ts'
import type { FileFault } from '../file-faults.ts'
import { fileFaultOf } from '../file-faults.ts'
import { checkImage } from './read-image.ts'
import { besideName, removeStrays } from '../stray-files.ts'
import type { ReportPort } from './report-port.ts'
import { diskReports, folderOf } from './report-port.ts'

export interface ReadFile {
  readonly report: Report
  /** Names the bytes that were read. */
  readonly stamp: string
}

/** Report files on disk: read whole, written beside and renamed, the one before kept as `.bak`. */
export class ReportFiles {
  readonly #port: ReportPort
  readonly #savedBy: string

  constructor(savedBy: string, port: ReportPort = diskReports) {
    this.#savedBy = savedBy
    this.#port = port
  }

  async read(path: string, format?: string): Promise<Outcome<ReadFile, ReadFailure | FileFault>> {
    const bytes = await this.#bytes(path)
    if (!bytes.ok) return bytes
    const report = readReport(bytes.value, format)
    if (!report.ok) return report
    const forged = forgedPicture(report.value)
    if (forged !== undefined)
      return fail('report/invalid', { place: forged, problem: 'notAPicture' })
    return ok({ report: report.value, stamp: stampOf(bytes.value) })
  }

  /**
   * Saves and returns the new stamp. With an expected stamp the save is refused when the file changed underneath. At any
   * moment the file is the old report or the new one. One too large to be opened again is not written.
   */
  async save(
    path: string,
    report: Report,
    expected: string | null,
    format?: string,
  ): Promise<Outcome<string, 'report/changedOnDisk' | 'report/invalid' | FileFault>> {
    const current = await this.#bytes(path)
    const exists = current.ok
    if (!exists && current.error.code !== 'file/notFound') return current
    if (expected !== null && (!exists || stampOf(current.value) !== expected)) {
      return fail('report/changedOnDisk', { name: basename(path), missing: !exists })
    }
    const bytes = new TextEncoder().encode(writeReport(report, this.#savedBy, format))
    if (bytes.length > maxReportBytes) {
      const megabytes = Math.floor(maxReportBytes / 1024 / 1024)
      return fail('report/invalid', { reason: 'tooLarge', megabytes })
    }
    const beside = besideName(path)
    await removeStrays(path)
    try {
      await this.#port.write(beside, bytes)
      if (exists) await this.#backUp(path, current.value)
      await this.#port.rename(beside, path)
      await this.#port.flushFolder(folderOf(path))
    } catch (error) {
      await this.#port.remove(beside).catch(() => undefined)
      return fileFailure(error, path)
    }
    return ok(stampOf(bytes))
  }

  /** Written beside as well: half a backup would have cost the whole one before it. */
  async #backUp(path: string, bytes: Uint8Array): Promise<void> {
    const backup = `${path}.bak`
    const beside = besideName(backup)
    await removeStrays(backup)
    try {
      await this.#port.write(beside, bytes)
      await this.#port.rename(beside, backup)
    } catch (error) {
      await this.#port.remove(beside).catch(() => undefined)
      throw error
    }
  }

  async #bytes(path: string): Promise<Outcome<Uint8Array, FileFault>> {
    try {
      return ok(await this.#port.read(path))
    } catch (error) {
      return fileFailure(error, path)
    }
  }
}

/** A picture of the file whose bytes are none of the type it claims, or too large to show. */
function forgedPicture(report: Report): string | undefined {
  return Object.values(report.images).find(({ type, data }) => {
    const checked = checkImage(Buffer.from(data, 'base64'))
    return !checked.ok || checked.value !== type
  })?.id
}

function fileFailure(error: unknown, path: string): { ok: false; error: AppError<FileFault> } {
  const fault = fileFaultOf(error)
  if (fault === undefined) throw error
  return fail(fault, { name: basename(path) }, true)
}

export function stampOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
