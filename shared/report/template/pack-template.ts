import { produce } from 'immer'
import type { TemplateLiteral } from '../report-words.ts'
import type { Report } from '../report.ts'
import { literalPlaces } from './literals.ts'

export const templateFormat = 'storeboard-template'

/** What the author is shown before packing; empty texts are no literals. */
export function templateLiterals(report: Report): TemplateLiteral[] {
  const list: TemplateLiteral[] = []
  produce(report, (draft) => {
    for (const { strip, ...literal } of literalPlaces(draft)) {
      if (literal.preview !== '') list.push({ ...literal, preview: literal.preview.slice(0, 200) })
    }
  })
  return list
}

/** The report without data of the author's: of its literals only those whose ids are in `keep` stay. */
export function packTemplate(report: Report, keep: ReadonlySet<string>): Report {
  return produce(report, (draft) => {
    const places = [...literalPlaces(draft)]
    for (const { id, preview, strip } of places) if (preview !== '' && !keep.has(id)) strip()
  })
}
