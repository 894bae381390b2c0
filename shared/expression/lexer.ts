/** A formula's text as tokens. Full-width signs, Chinese quotes and brackets stand for their usual forms. */
import { FormulaFault, formulaError } from './formula-error.ts'
import type { FormulaReasons } from './formula-error.ts'
import type { BinaryOperator, Span } from './tree.ts'

export type Token =
  | {
      readonly kind: 'number' | 'text' | 'field' | 'parameter' | 'name'
      readonly value: string
      readonly span: Span
    }
  | { readonly kind: 'operator'; readonly value: BinaryOperator; readonly span: Span }
  | {
      readonly kind: 'percent' | 'open' | 'close' | 'separator' | 'end'
      readonly value: string
      readonly span: Span
    }

type Sign = 'percent' | 'open' | 'close' | 'separator'

const operators = new Map<string, BinaryOperator>([
  ['<=', '<='], ['>=', '>='], ['<>', '<>'], ['＜＝', '<='], ['＞＝', '>='], ['＜＞', '<>'],
  ['≤', '<='], ['≥', '>='], ['≠', '<>'], ['=', '='], ['＝', '='], ['<', '<'], ['＜', '<'], ['>', '>'], ['＞', '>'],
  ['&', '&'], ['＆', '&'], ['+', '+'], ['＋', '+'], ['-', '-'], ['－', '-'], ['−', '-'], ['*', '*'], ['＊', '*'], ['×', '*'],
  ['/', '/'], ['／', '/'], ['÷', '/'], ['^', '^'], ['＾', '^'],
]) // prettier-ignore
const signs = new Map<string, Sign>([
  ['%', 'percent'], ['％', 'percent'], ['(', 'open'], ['（', 'open'], [')', 'close'], ['）', 'close'],
  [',', 'separator'], ['，', 'separator'], [';', 'separator'], ['；', 'separator'],
]) // prettier-ignore
/** A doubled closing sign stands for itself. */
const quotes = new Map([
  ['"', '"'],
  ['“', '”'],
  ['＂', '＂'],
])
const brackets = new Map([
  ['[', ']'],
  ['［', '］'],
  ['【', '】'],
])

const numberForm = /(?:\d+(?:\.\d*)?|\.\d+)/y
const nameForm = /[\p{L}_][\p{L}\p{N}_]*/uy
const parameterForm = /[@＠](?=[\p{L}_[［【])/uy
const spaceForm = /\s+/y

function fault(reason: FormulaReasons['expression/syntax'], span: Span, found = ''): FormulaFault {
  return new FormulaFault(formulaError('expression/syntax', reason, span, { found }))
}

/** Throws a `FormulaFault` for what is no token. The last token is `end`. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const space = matchAt(spaceForm, text, at)
    if (space !== undefined) {
      at += space.length
      continue
    }
    const token = tokenAt(text, at)
    tokens.push(token)
    at = token.span.to
  }
  tokens.push({ kind: 'end', value: '', span: { from: text.length, to: text.length } })
  return tokens
}

function matchAt(form: RegExp, text: string, at: number): string | undefined {
  form.lastIndex = at
  return form.exec(text)?.[0]
}

function tokenAt(text: string, from: number): Token {
  const number = matchAt(numberForm, text, from)
  if (number !== undefined) {
    return { kind: 'number', value: number, span: { from, to: from + number.length } }
  }
  const name = matchAt(nameForm, text, from)
  if (name !== undefined) {
    return { kind: 'name', value: name, span: { from, to: from + name.length } }
  }
  const at = matchAt(parameterForm, text, from)
  if (at !== undefined) return parameterAt(text, from)
  for (const length of [2, 1]) {
    const written = text.slice(from, from + length)
    const span = { from, to: from + written.length }
    const operator = operators.get(written)
    if (operator !== undefined) return { kind: 'operator', value: operator, span }
    const sign = signs.get(written)
    if (sign !== undefined) return { kind: sign, value: written, span }
  }
  return enclosed(text, from)
}

/** `@rate`, or `@[growth rate]` for a name of several words. */
function parameterAt(text: string, from: number): Token {
  const name = matchAt(nameForm, text, from + 1)
  if (name !== undefined) {
    return { kind: 'parameter', value: name, span: { from, to: from + 1 + name.length } }
  }
  const { value, span } = enclosed(text, from + 1)
  return { kind: 'parameter', value, span: { from, to: span.to } }
}

function enclosed(text: string, from: number): Token {
  const opening = text.charAt(from)
  const quote = quotes.get(opening)
  if (quote !== undefined) return closedBy(text, from, quote, 'text')
  const bracket = brackets.get(opening)
  if (bracket === undefined) {
    const found = String.fromCodePoint(text.codePointAt(from) ?? 0)
    throw fault('badCharacter', { from, to: from + found.length }, found)
  }
  const token = closedBy(text, from, bracket, 'field')
  if (token.value === '') throw fault('emptyField', token.span)
  return token
}

function closedBy(text: string, from: number, close: string, kind: 'text' | 'field'): Token {
  const pieces: string[] = []
  let at = from + 1
  for (;;) {
    const end = text.indexOf(close, at)
    if (end < 0) {
      const reason = kind === 'text' ? 'unclosedText' : 'unclosedField'
      throw fault(reason, { from, to: text.length }, close)
    }
    pieces.push(text.slice(at, end))
    const doubled = text.charAt(end + 1) === close
    if (!doubled) return { kind, value: pieces.join(close), span: { from, to: end + 1 } }
    at = end + 2
  }
}
