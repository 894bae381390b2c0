/** Fields with what they stand for and whether they tell of a person, as their names and values propose it. */
import type { FieldRole } from '../../../../shared/data/field.ts'
import type { Meaning } from '../../../../shared/data/meaning.ts'
import type { PersonalKind } from '../../../../shared/data/personal.ts'
import type { ColumnEvidence } from './propose-meanings.ts'
import { proposeMeanings } from './propose-meanings.ts'
import { proposePersonal } from './propose-personal.ts'

/** So many different texts of a column are looked at. */
export const keptTexts = 400

type Known = Omit<ColumnEvidence, 'texts'>

export function tagFields<F extends Known>(
  fields: readonly F[],
  rows: number,
  textsOf: (index: number) => readonly string[],
): (F & { readonly meaning: Meaning | null; readonly personal: PersonalKind | null })[] {
  const columns = fields.map((field, index) => ({ ...field, texts: textsOf(index) }))
  const personal = proposePersonal(columns)
  const meanings = proposeMeanings(columns, rows, personal)
  return fields.map((field, index) => {
    const meaning = meanings[index] ?? null
    return { ...field, role: roleWith(meaning, field.role), meaning, personal: personal[index] ?? null } // prettier-ignore
  })
}

/** Numbers that name members are not added up. */
const roleWith = (meaning: Meaning | null, role: FieldRole): FieldRole =>
  meaning === 'customer' && role === 'measure' ? 'identifier' : role
