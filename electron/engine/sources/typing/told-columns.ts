/** Columns of an answer whose types are known: what they are in a dataset, by their names. */
import type { FieldRole, FieldType } from '../../../../shared/data/field.ts'
import { namesGroups, namesIdentifier } from './identifier-names.ts'

export interface DeclaredType {
  readonly type: FieldType
  readonly scale: number
}

/** More places are a double: sums stay exact up to here. */
export const mostPlaces = 6

/** Numbers that name things are identifiers: nobody adds up receipts. */
export function typedAndTold(
  name: string,
  { type, scale }: DeclaredType,
): { readonly type: FieldType; readonly scale: number; readonly role: FieldRole } {
  const identifies = namesIdentifier(name)
  if (type === 'text') return { type, scale, role: identifies ? 'identifier' : 'dimension' }
  if (type === 'integer' && identifies) return { type: 'text', scale: 0, role: 'identifier' }
  const measures = type === 'integer' || type === 'decimal' || type === 'double'
  return { type, scale, role: measures && !namesGroups(name) ? 'measure' : 'dimension' }
}
