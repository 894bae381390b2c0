import type { ExtractField } from '../../extracts/extract-columns.ts'
import type { StoredField } from '../store/catalogue.ts'

/** What is in the extract itself, with what the catalogue alone keeps. */
export function extractField(field: StoredField): ExtractField {
  const { name, type, role, scale, coded, wide, distinct, blanks, min, max } = field
  const { sign, meaning, personal } = field
  const kept = {
    ...(sign === undefined ? {} : { sign }),
    ...(meaning === undefined ? {} : { meaning }),
    ...(personal === undefined ? {} : { personal }),
  }
  return { name, type, role, scale, ...kept, coded, wide, distinct, blanks, min, max }
}
