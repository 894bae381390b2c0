/** The words of a statement a person wrote, as one kind of engine reads them; what reads otherwise elsewhere is refused. */
import { SqlRefused } from './refused.ts'

export type SqlKind = 'duckdb' | 'sqlite' | 'postgres' | 'clickhouse'

export interface Token {
  /** A `name` is quoted, a `parameter` is `:name`. */
  readonly kind: 'word' | 'name' | 'text' | 'sign' | 'parameter'
  /** Words as written, names and texts without their quotes, parameters without the colon. */
  readonly text: string
  readonly from: number
  readonly to: number
}

const quotes: Readonly<Record<SqlKind, Readonly<Record<string, string>>>> = {
  duckdb: { "'": "'", '"': '"' },
  postgres: { "'": "'", '"': '"' },
  sqlite: { "'": "'", '"': '"', '`': '`', '[': ']' },
  clickhouse: { "'": "'", '"': '"', '`': '`' },
}

/** Quotes of dollars and of typographers, and the engine's own marks of parameters, which are not the user's to give. */
const foreign: Readonly<Record<SqlKind, string>> = {
  ...{ duckdb: '$?', postgres: '$?', sqlite: '$?@', clickhouse: '${}‘’“”' },
}

const wordForm = /[\p{L}\p{N}_\u0080-\uffff]+/uy
const parameterForm = /:([\p{L}_][\p{L}\p{N}_]*)/uy

export function tokensOf(text: string, kind: SqlKind): Token[] {
  const nul = text.indexOf('\u0000')
  if (nul >= 0) throw new SqlRefused('sign', nul)
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const next = skipped(text, at, kind)
    if (next > at) {
      at = next
      continue
    }
    const token = tokenAt(text, at, kind, tokens.at(-1))
    tokens.push(token)
    at = token.to
  }
  return tokens
}

function tokenAt(text: string, from: number, kind: SqlKind, before: Token | undefined): Token {
  const sign = text.charAt(from)
  const end = quotes[kind][sign]
  if (end !== undefined) return quoted(text, from, end, kind, before)
  if (foreign[kind].includes(sign)) throw new SqlRefused('sign', from, sign)
  if (sign === ':') {
    // A cast is two of them.
    if (text.charAt(from + 1) === ':') return { kind: 'sign', text: '::', from, to: from + 2 }
    const name = matched(parameterForm, text, from)
    if (name !== undefined) {
      return { kind: 'parameter', text: name.slice(1), from, to: from + name.length }
    }
  }
  const word = matched(wordForm, text, from)
  if (word === undefined) return { kind: 'sign', text: sign, from, to: from + 1 }
  if (Array.from(word).some((one) => foreign[kind].includes(one)))
    throw new SqlRefused('sign', from, word)
  return { kind: 'word', text: word, from, to: from + word.length }
}

function matched(form: RegExp, text: string, at: number): string | undefined {
  form.lastIndex = at
  return form.exec(text)?.[0]
}

/** Past white space and comments. */
function skipped(text: string, at: number, kind: SqlKind): number {
  if (/\s/.test(text.charAt(at))) return at + 1
  const two = text.slice(at, at + 2)
  const hash = kind === 'clickhouse' && /^#[ !]/.test(two)
  if (two === '--' || hash) {
    const found = text.indexOf('\n', at)
    const end = found < 0 ? text.length : found
    // Some engines end a line at a carriage return alone, others go on.
    const bare = /\r(?!\n)/.exec(text.slice(at, end + 1))
    if (bare) throw new SqlRefused('sign', at + bare.index)
    return Math.min(end + 1, text.length)
  }
  if (two !== '/*') return at
  const end = text.indexOf('*/', at + 2)
  if (end < 0) throw new SqlRefused('unclosed', at, '/*')
  // Some engines end an inner comment first, others the outer one.
  if (text.slice(at + 2, end).includes('/*')) throw new SqlRefused('nestedComment', at)
  return end + 2
}

function quoted(
  text: string,
  from: number,
  close: string,
  kind: SqlKind,
  before: Token | undefined,
): Token {
  const prefix = before?.kind === 'word' && before.to === from ? before.text.toLowerCase() : ''
  // A backslash is a sign of its own in plain quotes only.
  const escapes = kind === 'clickhouse' || (prefix === 'e' && close === "'" && kind !== 'sqlite')
  // A text goes on in the next line under the rules it began with.
  const goesOn = close === "'" && before?.kind === 'text' && /e/i.test(text.charAt(before.from - 1))
  if (goesOn && kind !== 'sqlite') throw new SqlRefused('sign', from, close)
  // Names and texts by the numbers of their letters: they would hide what is called.
  const hides = text.slice(Math.max(0, from - 2), from).toLowerCase() === 'u&'
  if (hides && kind !== 'sqlite') throw new SqlRefused('sign', from - 2, 'U&')
  let inside = ''
  for (let at = from + 1; at < text.length; at++) {
    const sign = text.charAt(at)
    if (sign === '\\' && escapes) {
      inside += text.charAt(++at)
      continue
    }
    if (sign === close) {
      // Brackets know no doubling.
      if (close === ']' || text.charAt(at + 1) !== close) {
        return { kind: close === "'" ? 'text' : 'name', text: inside, from, to: at + 1 }
      }
      at++
    }
    inside += sign
  }
  throw new SqlRefused('unclosed', from, text.charAt(from))
}
