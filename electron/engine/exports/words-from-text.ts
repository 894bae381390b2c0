import { answerNotes } from '../../../shared/report/answer-notes.ts'
import {
  blockTitle,
  cornerCaptions,
  crosstabCorner,
  measureNote,
  memberCaption,
  pillCaption,
  totalCaption,
} from '../../../shared/report/captions.ts'
import { filterCaption } from '../../../shared/report/filter-caption.ts'
import { errorSentence } from '../../../shared/text/error-sentence.ts'
import { textIn } from '../../../shared/text/messages.ts'
import type { ExportWords } from './export-words.ts'

/** The words of an export in one language, from the same catalogue as the page's. */
export function exportWords(locale: 'zh-CN' | 'en'): ExportWords {
  const text = textIn(locale)
  return {
    locale,
    caption: (use) => pillCaption(use, text),
    title: (block) => blockTitle(block, text),
    quality: text('quality.title'),
    measure: (block) => measureNote(block, text),
    notes: (result) => answerNotes(result, text),
    filter: (filter) => filterCaption(filter, text),
    parameter: ({ name, value }) =>
      text('parameter.says', { name, value: memberCaption(value, text) }),
    total: ({ measures, ...edges }, axis) => totalCaption(measures, text, axis, edges[axis].over),
    corner: (block, rows, columns) =>
      block.kind === 'crosstab'
        ? crosstabCorner(rows, columns, block, text).all
        : cornerCaptions(rows, columns),
    blank: text('value.blank'),
    others: text('value.others'),
    yes: text('value.yes'),
    no: text('value.no'),
    overview: text('export.overview'),
    filters: text('export.filters'),
    dataAsOf: text('export.dataAsOf'),
    noData: text('export.noData'),
    masked: (columns) =>
      text('export.maskedColumns', {
        columns: columns.map(({ field }) => field).join(text('list.separator')),
      }),
    failed: (block, error) =>
      text('export.failedBlock', {
        block: blockTitle(block, text),
        reason: errorSentence(error, text),
      }),
    cutTexts: (count) => text('export.cutTexts', { count }),
    cutRows: (block, count, whole) =>
      text('export.cutRows', { name: blockTitle(block, text), count, whole }),
  }
}
