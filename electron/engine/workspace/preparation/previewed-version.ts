import type { PreviewedVersion } from '../../preparation/preview.ts'
import { aliasOf } from '../dataset-words.ts'
import type { Workspace } from '../workspace.ts'
import { preparable } from './apply-recipe.ts'
import { asImported, contextOf } from './replay.ts'
import { extractField } from './stored-field.ts'

/** The rows of a dataset as imported, which every step of its recipe is looked at from. */
export function previewedVersion(workspace: Workspace, id: string): PreviewedVersion {
  const imported = asImported(preparable(workspace, id))
  const file = imported.file ?? ''
  return {
    ...{ version: imported.version, rows: imported.rows },
    alias: aliasOf(file),
    path: workspace.extractPath(file),
    fields: imported.fields.map(extractField),
    context: contextOf(workspace, imported),
  }
}
