import { sourceLimits } from '../../sources/source-limits.ts'
import { SqlRefused } from './refused.ts'

/** Throws SqlRefused where a dataset could not have them. */
export function answerNames(names: readonly string[]): readonly string[] {
  if (names.length === 0 || names.length > sourceLimits.columns) throw new SqlRefused('noColumns')
  for (const [index, name] of names.entries()) {
    if (name.trim() === '' || name.length > 200) throw new SqlRefused('unnamedColumn', undefined, name) // prettier-ignore
    const first = names.findIndex((one) => one.toLowerCase() === name.toLowerCase())
    // The engine itself gives a second column of one name a number.
    if (first !== index) throw new SqlRefused('duplicateColumn', undefined, name)
  }
  return names
}
