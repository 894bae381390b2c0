import type { ExportRequest } from '../../../shared/export-words.ts'
import type { DatasetQuality, QualityLine } from '../../../shared/quality/data-quality.ts'
import { qualityLines } from '../../../shared/quality/data-quality.ts'
import { slotOf } from '../../../shared/report/field-use.ts'
import { allPills } from '../../../shared/report/shelves.ts'
import { textIn } from '../../../shared/text/messages.ts'
import { exportedPages } from './ask-blocks.ts'

export type QualityOf = (
  datasets: readonly string[],
  signal: AbortSignal,
) => Promise<DatasetQuality[]>

/** Datasets the exported blocks read, in the order they are met. */
function datasetsOf(request: ExportRequest): string[] {
  const { bindings } = request
  const fields = exportedPages(request).flatMap((page) =>
    page.blockOrder
      .flatMap((id) => page.blocks[id] ?? [])
      .flatMap((block) => [
        ...allPills(block).map(({ use }) => use.field),
        ...('filters' in block ? block.filters.map(({ field }) => field) : []),
      ]),
  )
  return [...new Set(fields.flatMap((field) => bindings[slotOf(field)] ?? []))]
}

/** What an export says of the data behind it; nothing unless it was asked for. */
export async function qualityOfExport(
  request: ExportRequest,
  qualityOf: QualityOf,
  signal: AbortSignal,
): Promise<readonly QualityLine[] | undefined> {
  if (request.quality !== true) return undefined
  const text = textIn(request.locale)
  const all = await qualityOf(datasetsOf(request), signal)
  const lines = qualityLines(all, {
    text,
    language: request.locale,
    masked: request.personal !== 'full',
  })
  if (lines.length > 0) return lines
  return [{ kind: 'remark', label: '', value: text('quality.none') }]
}
