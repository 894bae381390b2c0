import { z } from 'zod'

/** A file the host vouches for: the page holds the id and a display name, never a path. */
export const FileRef = z.strictObject({
  id: z.string().regex(/^file_[a-zA-Z0-9]{8,40}$/),
  name: z.string(),
  /** A dropped copy kept in the workspace's inbox: it is not watched. */
  copy: z.boolean().optional(),
})
export type FileRef = z.infer<typeof FileRef>

export const FilePurpose = z.enum([
  'data',
  'dataFolder',
  'report',
  'template',
  'recipe',
  'image',
  'workspace',
])
export type FilePurpose = z.infer<typeof FilePurpose>
export const OpenAsk = z.strictObject({ purpose: FilePurpose, multiple: z.boolean() })
export type OpenAsk = z.infer<typeof OpenAsk>

export const SavePurpose = z.enum([
  'report',
  'template',
  'recipe',
  'xlsx',
  'pdf',
  'png',
  'svg',
  'csv',
  'workspace',
  'backup',
])
export type SavePurpose = z.infer<typeof SavePurpose>
export const SaveAsk = z.strictObject({ purpose: SavePurpose, suggestedName: z.string().max(200) })
export type SaveAsk = z.infer<typeof SaveAsk>

export const Notice = z.strictObject({ title: z.string().max(200), body: z.string().max(1000) })
export type Notice = z.infer<typeof Notice>

/** What the in-page file browser shows when the host has no dialogs of its own; ids are opaque and die with the ask. */
export const FolderEntry = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['folder', 'file']),
  size: z.number().optional(),
  modified: z.string().optional(),
})
export type FolderEntry = z.infer<typeof FolderEntry>
export const FolderListing = z.strictObject({
  folder: z.strictObject({ id: z.string(), name: z.string() }),
  trail: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  entries: z.array(FolderEntry),
  /** Files that are there and of no kind that is asked for. */
  others: z.number().int(),
})
export type FolderListing = z.infer<typeof FolderListing>
export const BrowseAsk = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), askId: z.string(), ask: OpenAsk }),
  z.strictObject({ kind: z.literal('save'), askId: z.string(), ask: SaveAsk }),
])
export type BrowseAsk = z.infer<typeof BrowseAsk>
