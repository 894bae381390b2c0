/** One reading statement of the user's: checked word by word, its parameters cut out to be bound. */
import { parseIsoDay } from '../../../../shared/data/calendar-day.ts'
import type { SqlParameter } from '../../../../shared/data/sql-words.ts'
import type { Expr } from '../nodes.ts'
import { call, integer, param } from '../nodes.ts'
import { SqlRefused } from './refused.ts'
import type { SqlKind, Token } from './tokens.ts'
import { tokensOf } from './tokens.ts'

/** The statement as text and values in turn. */
export type SqlPart = string | Expr

export interface UserStatement {
  readonly parts: readonly SqlPart[]
  /** Where each part begins in what was written. */
  readonly starts: readonly number[]
  readonly tokens: readonly Token[]
}

/** Throws SqlRefused. What an engine's own functions may do is for `refuse-calls.ts` and the engine. */
export function readStatement(
  text: string,
  parameters: readonly SqlParameter[],
  kind: SqlKind,
): UserStatement {
  const all = tokensOf(text, kind)
  const ended = all.at(-1)?.text === ';' && all.at(-1)?.kind === 'sign'
  const tokens = ended ? all.slice(0, -1) : all
  checkShape(tokens)
  const known = new Map(parameters.map((one) => [one.name, one]))
  const parts: SqlPart[] = []
  const starts: number[] = []
  let from = 0
  for (const token of tokens) {
    if (token.kind !== 'parameter') continue
    const parameter = known.get(token.text)
    if (!parameter) throw new SqlRefused('unknownParameter', token.from, token.text)
    parts.push(text.slice(from, token.from), valueOf(parameter))
    starts.push(from, token.from)
    from = token.to
  }
  parts.push(text.slice(from, Math.max(from, tokens.at(-1)?.to ?? from)))
  starts.push(from)
  return { parts, starts, tokens }
}

/** The place in what was written of a place in the statement an engine was given; undefined outside of it. */
export function placeWritten(
  { parts, starts }: UserStatement,
  given: string,
  offset: number,
  /** Where it begins in what was given. */
  from = 0,
): number | undefined {
  let at = from
  for (const [index, part] of parts.entries()) {
    if (typeof part !== 'string') continue
    const begins = given.indexOf(part, at)
    if (begins < 0 || offset < begins) return undefined
    at = begins + part.length
    if (offset <= at) return (starts[index] ?? 0) + offset - begins
  }
  return undefined
}

const opening: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const closing = new Set(Object.values(opening))

function checkShape(tokens: readonly Token[]): void {
  const first = tokens.find(({ text }) => text !== '(')
  if (first?.kind !== 'word' || !/^(select|with|values|from)$/i.test(first.text)) {
    throw new SqlRefused('notReading', first?.from ?? 0, first?.text)
  }
  const open: Token[] = []
  for (const token of tokens) {
    if (token.kind !== 'sign') continue
    if (token.text === ';') throw new SqlRefused('several', token.from, ';')
    if (token.text in opening) open.push(token)
    // What closes more than was opened would end the brackets put around it.
    else if (closing.has(token.text) && opening[open.pop()?.text ?? ''] !== token.text) {
      throw new SqlRefused('unclosed', token.from, token.text)
    }
  }
  const [left] = open
  if (left) throw new SqlRefused('unclosed', left.from, left.text)
}

const digits = /^[+-]?\d{1,30}(?:\.(\d{1,18}))?$/

function valueOf({ name, type, value }: SqlParameter): Expr {
  switch (type) {
    case 'text':
      return param(value)
    case 'number': {
      const number = digits.exec(value.trim())
      if (!number) throw badValue(name)
      return call('numberOf', param(value.trim()), integer(number[1]?.length ?? 0))
    }
    case 'date':
      if (value.length !== 10 || parseIsoDay(value) === undefined) throw badValue(name)
      return call('dayOf', param(value))
    case 'boolean':
      if (value !== 'true' && value !== 'false') throw badValue(name)
      return param(value === 'true')
  }
}

const badValue = (name: string): SqlRefused => new SqlRefused('badValue', undefined, name)
