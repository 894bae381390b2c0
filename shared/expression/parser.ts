/** Text to tree, by binding powers. Precedence is Excel's, its unary minus before `^` included. */
import { functionNamed, functionOf, replacedNames } from './functions/catalogue.ts'
import { likelyFunction } from './functions/likely-function.ts'
import { argumentPlaces } from './functions/function-entry.ts'
import type { FunctionEntry } from './functions/function-entry.ts'
import { FormulaFault, formulaError } from './formula-error.ts'
import type { FormulaOutcome, FormulaReasons } from './formula-error.ts'
import type { Token } from './lexer.ts'
import { tokensOf } from './lexer.ts'
import { formulaLimits, maxScale } from './limits.ts'
import type { BinaryOperator, Span, Tree } from './tree.ts'
import { partsOf } from './tree.ts'

/** Words that may stand between or before operands, besides being functions. */
export const powers = { or: 1, and: 2, not: 3, negate: 9, percent: 10 } as const
export const operatorPowers: Readonly<Record<BinaryOperator, number>> = {
  '=': 4,
  '<>': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '&': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '^': 8,
}
const trueWords = new Set(['TRUE', '真'])
const falseWords = new Set(['FALSE', '假'])

/** The first thing wrong is the only error. A leading `=`, as in a cell, is allowed. */
export function parseFormula(text: string): FormulaOutcome<Tree> {
  try {
    return { ok: true, value: parsed(text) }
  } catch (error) {
    if (error instanceof FormulaFault) return { ok: false, errors: [error.error] }
    throw error
  }
}

function parsed(text: string): Tree {
  const whole = { from: 0, to: text.length }
  if (text.length > formulaLimits.length) throw fault('tooLong', whole, limit('length'))
  // Neither can be stored as text.
  const bad = /\0|\p{Surrogate}/u.exec(text)
  if (bad) throw fault('badCharacter', { from: bad.index, to: bad.index + 1 })
  const tokens = tokensOf(text)
  const first = tokens[0]
  const parser = new Parser(
    first?.kind === 'operator' && first.value === '=' ? tokens.slice(1) : tokens,
  )
  const tree = parser.whole()
  if (heightOf(tree) > formulaLimits.depth) throw fault('tooDeep', whole, limit('depth'))
  return tree
}

const limit = (name: keyof typeof formulaLimits) => ({ limit: formulaLimits[name] })

function fault(
  reason: FormulaReasons['expression/syntax'],
  span: Span,
  details: Readonly<Record<string, string | number>> = {},
  suggestion?: string,
): FormulaFault {
  return new FormulaFault(formulaError('expression/syntax', reason, span, details, suggestion))
}

function heightOf(tree: Tree): number {
  return 1 + partsOf(tree).reduce((most, part) => Math.max(most, heightOf(part)), 0)
}

type Infix =
  | { readonly kind: 'binary'; readonly op: BinaryOperator; readonly power: number }
  | { readonly kind: 'word'; readonly fn: 'and' | 'or'; readonly power: number }
  | { readonly kind: 'percent'; readonly power: number }

