import { z } from 'zod'
import { PersonalKind, PersonalMode } from './data/personal.ts'
import { FileRef } from './host-words.ts'
import { QualityLine } from './quality/data-quality.ts'
import { BlockId, PageId } from './report/ids.ts'
import { ViewState } from './report/report-words.ts'
import { Bindings, Report } from './report/report.ts'

export const ExportFormat = z.enum(['xlsx', 'pdf', 'png', 'svg', 'csv'])
export type ExportFormat = z.infer<typeof ExportFormat>

export const ExportRequest = z.strictObject({
  format: ExportFormat,
  to: FileRef,
  report: Report,
  bindings: Bindings,
  view: ViewState,
  /** The whole report when absent. */
  scope: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('page'), page: PageId }),
      z.strictObject({ kind: z.literal('block'), block: BlockId }),
    ])
    .optional(),
  locale: z.enum(['zh-CN', 'en']),
  /** In full only when it is said, every time anew. */
  personal: PersonalMode.default('mask'),
  /** Workbooks and papers end with where their rows came from and what was done to them. */
  quality: z.boolean().optional(),
  /** Groups of crosstabs that are put away stay so, unless all levels are opened; text files have all in any case. */
  levels: z.enum(['shown', 'all']).optional(),
})
export type ExportRequest = z.infer<typeof ExportRequest>

/** A personal column an export would hold. */
export const PersonalColumn = z.strictObject({
  dataset: z.string(),
  field: z.string(),
  kind: PersonalKind,
})
export type PersonalColumn = z.infer<typeof PersonalColumn>

export const PersonalColumnsAsk = ExportRequest.pick({
  report: true,
  bindings: true,
  view: true,
  scope: true,
})

export const ExportProgress = z.strictObject({
  phase: z.enum(['asking', 'drawing', 'writing']),
  done: z.number().int(),
  /** 0 where nothing can be measured. */
  of: z.number().int(),
})
export type ExportProgress = z.infer<typeof ExportProgress>

export const ExportResult = z.strictObject({
  file: FileRef,
  bytes: z.number().int(),
  /** True counts of what was written: rows, pages, sheets. */
  rows: z.number().int(),
  pages: z.number().int(),
  notes: z.array(z.string()),
})
export type ExportResult = z.infer<typeof ExportResult>

/** How far the page of a print job is: blocks that were answered, then sheets of paper that were drawn. */
export const PrintProgress = z.strictObject({
  jobId: z.string(),
  phase: z.enum(['asking', 'drawing']),
  done: z.number().int().min(0),
  of: z.number().int().min(0),
})
export type PrintProgress = z.infer<typeof PrintProgress>

/** What the print route draws: fetched with a secret good for this job's reading calls only. */
export const PrintContent = z.strictObject({
  report: Report,
  bindings: Bindings,
  view: ViewState,
  pages: z.array(PageId),
  locale: z.enum(['zh-CN', 'en']),
  /** What narrows each block beside its own filters and the page's controls, in words that name people as the job may. */
  narrowed: z.record(BlockId, z.array(z.string())),
  /** Said on sheets after all others. */
  quality: z.array(QualityLine).optional(),
})
export type PrintContent = z.infer<typeof PrintContent>
