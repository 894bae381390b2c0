/**
 * Stands in front of the driver: one question, nothing that reaches outside the tables. A prepared statement that "returns
 * rows and only reads" would still load libraries, read settings and explain itself.
 */

interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'sign'
  readonly text: string
}

/** Statements and clauses that are no question; columns of these names are quoted and pass. */
const refusedWords = new Set([
  'attach', 'detach', 'pragma', 'explain', 'vacuum', 'reindex', 'analyze', 'insert', 'update', 'delete',
  'create', 'drop', 'alter', 'returning', 'begin', 'commit', 'rollback', 'savepoint', 'release',
]) // prettier-ignore

/** Functions that run code, reach files or make memory out of nothing. */
const refusedFunctions = new Set([
  'load_extension', 'readfile', 'writefile', 'edit', 'fsdir', 'lsdir', 'zipfile', 'sqlar_uncompress',
  'fts3_tokenizer', 'fts5', 'randomblob', 'zeroblob', 'icu_load_collation', 'dbstat', 'shell_add_schema',
  'bytecode', 'tables_used', 'completion', 'csv', 'vsv', 'eval', 'generate_series',
]) // prettier-ignore

/** Tables SQLite makes up: settings, its own schema, its pages. */
const refusedTables = /^(pragma_|sqlite_)/

/** Names what reaches outside the tables. */
export class NotAllowed extends Error {
  readonly near: string
  constructor(near: string) {
    super(`not allowed in a question: ${near}`)
    this.near = near
  }
}

/** The statement as it came; throws when it is anything but one SELECT or WITH over tables. */
export function readingOnly(text: string): string {
  const tokens = [...tokensOf(text)]
  const last = tokens.at(-1)
  const body = last?.kind === 'sign' && last.text === ';' ? tokens.slice(0, -1) : tokens
  const [first] = body
  if (first?.kind !== 'word' || !/^(select|with)$/.test(first.text)) {
    throw new Error('only SELECT is allowed')
  }
  body.forEach((token, index) => refuse(token, body[index - 1], body[index - 2], body[index + 1]))
  return text
}

function refuse(
  token: Token,
  before: Token | undefined,
  beforeThat: Token | undefined,
  after: Token | undefined,
): void {
  if (token.kind === 'sign') {
    if (token.text === ';') throw new Error('only one statement is allowed')
    return
  }
  if (token.kind === 'word' && refusedWords.has(token.text)) throw refused(token)
  if (isSign(after, '(') && refusedFunctions.has(token.text)) throw refused(token)
  // A column's name follows its table's; a made-up table follows nothing or its schema.
  const ofTable = isSign(before, '.') && !/^(main|temp)$/.test(beforeThat?.text ?? '')
  if (!ofTable && !isAlias(before) && isMadeUp(token)) throw refused(token)
}

const isMadeUp = ({ text }: Token): boolean =>
  refusedTables.test(text) || text === 'dbstat' || text === 'completion'

const isAlias = (before: Token | undefined): boolean =>
  before?.kind === 'word' && before.text === 'as'

const isSign = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'sign' && token.text === text

const refused = ({ text }: Token): Error => new NotAllowed(text.slice(0, 60))

const closing: Readonly<Record<string, string>> = { "'": "'", '"': '"', '`': '`', '[': ']' }
const wordForm = /[\p{L}\p{N}_$\u0080-\uffff]+/uy

function* tokensOf(text: string): Generator<Token> {
  let at = 0
  while (at < text.length) {
    const sign = text.charAt(at)
    const next = skipped(text, at)
    if (next > at) {
      at = next
      continue
    }
    const end = closing[sign]
    if (end !== undefined) {
      const stop = quoteEnd(text, at, end)
      yield { kind: sign === "'" ? 'text' : 'name', text: folded(text.slice(at + 1, stop - 1)) }
      at = stop
      continue
    }
    wordForm.lastIndex = at
    const word = wordForm.exec(text)?.[0]
    yield word === undefined ? { kind: 'sign', text: sign } : { kind: 'word', text: folded(word) }
    at += word?.length ?? 1
  }
}

/** SQLite ignores case in ASCII letters only, and a doubled quote is one. */
const folded = (text: string): string =>
  text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()).replaceAll(/(["'`])\1/g, '$1')

/** Past white space and comments. */
function skipped(text: string, at: number): number {
  if (/\s/.test(text.charAt(at))) return at + 1
  const two = text.slice(at, at + 2)
  if (two !== '--' && two !== '/*') return at
  const end = text.indexOf(two === '--' ? '\n' : '*/', at + 2)
  if (end < 0) throw new Error('a comment does not end')
  return end + (two === '--' ? 1 : 2)
}

function quoteEnd(text: string, from: number, close: string): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text.charAt(at) === '\0') break
    if (text.charAt(at) !== close) continue
    // Brackets know no doubling.
    if (close !== ']' && text.charAt(at + 1) === close) at++
    else return at + 1
  }
  throw new Error('a quote does not end')
}