/** Parentheses leave nothing in the tree, yet each takes a step down here. */
const mostRecursion = 3 * formulaLimits.depth

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  #parts = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Tree {
    if (this.#next.kind === 'end') throw fault('empty', this.#next.span)
    const tree = this.#expression(0)
    const rest = this.#next
    if (rest.kind === 'close') throw fault('strayClose', rest.span)
    if (rest.kind !== 'end') throw fault('missingOperator', rest.span, { found: rest.value })
    return tree
  }

  get #next(): Token {
    const token = this.#tokens[Math.min(this.#at, this.#tokens.length - 1)]
    if (token === undefined) throw new Error('a formula has at least its end')
    return token
  }

  #take(): Token {
    const token = this.#next
    this.#at++
    return token
  }

  #expression(least: number): Tree {
    this.#depth++
    if (this.#depth > mostRecursion) throw fault('tooDeep', this.#next.span, limit('depth'))
    let left = this.#operand()
    for (;;) {
      const infix = infixOf(this.#next)
      if (infix === undefined || infix.power <= least) break
      left = this.#joined(left, infix)
    }
    this.#depth--
    return left
  }

  #joined(left: Tree, infix: Infix): Tree {
    const sign = this.#take()
    if (infix.kind === 'percent') {
      const span = { from: left.span.from, to: sign.span.to }
      return this.#made({ kind: 'percent', of: left, span })
    }
    const right = this.#expression(infix.power)
    const span = { from: left.span.from, to: right.span.to }
    return this.#made(
      infix.kind === 'word'
        ? { kind: 'call', fn: infix.fn, args: [left, right], span }
        : { kind: 'binary', op: infix.op, left, right, span },
    )
  }

  #made<T extends Tree>(tree: T): T {
    this.#parts++
    if (this.#parts > formulaLimits.parts) throw fault('tooManyParts', tree.span, limit('parts'))
    return tree
  }

  #operand(): Tree {
    const token = this.#take()
    switch (token.kind) {
      case 'number':
        return this.#made({ kind: 'number', digits: checkedDigits(token), span: token.span })
      case 'text':
        return this.#made({ kind: 'text', text: token.value, span: token.span })
      case 'field':
        return this.#made({ kind: 'field', name: token.value, span: token.span })
      case 'parameter':
        return this.#made({ kind: 'parameter', name: token.value, span: token.span })
      case 'name':
        return this.#named(token)
      case 'open':
        return this.#parenthesis(token)
      case 'operator':
        return this.#signed(token)
      case 'percent':
      case 'close':
      case 'separator':
      case 'end':
        throw fault('missingOperand', token.span, { found: token.value })
    }
  }

  #signed(token: Token): Tree {
    if (token.value === '+') return this.#expression(powers.negate - 1)
    if (token.value !== '-') throw fault('missingOperand', token.span, { found: token.value })
    const of = this.#expression(powers.negate - 1)
    return this.#made({ kind: 'negate', of, span: { from: token.span.from, to: of.span.to } })
  }

  #parenthesis(open: Token): Tree {
    const inner = this.#expression(0)
    this.#close(open)
    return inner
  }

  /** The closing parenthesis of one opened at `open`; its absence is marked there. */
  #close(open: Token): Token {
    const token = this.#take()
    if (token.kind === 'close') return token
    if (token.kind === 'end') {
      throw fault('missingClose', open.span, { at: token.span.from })
    }
    throw fault('missingOperator', token.span, { found: token.value })
  }

  #named(token: Token): Tree {
    const word = token.value.toUpperCase()
    const called = this.#next.kind === 'open'
    if (!called && (trueWords.has(word) || falseWords.has(word))) {
      return this.#made({ kind: 'boolean', value: trueWords.has(word), span: token.span })
    }
    const entry = functionNamed(token.value)
    if (!called && entry?.id === 'not') {
      const of = this.#expression(powers.not - 1)
      const span = { from: token.span.from, to: of.span.to }
      return this.#made({ kind: 'call', fn: 'not', args: [of], span })
    }
    if (!called) throw bareName(token, entry)
    if (entry === undefined) throw unknownFunction(token)
    return this.#call(token, entry)
  }

  #call(name: Token, entry: FunctionEntry): Tree {
    const open = this.#take()
    const args: Tree[] = []
    while (this.#next.kind !== 'close' || args.length > 0) {
      const { kind, span } = this.#next
      if (kind === 'separator' || kind === 'close') throw fault('missingArgument', span)
      if (kind === 'end') throw fault('missingClose', open.span, { at: span.from })
      args.push(this.#expression(0))
      if (this.#next.kind !== 'separator') break
      this.#take()
    }
    const close = this.#close(open)
    const span = { from: name.span.from, to: close.span.to }
    const called = functionOf(entry, args.length)
    checkCount(called, args, name, span)
    return this.#made({ kind: 'call', fn: called.id, args, span })
  }
}

function infixOf(token: Token): Infix | undefined {
  if (token.kind === 'percent') return { kind: 'percent', power: powers.percent }
  if (token.kind === 'operator') {
    return { kind: 'binary', op: token.value, power: operatorPowers[token.value] }
  }
  if (token.kind !== 'name') return undefined
  const id = functionNamed(token.value)?.id
  return id === 'and' || id === 'or' ? { kind: 'word', fn: id, power: powers[id] } : undefined
}

/** Without needless zeros, so that a number has one form; throws when no exact number holds it. */
function checkedDigits({ value, span }: Token): string {
  const [whole = '', fraction = ''] = value.split('.')
  const kept = [whole.replace(/^0+/, '') || '0', fraction.replace(/0+$/, '')] as const
  if (kept[0].length + kept[1].length > formulaLimits.digits || kept[1].length > maxScale) {
    throw fault('numberTooLong', span, { digits: formulaLimits.digits, scale: maxScale })
  }
  return kept[1] === '' ? kept[0] : kept.join('.')
}

function bareName(token: Token, entry: FunctionEntry | undefined): FormulaFault {
  const { value: name, span } = token
  const suggestion = entry === undefined ? `[${name}]` : `${name}()`
  return fault('bareName', span, { name }, suggestion)
}

function unknownFunction({ value: name, span }: Token): FormulaFault {
  const replaced = replacedNames.get(name.toUpperCase())
  if (replaced !== undefined) return fault(replaced.why, span, { name }, replaced.by)
  return fault('unknownFunction', span, { name }, likelyFunction(name))
}

function checkCount(entry: FunctionEntry, args: readonly Tree[], name: Token, span: Span): void {
  const places = argumentPlaces(entry, args.length)
  if (places === 'tooMany') throw fault('tooManyArguments', span, { name: name.value })
  if (places === 'tooFew') throw fault('tooFewArguments', span, { name: name.value })
}
