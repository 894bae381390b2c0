import { produce } from 'immer'
import { fail, ok } from '../../../shared/errors.ts'
import type { Bindings, Report } from '../../../shared/report/report.ts'
import {
  packTemplate,
  templateFormat,
  templateLiterals,
} from '../../../shared/report/template/pack-template.ts'
import { proposeSlot } from '../../../shared/report/template/propose-fields.ts'
import { proposeSlots } from '../../../shared/report/template/propose-slots.ts'
import type { EngineContext } from '../engine-context.ts'
import { userLanguage } from '../user-language.ts'
import { starterReport } from '../workspace/starter-report.ts'
import type { ReportIndex } from '../reports/report-index.ts'
import { safePictures } from '../reports/pictures/safe-pictures.ts'
import type { HandlerGroup } from './handler-group.ts'
import type { ReportServices } from './report-handlers.ts'

export function createTemplateHandlers(
  context: EngineContext,
  { files, index, drawPicture }: ReportServices,
): HandlerGroup<'template'> {
  return {
    'template.literals': ({ report, bindings }) =>
      Promise.resolve(ok({ literals: templateLiterals(taggedNow(report, bindings, index)) })),
    'template.pack': async ({ report, keep, to, bindings }) => {
      const path = context.host.files.writablePathOf(to.id)
      if (path === undefined) return fail('file/unknownReference')
      const packed = packTemplate(taggedNow(report, bindings, index), new Set(keep))
      const saved = await files.save(path, packed, null, templateFormat)
      if (saved.ok) return ok({ file: to })
      // Without an expected stamp nothing can have changed underneath.
      if (saved.error.code === 'report/changedOnDisk') return fail('file/denied')
      return fail(saved.error.code, saved.error.details, true)
    },
    'template.open': async ({ file }, { signal }) => {
      const path = context.host.files.pathOf(file.id)
      if (path === undefined) return fail('file/unknownReference')
      const read = await files.read(path, templateFormat)
      if (!read.ok) return read
      const safe = await safePictures(read.value.report, drawPicture, signal)
      if (!safe.ok) return safe
      const report = safe.value
      return ok({ report, proposals: proposeSlots(report, index.datasets()) })
    },
    'template.starter': async () => {
      const language = await userLanguage(context)
      const read = await files.read(starterReport(context.host.folders.resources, language))
      if (!read.ok) return read
      const { report } = read.value
      const all = templateLiterals(report).map(({ id }) => id)
      return ok({ report: packTemplate(report, new Set(all)) })
    },
    'template.propose': ({ report, slot, dataset }) => {
      const offered = index.datasets().filter(({ id }) => id === dataset)
      const proposal = offered.length > 0 ? proposeSlot(report, slot, offered) : undefined
      return Promise.resolve(proposal ? ok(proposal) : fail('dataset/notFound', { dataset }))
    },
  }
}

/** The report with what the columns of its datasets stand for, and tell of persons, as they are tagged now. */
function taggedNow(report: Report, bindings: Bindings, index: ReportIndex): Report {
  const datasets = new Map(index.datasets().map((dataset) => [dataset.id, dataset.fields]))
  return produce(report, (draft) => {
    for (const slot of Object.values(draft.datasets)) {
      const now = datasets.get(bindings[slot.id] ?? '')
      for (const field of slot.fields) {
        const known = now?.find(({ name }) => name === field.name)
        if (known?.personal) field.personal = known.personal
        if (known?.meaning) field.meaning = known.meaning
        else if (known) delete field.meaning
      }
    }
  })
}
