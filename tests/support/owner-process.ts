/** A process that owns a workspace and imports into it over and over, to be killed by a test. */
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import type { ImportOrder } from '../../shared/data/import-words.ts'
import { partOf } from './import-files.ts'
import { ownWorkspace } from './owned-workspace.ts'

const [, , folder = '', ...files] = process.argv
const workspace = await ownWorkspace(folder)
const order: ImportOrder = { name: 'D', mode: 'replace', overrides: [], parts: [] }
process.send?.('ready')
for (let turn = 0; ; turn++) {
  const parts = [partOf(files[turn % files.length] ?? '')]
  const signal = new AbortController().signal
  await importDatasets(workspace, [
    { order, parts, signal, onProgress: () => process.send?.('step') },
  ])
  process.send?.('done')
}
