/** The words of a statement a person writes, as one kind of engine reads them; for the engine that refuses and the page that colors. */
export type SqlKind = 'duckdb' | 'sqlite' | 'postgres' | 'clickhouse'

export interface SqlPiece {
  /** A `name` is quoted, a `parameter` is `:name`. */
  readonly kind: 'word' | 'name' | 'text' | 'sign' | 'parameter' | 'comment' | 'space'
  /** Words as written, names and texts without their quotes, parameters without the colon. */
  readonly text: string
  readonly from: number
  readonly to: number
  /** What keeps it from being understood; a piece without an end goes to that of the statement. */
  readonly fault?: SqlPieceFault
}

export interface SqlPieceFault {
  readonly reason: 'unclosed' | 'nestedComment' | 'sign'
  readonly at: number
  readonly near: string
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

const spaceForm = /\s+/y
const letters = /[\p{L}\p{N}_\u0080-\uffff]+/uy
/** ClickHouse has words of plain letters alone: a wide space or a sign without width ends one. */
const plainLetters = /[A-Za-z0-9_]+/y
const wordForms: Readonly<Record<SqlKind, RegExp>> = {
  ...{ duckdb: letters, sqlite: letters, postgres: letters, clickhouse: plainLetters },
}
const foreignLetters = /[^\x00-\x7f]+/y
const parameterForm = /:([\p{L}_][\p{L}\p{N}_]*)/uy

/** What stands for itself behind a backslash in a name. */
const plainEscapes = '\\"`\''

const faultAt = (reason: SqlPieceFault['reason'], at: number, near = ''): SqlPieceFault => ({
  ...{ reason, at, near },
})

/** Every sign of the text is in one piece. */
export function sqlPieces(text: string, kind: SqlKind): SqlPiece[] {
  const pieces: SqlPiece[] = []
  let at = 0
  while (at < text.length) {
    const piece = skipped(text, at, kind) ?? pieceAt(text, at, kind, pieces)
    pieces.push(piece)
    at = piece.to
  }
  return pieces
}

function pieceAt(text: string, from: number, kind: SqlKind, pieces: readonly SqlPiece[]): SqlPiece {
  const sign = text.charAt(from)
  const end = quotes[kind][sign]
  if (end !== undefined) return quoted(text, from, end, kind, pieces)
  const alone = { kind: 'sign', text: sign, from, to: from + 1 } as const
  if (foreign[kind].includes(sign)) return { ...alone, fault: faultAt('sign', from, sign) }
  if (sign === ':') {
    // A cast is two of them.
    if (text.charAt(from + 1) === ':') return { kind: 'sign', text: '::', from, to: from + 2 }
    const name = matched(parameterForm, text, from)
    if (name !== undefined) {
      return { kind: 'parameter', text: name.slice(1), from, to: from + name.length }
    }
  }
  const word = matched(wordForms[kind], text, from)
  if (word === undefined) {
    const odd = kind === 'clickhouse' ? matched(foreignLetters, text, from) : undefined
    if (odd === undefined) return alone
    return { ...alone, text: odd, to: from + odd.length, fault: faultAt('sign', from, odd) }
  }
  const hides = Array.from(word).some((one) => foreign[kind].includes(one))
  return {
    ...{ kind: 'word', text: word, from, to: from + word.length },
    ...(hides ? { fault: faultAt('sign', from, word) } : {}),
  }
}

function matched(form: RegExp, text: string, at: number): string | undefined {
  form.lastIndex = at
  return form.exec(text)?.[0]
}

/** White space, or a comment. */
function skipped(text: string, from: number, kind: SqlKind): SqlPiece | undefined {
  const space = matched(spaceForm, text, from)
  if (space !== undefined) return { kind: 'space', text: space, from, to: from + space.length }
  const comment = (to: number, fault?: SqlPieceFault): SqlPiece => ({
    ...{ kind: 'comment', text: text.slice(from, to), from, to },
    ...(fault ? { fault } : {}),
  })
  const two = text.slice(from, from + 2)
  const hash = kind === 'clickhouse' && /^#[ !]/.test(two)
  if (two === '--' || hash) {
    const found = text.indexOf('\n', from)
    const end = found < 0 ? text.length : found
    // Some engines end a line at a carriage return alone, others go on.
    const bare = /\r(?!\n)/.exec(text.slice(from, end + 1))
    const to = Math.min(end + 1, text.length)
    return comment(to, bare ? faultAt('sign', from + bare.index) : undefined)
  }
  if (two !== '/*') return undefined
  const end = text.indexOf('*/', from + 2)
  if (end < 0) return comment(text.length, faultAt('unclosed', from, '/*'))
  // Some engines end an inner comment first, others the outer one.
  const nested = text.slice(from + 2, end).includes('/*')
  return comment(end + 2, nested ? faultAt('nestedComment', from) : undefined)
}

function quoted(
  text: string,
  from: number,
  close: string,
  kind: SqlKind,
  pieces: readonly SqlPiece[],
): SqlPiece {
  const before = pieces.at(-1)
  const prefix = before?.kind === 'word' ? before.text.toLowerCase() : ''
  // A backslash is a sign of its own in plain quotes only.
  const escapes = kind === 'clickhouse' || (prefix === 'e' && close === "'" && kind !== 'sqlite')
  // A text goes on in the next line under the rules it began with.
  const last = pieces.findLast((one) => one.kind !== 'space' && one.kind !== 'comment')
  const begun = close === "'" && last?.kind === 'text' ? text.charAt(last.from - 1) : ''
  const goesOn = begun.toLowerCase() === 'e' && kind !== 'sqlite'
  // Names and texts by the numbers of their letters: they would hide what is called.
  const hides = text.slice(Math.max(0, from - 2), from).toLowerCase() === 'u&' && kind !== 'sqlite'
  const fault = hides
    ? { fault: faultAt('sign', from - 2, 'U&') }
    : goesOn
      ? { fault: faultAt('sign', from, close) }
      : {}
  const piece = close === "'" ? 'text' : 'name'
  let inside = ''
  let spelt = -1
  for (let at = from + 1; at < text.length; at++) {
    const sign = text.charAt(at)
    if (sign === '\\' && escapes) {
      const escaped = text.charAt(++at)
      if (piece === 'name' && !plainEscapes.includes(escaped)) spelt = at - 1
      inside += escaped
      continue
    }
    if (sign === close) {
      // Brackets know no doubling.
      if (close === ']' || text.charAt(at + 1) !== close) {
        // As above: a letter by its number.
        const hidden =
          spelt < 0 ? fault : { fault: faultAt('sign', spelt, text.slice(spelt, spelt + 2)) }
        return { ...{ kind: piece, text: inside, from, to: at + 1 }, ...hidden }
      }
      at++
    }
    inside += sign
  }
  const open = faultAt('unclosed', from, text.charAt(from))
  return { ...{ kind: piece, text: inside, from, to: text.length, fault: open }, ...fault }
}
