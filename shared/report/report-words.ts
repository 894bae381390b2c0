import { z } from 'zod'
import { CellValue } from '../data/cell-value.ts'
import { Field } from '../data/field.ts'
import { FileRef } from '../host-words.ts'
import { BlockFilter } from './block-filter.ts'
import { DrillPathId, BlockId, SlotId } from './ids.ts'
import { Bindings, Report } from './report.ts'

/** An open report: `stamp` names the bytes on disk it was read from, so that a save can see a change underneath. */
export const OpenedReport = z.strictObject({
  file: FileRef.nullable(),
  stamp: z.string().nullable(),
  report: Report,
  bindings: Bindings,
  /** The report came from a recovery copy that is newer than the file. */
  recovered: z.boolean(),
})
export type OpenedReport = z.infer<typeof OpenedReport>

export const SaveReport = z.strictObject({
  file: FileRef,
  report: Report,
  bindings: Bindings,
  /** Null when the file is new or may be overwritten: the user said so. */
  expectedStamp: z.string().nullable(),
})
export const SavedReport = z.strictObject({ file: FileRef, stamp: z.string() })

export const RecoveryCopy = z.strictObject({
  id: z.string(),
  title: z.string(),
  savedAt: z.string(),
  file: FileRef.nullable(),
  /** Kept since the engine started: whatever closed the page, nothing crashed. */
  sameRun: z.boolean(),
})
export type RecoveryCopy = z.infer<typeof RecoveryCopy>

/** A literal value that would travel inside a template; the user sees each and may keep it. */
export const TemplateLiteral = z.strictObject({
  id: z.string(),
  place: z.string(),
  kind: z.enum([
    ...(['filterValues', 'filterText', 'range', 'text', 'title', 'image', 'slotName'] as const),
    ...(['formula', 'parameter'] as const),
  ]),
  preview: z.string(),
  /** Kept unless it looks personal or lists values of the data. */
  keepByDefault: z.boolean(),
})
export type TemplateLiteral = z.infer<typeof TemplateLiteral>

export const FieldProposal = z.strictObject({
  slot: SlotId,
  expected: Field,
  /** Best dataset field with a score from 0 to 1; null when nothing fits. */
  proposed: z.string().nullable(),
  score: z.number(),
  usedIn: z.array(z.string()),
})
export const SlotProposal = z.strictObject({
  slot: SlotId,
  name: z.string(),
  dataset: z.string().nullable(),
  score: z.number(),
  fields: z.array(FieldProposal),
})
export type SlotProposal = z.infer<typeof SlotProposal>

/** What a reader has clicked: not saved, but exports and prints show the same numbers as the screen. */
export const ViewState = z.strictObject({
  /** Filters that reach each block from clicks and from filter controls moved while viewing. */
  filters: z.record(BlockId, z.array(BlockFilter).max(100)),
  drill: z.record(
    BlockId,
    z.strictObject({ path: DrillPathId, members: z.array(CellValue).max(8) }),
  ),
})
export type ViewState = z.infer<typeof ViewState>
