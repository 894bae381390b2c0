import type { FieldType } from '../data/field.ts'

/**
 * What a part of a formula is. Whole numbers and decimals are exact (`scale` digits after the point, 1 to 12); `double`
 * is what a file held with more digits than that, and powers. `blank` is a part that never has a value.
 */
export type ValueType =
  | { readonly kind: 'integer' }
  | { readonly kind: 'decimal'; readonly scale: number }
  | { readonly kind: 'double' | 'text' | 'date' | 'timestamp' | 'boolean' | 'blank' }
export type TypeKind = ValueType['kind']

export const integerType: ValueType = { kind: 'integer' }
export const doubleType: ValueType = { kind: 'double' }
export const textType: ValueType = { kind: 'text' }
export const dateType: ValueType = { kind: 'date' }
export const timestampType: ValueType = { kind: 'timestamp' }
export const booleanType: ValueType = { kind: 'boolean' }
export const blankType: ValueType = { kind: 'blank' }

export function exactType(scale: number): ValueType {
  return scale === 0 ? integerType : { kind: 'decimal', scale }
}

/** Digits after the point; 0 for everything that is no decimal. */
export function scaleOf(type: ValueType): number {
  return type.kind === 'decimal' ? type.scale : 0
}

export function isExact(type: ValueType): boolean {
  return type.kind === 'integer' || type.kind === 'decimal'
}

export function isNumber(type: ValueType): boolean {
  return isExact(type) || type.kind === 'double'
}

export function isDay(type: ValueType): boolean {
  return type.kind === 'date' || type.kind === 'timestamp'
}

export function sameType(a: ValueType, b: ValueType): boolean {
  return a.kind === b.kind && scaleOf(a) === scaleOf(b)
}

/** The type both can be written in, or undefined: text and numbers are never mixed by themselves. */
export function commonType(a: ValueType, b: ValueType): ValueType | undefined {
  if (a.kind === 'blank') return b
  if (b.kind === 'blank') return a
  if (isExact(a) && isExact(b)) return exactType(Math.max(scaleOf(a), scaleOf(b)))
  if (isNumber(a) && isNumber(b)) return doubleType
  if (isDay(a) && isDay(b)) return a.kind === b.kind ? a : timestampType
  return a.kind === b.kind ? a : undefined
}

export function fieldValueType(field: {
  readonly type: FieldType
  readonly scale?: number | undefined
}): ValueType {
  return field.type === 'decimal' ? exactType(field.scale ?? 0) : { kind: field.type }
}
