import { chartPalettes } from '../../../shared/chart/option/palettes.ts'
import { reachableOver } from '../../../shared/report/page-questions.ts'
import type { EngineContext } from '../engine-context.ts'
import { ExportService, fontFolderOf } from '../exports/export-service.ts'
import type { PdfPrinter } from '../exports/pdf-printer.ts'
import type { PersonalData } from '../exports/personal/personal-data.ts'
import { exportWords } from '../exports/words-from-text.ts'
import type { RecipePreviews } from '../preparation/preview.ts'
import type { QueryService } from '../query/query-service.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'
import { dataQuality } from './data-quality.ts'

/** Pictures are drawn for paper and workbooks: dark text on white, whatever the screen's theme. */
const paper = {
  text: '#1a2233',
  muted: '#566074',
  line: '#c9cfda',
  background: '#ffffff',
  font: 'Noto Sans SC',
  still: true,
} as const

export function createExportService(
  context: EngineContext,
  workspaces: WorkspaceService,
  queries: QueryService,
  pdf: PdfPrinter,
  personal: PersonalData,
  previews: RecipePreviews,
): ExportService {
  return new ExportService({
    queries,
    personal,
    reachable: (from, to) => reachableOver(workspaces.state()?.relationships ?? [])(from, to),
    words: ({ locale }) => exportWords(locale),
    look: (report, locale) => ({ ...paper, palette: chartPalettes[report.theme].light, locale }),
    draw: (order, signal) => workspaces.runJob('draw', order, { signal }),
    writeWorkbook: (order, signal) => workspaces.runJob('workbook', order, { signal }),
    fontFolder: fontFolderOf(context.host.folders.resources),
    pdf,
    quality: (datasets, signal) => dataQuality(workspaces, previews, datasets, signal),
  })
}
