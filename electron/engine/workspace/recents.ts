/** Recently opened reports, kept with the settings because they belong to the person and not to one workspace. */
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import type { RecentItem } from '../../../shared/workspace-words.ts'
import type { FileRegistry } from '../host.ts'

const Entry = z.strictObject({ path: z.string(), title: z.string(), openedAt: z.string() })
const RecentsFile = z.strictObject({
  lastWorkspace: z.string().nullable(),
  reports: z.array(Entry),
})
type RecentsFile = z.infer<typeof RecentsFile>

const keptReports = 30

export interface Recents {
  reports(files: FileRegistry): Promise<RecentItem[]>
  addReport(path: string, title: string, openedAt: Date): Promise<void>
  lastWorkspace(): Promise<string | null>
  rememberWorkspace(folder: string): Promise<void>
}

/** A lost or damaged file is an empty one: nothing of value is in it. */
export function createRecents(path: string): Recents {
  let writing = Promise.resolve()
  async function read(): Promise<RecentsFile> {
    try {
      const kept: unknown = JSON.parse(await readFile(path, 'utf8'))
      return RecentsFile.safeParse(kept).data ?? { lastWorkspace: null, reports: [] }
    } catch {
      return { lastWorkspace: null, reports: [] }
    }
  }
  function change(edit: (recents: RecentsFile) => RecentsFile): Promise<void> {
    const turn = writing.then(async () => {
      await mkdir(dirname(path), { recursive: true })
      await writeFileAtomic(path, `${JSON.stringify(edit(await read()), null, 2)}\n`)
    })
    writing = turn.catch(() => undefined)
    return turn
  }
  return {
    async reports(files) {
      const { reports } = await read()
      return reports.map(({ path: file, title, openedAt }) => ({
        file: files.register(file),
        title,
        openedAt,
        missing: !existsSync(file),
      }))
    },
    addReport: (file, title, openedAt) =>
      change((recents) => ({
        ...recents,
        reports: [
          { path: file, title, openedAt: openedAt.toISOString() },
          ...recents.reports.filter((entry) => entry.path !== file),
        ].slice(0, keptReports),
      })),
    lastWorkspace: async () => (await read()).lastWorkspace,
    rememberWorkspace: (folder) => change((recents) => ({ ...recents, lastWorkspace: folder })),
  }
}
