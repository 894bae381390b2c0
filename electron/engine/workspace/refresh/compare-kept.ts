/** What changed between two kept versions of a dataset; the newest two unless others are named. */
import type { DatasetChanges } from '../../../../shared/data/refresh-words.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { ComparedSide } from '../../runner/compare/compare-order.ts'
import { foundPeople } from '../people/search-again.ts'
import type { StoredDataset, StoredField } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'

interface ChangesAsk {
  readonly dataset: string
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** In turn with imports, so that neither file is let go meanwhile. */
export function datasetChanges(
  workspace: Workspace,
  { dataset, from, to }: ChangesAsk,
  signal: AbortSignal,
): Promise<DatasetChanges> {
  return workspace.exclusive(async () => {
    const kept = workspace.catalogue.versions.of(dataset)
    const after = kept.find(({ version }) => to === undefined || version === to)
    const before = kept.find(({ version }) =>
      from === undefined ? version < (after?.version ?? 0) : version === from,
    )
    if (before?.file == null || after?.file == null) {
      throw new AppErrorException(appError('dataset/versionGone', { dataset }))
    }
    const tempFolder = await workspace.jobFolder()
    const side = ({ fields }: StoredDataset, file: string): ComparedSide => ({
      path: workspace.extractPath(file),
      fields: fields.map(storedColumn),
    })
    const { memoryLimitMb, threads } = workspace.options
    try {
      const outcome = await workspace.options.runJob(
        'compare',
        {
          ...{ before: side(before, before.file), after: side(after, after.file) },
          ...{ tempFolder, memoryLimitMb, threads },
        },
        { signal },
      )
      const versions = { from: before.version, to: after.version }
      const people = foundPeople(workspace, dataset, after.version)
      return {
        ...{ ...versions, rowsBefore: before.rows, rowsAfter: after.rows, ...outcome },
        ...(people ? { people } : {}),
      }
    } finally {
      await workspace.files.remove(tempFolder)
    }
  })
}

/** What is in the extract itself; the sign is the catalogue's alone. */
function storedColumn(field: StoredField): ComparedSide['fields'][number] {
  const { name, type, role, scale, coded, wide, distinct, blanks, min, max, meaning } = field
  return {
    name,
    type,
    role,
    scale,
    coded,
    wide,
    distinct,
    blanks,
    min,
    max,
    meaning: meaning ?? null,
  }
}
