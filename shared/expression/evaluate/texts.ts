/** Text functions. A character is a code point; empty text is blank; blank text stays blank unless said otherwise. */
import type { TextFunction } from '../functions/function-id.ts'
import type { DatePart, DatePiece } from '../functions/text-pattern.ts'
import { readPattern } from '../functions/text-pattern.ts'
import { longestInsert, longestText } from '../limits.ts'
import type { ApplyPart } from '../typed.ts'
import type { Value } from '../value.ts'
import { isExact, scaleOf } from '../value-type.ts'
import { dayOf, secondOfDay, yearMonthDay } from './calendar.ts'
import { fit, fixedText, magnitude, rescaled } from './exact.ts'
import type { Evaluated } from './operation.ts'
import { exactOf, numberOf, textOf } from './operation.ts'

const filled = (text: string): Value => (text === '' ? null : text)
const characters = (text: string): string[] => Array.from(text)
const cut = (text: string, most: number): string => characters(text).slice(0, most).join('')
const inserted = (value: Value | undefined): string => cut(textOf(value) ?? '', longestInsert)

/** Beyond any text's length nothing changes. */
const farAway = 1_000_000
function countOf(value: Value | undefined): number {
  const count = exactOf(value) ?? 0n
  return count < 0n ? 0 : count > BigInt(farAway) ? farAway : Number(count)
}

const onText =
  (change: (text: string, args: readonly Value[], part: ApplyPart) => Value): Evaluated =>
  (args, part) => {
    const text = textOf(args[0])
    return text === null ? null : change(text, args, part)
  }

/** Letters whose counterpart is not the one letter the platform gives. */
const oddLetters = new Map([
  ['ß', 'ẞ'],
  ['İ', 'i'],
])

/** Letters that have one letter as counterpart; others stay. */
function eachLetter(text: string, change: (letter: string) => string): string {
  return characters(text)
    .map((letter) => {
      const changed = change(letter)
      if (changed === letter || characters(changed).length === 1) return changed
      return oddLetters.get(letter) ?? letter
    })
    .join('')
}

const testing =
  (test: (text: string, part: string) => boolean): Evaluated =>
  ([value, sought]) => {
    const [text, part] = [textOf(value), textOf(sought)]
    return text !== null && part !== null && test(text, part)
  }

const splitting = (pick: (text: string, at: number, part: string) => string): Evaluated =>
  onText((text, args) => {
    const part = textOf(args[1])
    const at = part === null ? -1 : text.indexOf(part)
    return part === null || at < 0 ? null : filled(pick(text, at, part))
  })

const spaces = /[ \t\r\n\u00a0\u3000]+/g

export const evaluateTexts: Readonly<Record<TextFunction, Evaluated>> = {
  left: onText((text, args, part) => {
    const count = part.args.length > 1 ? countOf(args[1]) : 1
    return filled(cut(text, count))
  }),
  right: onText((text, args, part) => {
    const count = part.args.length > 1 ? countOf(args[1]) : 1
    return filled(count === 0 ? '' : characters(text).slice(-count).join(''))
  }),
  mid: onText((text, args) => {
    const start = countOf(args[1])
    if (start === 0) return null
    const from = start - 1
    return filled(
      characters(text)
        .slice(from, from + countOf(args[2]))
        .join(''),
    )
  }),
  len: ([value]) => BigInt(characters(textOf(value) ?? '').length),
  trim: onText((text) => filled(text.replace(spaces, ' ').replace(/^ | $/g, ''))),
  upper: onText((text) => eachLetter(text, (letter) => letter.toUpperCase())),
  lower: onText((text) => eachLetter(text, (letter) => letter.toLowerCase())),
  concat: (args) => filled(cut(args.map((value) => textOf(value) ?? '').join(''), longestText)),
  substitute: onText((text, args) => {
    const old = textOf(args[1])
    return old === null ? text : filled(cut(text.split(old).join(inserted(args[2])), longestText))
  }),
  replace: onText((text, args) => {
    const start = countOf(args[1])
    if (start === 0) return null
    const all = characters(text)
    const rest = all.slice(start - 1 + countOf(args[2])).join('')
    const made = all.slice(0, start - 1).join('') + inserted(args[3]) + rest
    return filled(cut(made, longestText))
  }),
  contains: testing((text, part) => text.includes(part)),
  startsWith: testing((text, part) => text.startsWith(part)),
  endsWith: testing((text, part) => text.endsWith(part)),
  find: ([sought, value]) => {
    const [part, text] = [textOf(sought), textOf(value)]
    const at = part === null || text === null ? -1 : text.indexOf(part)
    return at < 0 || text === null ? null : BigInt(characters(text.slice(0, at)).length + 1)
  },
  textBefore: splitting((text, at) => text.slice(0, at)),
  textAfter: splitting((text, at, part) => text.slice(at + part.length)),
  padLeft: onText((text, args) => {
    const fill = textOf(args[2])
    const [length, has] = [countOf(args[1]), characters(text).length]
    if (fill === null) return text
    if (length > longestInsert) return null
    const padding = cut(fill.repeat(length), Math.max(0, length - has))
    return padding + text
  }),
  text: (args, part) => {
    const pattern = readPattern(textOf(args[1]) ?? '')
    const type = part.args[0]?.type
    if (pattern === undefined || type === undefined) return null
    if (pattern.kind === 'number') {
      const value = exactOf(args[0])
      if (value === null || !isExact(type)) return null
      return patternedNumber(value, scaleOf(type), pattern)
    }
    const moment = numberOf(args[0])
    const seconds = type.kind === 'timestamp'
    return moment === null ? null : patternedDate(moment, seconds, pattern.pieces)
  },
}

function patternedNumber(
  value: bigint,
  scale: number,
  pattern: { readonly whole: number; readonly decimals: number; readonly percent: boolean },
): Value {
  const hundredfold = pattern.percent && scale < 2 ? fit(value * 10n ** BigInt(2 - scale)) : value
  const from = pattern.percent ? Math.max(0, scale - 2) : scale
  const rounded = hundredfold === null ? null : rescaled(hundredfold, from, pattern.decimals)
  if (rounded === null) return null
  const width = pattern.whole + (pattern.decimals > 0 ? pattern.decimals + 1 : 0)
  const digits = fixedText(magnitude(rounded), pattern.decimals).padStart(width, '0')
  return `${rounded < 0n ? '-' : ''}${digits}${pattern.percent ? '%' : ''}`
}

function patternedDate(moment: number, seconds: boolean, pieces: readonly DatePiece[]): string {
  const parts = partsOf(moment, seconds)
  return pieces
    .map((piece) => {
      if (piece.kind === 'literal') return piece.text
      const digits = String(parts[piece.part])
      return piece.padded ? digits.padStart(piece.part === 'year' ? 4 : 2, '0') : digits
    })
    .join('')
}

function partsOf(moment: number, seconds: boolean): Readonly<Record<DatePart, number>> {
  const { year, month, day } = yearMonthDay(dayOf(moment, seconds))
  const time = seconds ? secondOfDay(moment) : 0
  return {
    year,
    month,
    day,
    hour: Math.floor(time / 3600),
    minute: Math.floor(time / 60) % 60,
    second: time % 60,
  }
}
