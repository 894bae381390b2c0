/** The patterns of TEXT: `0`, `000`, `0.00`, `0.0%`; `yyyy-mm-dd`, `yyyy年m月d日`, `hh:mm`. */
import { maxScale } from '../limits.ts'

export type DatePiece =
  | { readonly kind: 'part'; readonly part: DatePart; readonly padded: boolean }
  | { readonly kind: 'literal'; readonly text: string }
export type DatePart = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'

export type ValuePattern =
  | {
      readonly kind: 'number'
      /** Digits at least written before the point. */
      readonly whole: number
      readonly decimals: number
      readonly percent: boolean
    }
  | { readonly kind: 'date'; readonly pieces: readonly DatePiece[]; readonly clock: boolean }

const numberForm = /^(0{1,20})(?:\.(0+))?(%)?$/
const dateForm = /yyyy|mm?|dd?|hh?|ss?|[^a-z]+/gy

/** Undefined for a text that is no pattern. */
export function readPattern(text: string): ValuePattern | undefined {
  const number = numberForm.exec(text)
  if (number) {
    const [, whole = '', decimals = '', percent] = number
    if (decimals.length > maxScale) return undefined
    return {
      kind: 'number',
      whole: whole.length,
      decimals: decimals.length,
      percent: percent !== undefined,
    }
  }
  return readDatePattern(text.toLowerCase())
}

function readDatePattern(text: string): ValuePattern | undefined {
  const found = text.match(dateForm) ?? []
  if (found.join('') !== text) return undefined
  let clock = false
  const pieces = found.map((piece): DatePiece => {
    const letter = /[a-z]/.exec(piece)?.[0]
    if (letter === undefined) return { kind: 'literal', text: piece }
    // As in Excel: m after hours are minutes.
    clock ||= letter === 'h' || letter === 's'
    const part = letter === 'm' && clock ? 'minute' : (partOfLetter[letter] ?? 'year')
    return { kind: 'part', part, padded: piece.length > 1 }
  })
  return pieces.some(({ kind }) => kind === 'part') ? { kind: 'date', pieces, clock } : undefined
}

const partOfLetter: Readonly<Record<string, DatePart>> = {
  y: 'year',
  m: 'month',
  d: 'day',
  h: 'hour',
  s: 'second',
}
