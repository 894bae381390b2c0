import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileRef } from '../../../shared/host-words.ts'
import type { Outcome } from '../../../shared/errors.ts'
import { fail, ok } from '../../../shared/errors.ts'
import type { OpenedReport, RecoveryCopy } from '../../../shared/report/report-words.ts'
import type { Bindings, Report } from '../../../shared/report/report.ts'
import type { EngineContext } from '../engine-context.ts'
import { fileFaultOf } from '../file-faults.ts'
import { safePicture } from '../reports/pictures/safe-pictures.ts'
import { imageLimits } from '../reports/read-image.ts'
import type { ListedCopy } from '../reports/recovery-copies.ts'
import { RecoveryCopies } from '../reports/recovery-copies.ts'
import type { ReportFiles } from '../reports/report-files.ts'
import type { ReportIndex } from '../reports/report-index.ts'
import type { DrawPicture } from '../reports/pictures/picture-order.ts'
import type { HandlerGroup } from './handler-group.ts'

export interface ReportServices {
  readonly files: ReportFiles
  readonly index: ReportIndex
  readonly drawPicture: DrawPicture
}

/** Bindings that still name a slot of the report and a dataset of the workspace. */
export function liveBindings(report: Report, bindings: Bindings, index: ReportIndex): Bindings {
  const known = new Set(index.datasets().map((dataset) => dataset.id))
  return Object.fromEntries(
    Object.entries(bindings).filter(
      ([slot, dataset]) => report.datasets[slot] !== undefined && known.has(dataset),
    ),
  )
}

export function createReportHandlers(
  context: EngineContext,
  services: ReportServices,
): HandlerGroup<'report'> {
  const { files, index } = services
  const copies = new RecoveryCopies(join(context.host.folders.settings, 'recovery'))
  return {
    'report.open': ({ file }) => openReport(context, services, file),
    'report.save': async ({ file, report, bindings, expectedStamp }) => {
      const path = context.host.files.writablePathOf(file.id)
      if (path === undefined) return fail('file/unknownReference')
      const saved = await files.save(path, report, expectedStamp)
      if (!saved.ok) return saved
      await index.remember(path, report.title, bindings)
      await copies.drop(report.id)
      return ok({ file, stamp: saved.value })
    },
    'report.keepRecovery': async ({ file, report, bindings }) => {
      const path = file === null ? null : (context.host.files.writablePathOf(file.id) ?? null)
      try {
        await copies.keep({ savedAt: context.now().toISOString(), path, bindings, report })
        return ok({})
      } catch (error) {
        const fault = fileFaultOf(error)
        if (fault === undefined) throw error
        return fail(fault, {}, true)
      }
    },
    'report.recoveries': async () => {
      const list = await copies.list()
      return ok({ copies: list.map((entry) => copyWords(context, entry)) })
    },
    'report.openRecovery': async ({ id }) => {
      const copy = await copies.open(id)
      if (!copy) return fail('file/notFound')
      const current = copy.path === null ? undefined : await files.read(copy.path)
      const opened: OpenedReport = {
        file: copy.path === null ? null : context.host.files.register(copy.path),
        // The stamp of the file as it is now: saving over it is what recovering means.
        stamp: current?.ok === true ? current.value.stamp : null,
        report: copy.report,
        bindings: liveBindings(copy.report, copy.bindings, index),
        recovered: true,
      }
      return ok(opened)
    },
    'report.dropRecovery': async ({ id }) => {
      await copies.drop(id)
      return ok({})
    },
    'report.addImage': ({ file }, { signal }) =>
      readImage(context, services.drawPicture, file, signal),
  }
}

function copyWords(context: EngineContext, { id, copy, sameRun }: ListedCopy): RecoveryCopy {
  return {
    id,
    title: copy.report.title,
    savedAt: copy.savedAt,
    file: copy.path === null ? null : context.host.files.register(copy.path),
    sameRun,
  }
}

export async function openReport(
  context: EngineContext,
  { files, index }: ReportServices,
  file: FileRef,
): Promise<Outcome<OpenedReport, OpenReportFailure>> {
  const path = context.host.files.pathOf(file.id)
  if (path === undefined) return fail('file/unknownReference')
  const read = await files.read(path)
  if (!read.ok) return read
  const { report, stamp } = read.value
  const bindings = liveBindings(report, index.bindingsOf(path), index)
  await index.remember(path, report.title, bindings)
  await context.inbox.keep([path])
  return ok({ file, stamp, report, bindings, recovered: false })
}

type OpenReportFailure =
  | 'file/unknownReference'
  | 'file/notFound'
  | 'file/denied'
  | 'file/inUse'
  | 'file/diskFull'
  | 'report/notAReport'
  | 'report/tooNew'
  | 'report/migrationFailed'
  | 'report/invalid'
  | 'report/dangling'

async function readImage(
  context: EngineContext,
  draw: DrawPicture,
  file: FileRef,
  signal: AbortSignal,
) {
  const path = context.host.files.pathOf(file.id)
  if (path === undefined) return fail('file/unknownReference')
  try {
    const { size } = await stat(path)
    // Refused before it is read: a person may pick any file.
    if (size > imageLimits.bytes) {
      return fail('dataset/overLimit', { bytes: size, limit: imageLimits.bytes })
    }
    const picture = await safePicture(await readFile(path), draw, signal)
    return picture.ok ? ok({ type: 'image/png' as const, data: picture.value }) : picture
  } catch (error) {
    const fault = fileFaultOf(error)
    if (fault === undefined) throw error
    return fail(fault, {}, true)
  }
}
