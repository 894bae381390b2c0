import { z } from 'zod'
import { DatasetInfo, Relationship } from './data/dataset.ts'
import { FileRef } from './host-words.ts'

export const WorkspaceState = z.strictObject({
  name: z.string(),
  folder: FileRef,
  sample: z.boolean(),
  datasets: z.array(DatasetInfo),
  relationships: z.array(Relationship),
  /** The folder is on a network drive or is kept in step by a cloud service. */
  warnings: z.array(z.enum(['networkFolder', 'syncedFolder'])),
})
export type WorkspaceState = z.infer<typeof WorkspaceState>

export const RecentItem = z.strictObject({
  file: FileRef,
  title: z.string(),
  openedAt: z.string(),
  missing: z.boolean(),
})
export type RecentItem = z.infer<typeof RecentItem>

export const SampleState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('absent') }),
  z.strictObject({
    state: z.literal('importing'),
    step: z.string(),
    rows: z.number().int(),
    fraction: z.number(),
  }),
  z.strictObject({ state: z.literal('ready'), report: FileRef }),
  z.strictObject({ state: z.literal('failed'), code: z.string() }),
])
export type SampleState = z.infer<typeof SampleState>

/** When files that changed are read again without being asked. */
export const AutoRefresh = z.enum(['never', 'onOpen', 'onChange', 'hourly', 'daily'])
export type AutoRefresh = z.infer<typeof AutoRefresh>

export const Settings = z.strictObject({
  language: z.enum(['zh-CN', 'en', 'system']),
  theme: z.enum(['light', 'dark', 'system']),
  /** Never, when absent. */
  refresh: AutoRefresh.optional(),
})
export type Settings = z.infer<typeof Settings>

export const AppInfo = z.strictObject({
  version: z.string(),
  hostKind: z.enum(['electron', 'loopback', 'cli']),
  platform: z.string(),
  /** The page draws the menu when the shell has no native one. */
  nativeMenu: z.boolean(),
  systemLanguage: z.enum(['zh-CN', 'en']),
  settings: Settings,
})
export type AppInfo = z.infer<typeof AppInfo>
