/** A process that refreshes a workspace and rolls it back over and over, to be killed by a test. */
import { copyFileSync, renameSync } from 'node:fs'
import {
  datasetVersions,
  dropVersions,
  rollBack,
} from '../../electron/engine/workspace/refresh/dataset-history.ts'
import { refreshDatasets } from '../../electron/engine/workspace/refresh/refresh-datasets.ts'
import { ownDataset, ownWorkspace } from './owned-workspace.ts'

const [, , folder = '', watched = '', ...months] = process.argv
const workspace = await ownWorkspace(folder)
const signal = new AbortController().signal
const id = await ownDataset(workspace, watched)
for (let turn = 0; ; turn++) {
  // In one step, as a cash system puts a new month in its place.
  copyFileSync(months[turn % months.length] ?? '', `${watched}.new`)
  renameSync(`${watched}.new`, watched)
  const order = { dataset: id, renames: {}, acceptLoss: false, passwords: {} }
  await refreshDatasets(workspace, [order], {
    ...{ signal, onProgress: () => undefined },
    readReport: () => Promise.resolve(undefined),
  })
  const versions = await datasetVersions(workspace, id)
  const [newest, earlier, ...oldest] = versions.map(({ version }) => version)
  if (earlier !== undefined) await rollBack(workspace, id, earlier)
  if (newest !== undefined) await rollBack(workspace, id, newest)
  if (oldest.length > 2) await dropVersions(workspace, id, oldest.slice(-1), () => new Set())
  process.send?.('done')
}
