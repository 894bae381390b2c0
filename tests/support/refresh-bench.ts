/** A workspace over a folder of files, refreshed as the app does it, with every import it makes written down. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { refreshDatasets } from '../../electron/engine/workspace/refresh/refresh-datasets.ts'
import type { ReadReport } from '../../electron/engine/workspace/refresh/schema-question.ts'
import type { Workspace } from '../../electron/engine/workspace/workspace.ts'
import type { RefreshedDataset, RefreshOrder } from '../../shared/data/refresh-words.ts'
import { askExtract } from './import-files.ts'
import { jobsInPlace, openWorkspace } from './open-workspace.ts'
import { tempFolder } from './temp-folder.ts'

export interface RefreshBench {
  readonly folder: string
  readonly workspace: Workspace
  /** Import jobs so far. */
  readonly read: string[][]
  readonly file: (name: string, content: string) => string
  readonly refresh: (
    dataset: string,
    answer?: Partial<RefreshOrder>,
    readReport?: ReadReport,
  ) => Promise<RefreshedDataset>
  readonly cells: (sql: string) => Promise<unknown[][]>
}

export async function refreshBench(): Promise<RefreshBench> {
  const folder = tempFolder()
  const read: string[][] = []
  const workspace = await openWorkspace(join(folder, 'w'), {
    runJob: (name, order, options) => {
      if (name === 'import' && 'parts' in order) read.push(order.parts.map((part) => part.name))
      return jobsInPlace(name, order, options)
    },
  })
  return {
    ...{ folder, workspace, read },
    file: (name, content) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    refresh: async (dataset, answer = {}, readReport = () => Promise.resolve(undefined)) => {
      const order = { dataset, renames: {}, acceptLoss: false, passwords: {}, ...answer }
      const signal = new AbortController().signal
      const tools = { signal, onProgress: () => undefined, readReport }
      const [done] = await refreshDatasets(workspace, [order], tools)
      return done!
    },
    cells: (sql) => {
      const file = workspace.catalogue.datasetNamed('D')?.file ?? ''
      return askExtract(workspace.extractPath(file), folder, sql)
    },
  }
}
