import { z } from 'zod'
import { Field } from '../data/field.ts'
import { Grain } from '../data/grain.ts'
import { Block } from './blocks/block.ts'
import { FieldId } from './field-use.ts'
import { ReportFormula, ReportParameter } from './formula.ts'
import {
  BlockId,
  DrillPathId,
  FormulaId,
  ImageId,
  InteractionId,
  PageId,
  ParameterId,
  ReportId,
  SlotId,
} from './ids.ts'

/** Of a page, and of a report: a file with more is not read, so none is made. */
export const maxBlocks = 200
export const maxPages = 50

/** A place a dataset goes: the report keeps a copied description, the workspace knows what is bound to it. */
export const DatasetSlot = z.strictObject({
  id: SlotId,
  name: z.string().min(1).max(120),
  fields: z.array(Field).max(2000),
})
export type DatasetSlot = z.infer<typeof DatasetSlot>

export const PageSetup = z.strictObject({
  paper: z.enum(['A4', 'A3', 'Letter']),
  orientation: z.enum(['portrait', 'landscape']),
  marginMm: z.number().min(0).max(50),
  header: z.string().max(200),
  footer: z.string().max(200),
  pageNumbers: z.boolean(),
})
export type PageSetup = z.infer<typeof PageSetup>

export const BoardPage = z.strictObject({
  id: PageId,
  kind: z.literal('board'),
  title: z.string().max(120),
  blocks: z.record(BlockId, Block),
  /** Drawing and reading order. */
  blockOrder: z.array(BlockId).max(maxBlocks),
  setup: PageSetup,
})
export type BoardPage = z.infer<typeof BoardPage>

/** Ordered dimensions from coarse to fine; a date may appear several times, by finer grains. */
export const DrillPath = z.strictObject({
  id: DrillPathId,
  name: z.string().min(1).max(120),
  levels: z
    .array(z.strictObject({ field: FieldId, grain: Grain.optional() }))
    .min(2)
    .max(8),
})
export type DrillPath = z.infer<typeof DrillPath>

/** What a click in `from` does to `to`. Without any interaction, blocks of a page that share a dataset filter each other. */
export const Interaction = z.strictObject({
  id: InteractionId,
  from: BlockId,
  to: z.array(BlockId).max(200),
  effect: z.enum(['filter', 'none']),
})
export type Interaction = z.infer<typeof Interaction>

export const ReportImage = z.strictObject({
  id: ImageId,
  type: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  /** Base64; at most 4 MiB of picture. */
  data: z
    .string()
    .max(5_700_000)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/),
})
export type ReportImage = z.infer<typeof ReportImage>

export const Report = z.strictObject({
  id: ReportId,
  title: z.string().max(200),
  theme: z.enum(['storeboard', 'ocean', 'forest', 'mono']),
  locale: z.enum(['zh-CN', 'en']).optional(),
  datasets: z.record(SlotId, DatasetSlot),
  drillPaths: z.record(DrillPathId, DrillPath),
  pages: z.record(PageId, BoardPage),
  pageOrder: z.array(PageId).min(1).max(maxPages),
  interactions: z.record(InteractionId, Interaction),
  images: z.record(ImageId, ReportImage),
  /** Absent in reports without any, as in all that were made before there were formulas. */
  formulas: z.record(FormulaId, ReportFormula).optional(),
  parameters: z.record(ParameterId, ReportParameter).optional(),
})
export type Report = z.infer<typeof Report>

export const reportFormat = 'storeboard-report'
export const reportVersion = 1

export const ReportFile = z.strictObject({
  format: z.literal(reportFormat),
  version: z.literal(reportVersion),
  savedBy: z.string().max(80),
  report: Report,
})
export type ReportFile = z.infer<typeof ReportFile>

/** Which dataset of the workspace stands in each slot; the catalogue keeps it per report, never the file. */
export const Bindings = z.record(SlotId, z.string())
export type Bindings = z.infer<typeof Bindings>
