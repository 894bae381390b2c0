import { FormulaFault } from './formula-error.ts'
import type { Token } from './lexer.ts'
import { tokensOf } from './lexer.ts'
import { writeField, writeParameter } from './scope.ts'
import type { Span } from './tree.ts'

/** A field or a parameter as a formula names it. */
export interface NamedPart {
  readonly kind: 'field' | 'parameter'
  readonly name: string
  readonly span: Span
}

/** What a text names, also where it has other mistakes; nothing where it cannot be cut into words. */
export function namesIn(text: string): NamedPart[] {
  return tokensIn(text).flatMap(({ kind, value, span }) =>
    kind === 'field' || kind === 'parameter' ? [{ kind, name: value, span }] : [],
  )
}

function tokensIn(text: string): readonly Token[] {
  try {
    return tokensOf(text)
  } catch (error) {
    if (error instanceof FormulaFault) return []
    throw error
  }
}

/** The text with names replaced; those `to` says nothing about stay as they are written. */
export function renameIn(text: string, to: (part: NamedPart) => string | undefined): string {
  let written = ''
  let at = 0
  for (const part of namesIn(text)) {
    const name = to(part)
    if (name === undefined || name === part.name) continue
    const replaced = part.kind === 'field' ? writeField(name) : writeParameter(name)
    written += text.slice(at, part.span.from) + replaced
    at = part.span.to
  }
  return written + text.slice(at)
}

/** The text with some names replaced by whole formulas, each in brackets. */
export function inlineIn(text: string, to: (part: NamedPart) => string | undefined): string {
  let written = ''
  let at = 0
  for (const part of namesIn(text)) {
    const formula = to(part)
    if (formula === undefined) continue
    written += `${text.slice(at, part.span.from)}(${formula.trim().replace(/^[=＝]/u, '')})`
    at = part.span.to
  }
  return written + text.slice(at)
}
