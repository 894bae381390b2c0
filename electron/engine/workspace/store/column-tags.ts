/** What columns stand for and which tell of a person: as proposed, unless the user said otherwise. */
import type { ColumnOverride } from '../../../../shared/data/import-words.ts'
import { tagFields } from '../../sources/typing/tag-fields.ts'
import type { StoredField } from './dataset-versions.ts'

export type ColumnTags = Pick<ColumnOverride, 'meaning' | 'personal'>

/** Fields kept before anybody looked: proposed from names and ranges, as their values are not at hand. */
export function lookedAt(fields: readonly StoredField[], rows: number): StoredField[] {
  if (fields.every(({ personal }) => personal !== undefined)) return [...fields]
  const proposed = tagFields(fields, rows, () => [])
  return fields.map((field, index) =>
    field.personal === undefined ? { ...field, ...tagsOf(proposed[index]) } : field,
  )
}

function tagsOf(field: StoredField | undefined): ColumnTags {
  return { meaning: field?.meaning ?? null, personal: field?.personal ?? null }
}

/** The user's word over what was proposed. */
export function withTags(
  fields: readonly StoredField[],
  overrides: readonly ColumnOverride[],
): StoredField[] {
  return fields.map((field) => {
    const own = overrides.filter(({ column }) => column === field.name)
    const meaning = own.find((one) => one.meaning !== undefined)?.meaning
    const personal = own.find((one) => one.personal !== undefined)?.personal
    return {
      ...field,
      ...(meaning === undefined ? {} : { meaning }),
      ...(personal === undefined ? {} : { personal }),
    }
  })
}

/** The overrides with a newer word on one column. */
export function withTagsChosen(
  overrides: readonly ColumnOverride[],
  column: string,
  { meaning, personal }: ColumnTags,
): ColumnOverride[] {
  const said = {
    ...(meaning === undefined ? {} : { meaning }),
    ...(personal === undefined ? {} : { personal }),
  }
  const known = overrides.some((one) => one.column === column)
  if (!known) return [...overrides, { column, ...said }]
  return overrides.map((one) => (one.column === column ? { ...one, ...said } : one))
}

/** What the user said of the columns of an earlier version, without what was said of their types. */
export function tagsAlone(overrides: readonly ColumnOverride[]): ColumnOverride[] {
  return overrides.flatMap(({ column, meaning, personal }) =>
    meaning === undefined && personal === undefined
      ? []
      : withTagsChosen([], column, { meaning, personal }),
  )
}

/**
 * The fields of a new version. A column that told of a person goes on doing so when its new values no longer show it: only
 * the user takes that back.
 */
export function nextTags(
  fields: readonly StoredField[],
  before: readonly StoredField[],
  overrides: readonly ColumnOverride[],
): StoredField[] {
  const kept = fields.map((field) => {
    const earlier = before.find(({ name }) => name === field.name)?.personal ?? null
    return { ...field, personal: field.personal ?? earlier }
  })
  return withTags(kept, overrides)
}
