import { fail, ok } from '../../../shared/errors.ts'
import type { EngineContext } from '../engine-context.ts'
import type { ExportService } from '../exports/export-service.ts'
import type { PdfPrinter } from '../exports/pdf-printer.ts'
import type { PersonalData } from '../exports/personal/personal-data.ts'
import type { HandlerGroup } from './handler-group.ts'

export function createExportHandlers(
  context: EngineContext,
  exports: ExportService,
  pdf: PdfPrinter,
  personal: PersonalData,
): HandlerGroup<'export' | 'print'> {
  return {
    'export.run': async (request, { signal, part }) => {
      const target = context.host.files.writablePathOf(request.to.id)
      if (target === undefined) return fail('file/unknownReference')
      const written = await exports.run(request, { target, signal, onProgress: part })
      return ok({ file: request.to, ...written })
    },
    'export.personal': (ask) => Promise.resolve(ok({ columns: personal.columns(ask) })),
    'print.content': ({ jobId }) => {
      const content = pdf.content(jobId)
      return Promise.resolve(content ? ok(content) : fail('file/unknownReference'))
    },
    'print.progress': ({ jobId, ...progress }) =>
      Promise.resolve(pdf.progress(jobId, progress) ? ok({}) : fail('file/unknownReference')),
    'print.ready': ({ jobId, pages, notes }) =>
      Promise.resolve(pdf.ready(jobId, pages, notes) ? ok({}) : fail('file/unknownReference')),
  }
}
