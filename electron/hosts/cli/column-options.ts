import type { ColumnOverride } from '../../../shared/data/import-words.ts'
import { meanings } from '../../../shared/data/meaning.ts'
import type { PersonalMode } from '../../../shared/data/personal.ts'
import { personalKinds, personalModes } from '../../../shared/data/personal.ts'
import { oneOf, pairs } from './arguments.ts'

/** `--meaning COLUMN=MEANING` and `--personal COLUMN=KIND`, by column; `none` takes back what was proposed. */
export function columnTags(
  meaning: readonly string[],
  personal: readonly string[],
): ColumnOverride[] {
  const tags = new Map<string, ColumnOverride>()
  for (const [column, said] of pairs(meaning, '--meaning')) {
    const value = oneOf(said, ['none', ...meanings], '--meaning')
    tags.set(column, { column, meaning: value === 'none' ? null : value })
  }
  for (const [column, said] of pairs(personal, '--personal')) {
    const value = oneOf(said, ['none', ...personalKinds], '--personal')
    tags.set(column, {
      ...(tags.get(column) ?? { column }),
      personal: value === 'none' ? null : value,
    })
  }
  return [...tags.values()]
}

/** How personal values are written; masked unless it is said. */
export function personalMode(value: string | undefined): PersonalMode {
  return value === undefined ? 'mask' : oneOf(value, personalModes, '--personal')
}
