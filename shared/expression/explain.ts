/** A formula in words, for people who did not write it. */
import type { Text } from '../text/messages.ts'
import { isMessageKey } from '../text/messages.ts'
import { writeText } from './print.ts'
import type { BinaryOperator, Tree } from './tree.ts'

type Call = Extract<Tree, { kind: 'call' }>

export function explainFormula(tree: Tree, text: Text): string {
  switch (tree.kind) {
    case 'number':
      return tree.digits
    case 'text':
      return tree.text === '' ? text('formula.says.blank') : writeText(tree.text)
    case 'boolean':
      return text(tree.value ? 'formula.says.true' : 'formula.says.false')
    case 'field':
      return text('formula.says.field', { a: tree.name })
    case 'parameter':
      return text('formula.says.parameter', { a: tree.name })
    case 'negate':
      return text('formula.says.negate', { a: part(tree.of, text) })
    case 'percent':
      return text('formula.says.percent', { a: part(tree.of, text) })
    case 'binary':
      return text(binaryKeys[tree.op], { a: part(tree.left, text), b: part(tree.right, text) })
    case 'call':
      return explainCall(tree, text)
  }
}

const binaryKeys = {
  '=': 'formula.says.equal',
  '<>': 'formula.says.unequal',
  '<': 'formula.says.less',
  '<=': 'formula.says.atMost',
  '>': 'formula.says.more',
  '>=': 'formula.says.atLeast',
  '&': 'formula.says.join',
  '+': 'formula.says.add',
  '-': 'formula.says.subtract',
  '*': 'formula.says.multiply',
  '/': 'formula.says.divide',
  '^': 'formula.says.raise',
} as const satisfies Record<BinaryOperator, string>

/** What has parts of its own is bracketed, so that a sentence reads one way. */
function part(tree: Tree, text: Text): string {
  const said = explainFormula(tree, text)
  const whole = ['number', 'text', 'boolean', 'field', 'parameter'].includes(tree.kind)
  return whole ? said : text('formula.says.part', { a: said })
}

type PairKey = 'formula.says.comma' | 'formula.says.both' | 'formula.says.either'

const listed: Partial<Readonly<Record<Call['fn'], PairKey>>> = {
  and: 'formula.says.both',
  or: 'formula.says.either',
}

function explainCall({ fn, args }: Call, text: Text): string {
  const said = args.map((arg) => part(arg, text))
  const [a = '', b = '', c = '', d = ''] = said
  const pair = listed[fn] ?? 'formula.says.comma'
  const join = (parts: readonly string[]): string =>
    parts.length === 0 ? '' : parts.reduce((left, right) => text(pair, { a: left, b: right }))
  const rest = said.slice(1)
  const conditions = bothOf(fn === 'countIfs' ? said : rest, text)
  const values = { a, b, c, d, list: join(said), rest: join(rest), conditions }
  if (fn === 'ifs') return cases(said, 'formula.says.ifs', a, text)
  if (fn === 'switch') return cases(said.slice(1), 'formula.says.switch', a, text)
  for (const key of [`formula.says.${fn}.${args.length}`, `formula.says.${fn}`]) {
    if (isMessageKey(key)) return text(key, values)
  }
  throw new Error(`no words for ${fn}`)
}

const bothOf = (parts: readonly string[], text: Text): string =>
  parts.length === 0
    ? ''
    : parts.reduce((left, right) => text('formula.says.both', { a: left, b: right }))

/** Pairs of a condition or option and its result, and what is left at the end. */
function cases(
  said: readonly string[],
  key: 'formula.says.ifs' | 'formula.says.switch',
  a: string,
  text: Text,
): string {
  const otherwise = said.length % 2 === 1 ? said.at(-1) : undefined
  const pairs = Array.from({ length: Math.floor(said.length / 2) }, (_, index) =>
    text(key, { a, b: said[2 * index] ?? '', c: said[2 * index + 1] ?? '' }),
  )
  const last = otherwise === undefined ? [] : [text('formula.says.otherwise', { a: otherwise })]
  return [...pairs, ...last].reduce((left, right) =>
    text('formula.says.semicolon', { a: left, b: right }),
  )
}
