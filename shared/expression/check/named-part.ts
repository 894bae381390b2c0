import type { FieldType } from '../../data/field.ts'
import type { Span } from '../tree.ts'
import type { FieldPart } from '../typed.ts'
import type { ValueType } from '../value-type.ts'
import { scaleOf } from '../value-type.ts'

/** A value computed elsewhere, that a formula reads like a field. */
export function namedPart(name: string, type: ValueType, span: Span): FieldPart {
  const kind: FieldType = type.kind === 'blank' ? 'text' : type.kind
  const field = { name, type: kind, scale: scaleOf(type) }
  return { kind: 'field', place: { dataset: undefined, field }, type, span }
}
