import { produce } from 'immer'
import type { TemplateLiteral } from '../report-words.ts'
import { fieldNameOf, slotOf } from '../field-use.ts'
import { dropUnusedFormulas } from '../drop-formulas.ts'
import { columnsUsed } from '../remap-slot.ts'
import { formulasOf } from '../report-formulas.ts'
import type { Report } from '../report.ts'
import { literalPlaces } from './literals.ts'

export const templateFormat = 'storeboard-template'

/** What the author is shown before packing; empty texts are no literals. */
export function templateLiterals(report: Report): TemplateLiteral[] {
  const list: TemplateLiteral[] = []
  produce(onlyUsed(report), (draft) => {
    for (const { strip, ...literal } of literalPlaces(draft)) {
      if (literal.preview !== '') list.push({ ...literal, preview: literal.preview.slice(0, 200) })
    }
  })
  return list
}

/** The report without data of the author's: of its literals only those whose ids are in `keep` stay, and nothing unused. */
export function packTemplate(report: Report, keep: ReadonlySet<string>): Report {
  return produce(onlyUsed(report), (draft) => {
    const places = [...literalPlaces(draft)]
    for (const { id, preview, strip } of places) if (preview !== '' && !keep.has(id)) strip()
  })
}

/** Names of columns say something of the author's files: those no block, filter or drill path needs stay at home. */
function onlyUsed(report: Report): Report {
  return produce(report, (draft) => {
    dropUnusedFormulas(draft)
    const names = Map.groupBy(columnsUsed(draft), slotOf)
    const formulas = new Set(formulasOf(draft).map(({ slot }) => slot))
    for (const slot of Object.values(draft.datasets)) {
      const own = new Set(names.get(slot.id)?.map(fieldNameOf))
      if (own.size === 0 && !formulas.has(slot.id)) delete draft.datasets[slot.id]
      else slot.fields = slot.fields.filter(({ name }) => own.has(name))
    }
    const shown = new Set(
      Object.values(draft.pages).flatMap(({ blocks }) =>
        Object.values(blocks).flatMap((block) =>
          block.kind === 'image' ? (block.image ?? []) : [],
        ),
      ),
    )
    for (const { id } of Object.values(draft.images)) if (!shown.has(id)) delete draft.images[id]
  })
}
