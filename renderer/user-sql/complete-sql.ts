/** What could be written at a place of a statement, and how its parts are colored. Pure. */
import type { Field } from '../../shared/data/field.ts'
import type { SqlKind, SqlPiece } from '../../shared/data/sql-pieces.ts'
import { sqlPieces } from '../../shared/data/sql-pieces.ts'
import type { SqlParameter } from '../../shared/data/sql-words.ts'
import { ranked } from '../ui/ranked.ts'

/** A table that can be named, and its columns. */
export interface SqlTable {
  readonly name: string
  /** Written before the name, where the server would not find it otherwise. */
  readonly schema?: string
  readonly fields: readonly Field[]
}

export type SqlSuggestion =
  | { readonly kind: 'table'; readonly name: string; readonly written: string }
  | {
      readonly kind: 'field'
      readonly name: string
      readonly written: string
      readonly field: Field
      readonly table: string
    }
  | {
      readonly kind: 'parameter'
      readonly name: string
      readonly written: string
      readonly type: SqlParameter['type']
    }

export interface SqlCompletion {
  /** What a suggestion takes the place of. */
  readonly from: number
  readonly to: number
  readonly suggestions: readonly SqlSuggestion[]
}

export interface SqlNames {
  readonly kind: SqlKind
  readonly tables: readonly SqlTable[]
  readonly parameters: readonly SqlParameter[]
}

const most = 40

/** Names that are also words of the language have to be quoted as well. */
export const quotedName = (name: string, kind?: SqlKind): string =>
  /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) &&
  !keywords.has(name.toLowerCase()) &&
  // It takes capitals outside quotes for small letters.
  !(kind === 'postgres' && name !== name.toLowerCase())
    ? name
    : `"${name.replaceAll('"', '""')}"`

/** Undefined within texts and comments and where nothing fits; `asked` lists everything also before the first letter. */
export function sqlCompletionAt(
  statement: string,
  caret: number,
  names: SqlNames,
  asked: boolean,
): SqlCompletion | undefined {
  const pieces = sqlPieces(statement, names.kind)
  const at = pieces.findIndex(({ from, to }) => from < caret && caret <= to)
  const piece = pieces[at]
  if (piece?.kind === 'comment' || piece?.kind === 'text') return undefined
  const closed = piece?.kind === 'name' && piece.to === caret && piece.fault === undefined
  const place = closed ? undefined : placeOf(statement, caret, piece)
  if (!place) return asked ? found(caret, caret, [...tablesLike('', names), ...fieldsLike('', names), ...parametersLike('', names)]) : undefined // prettier-ignore
  const { written, from, to, sign } = place
  if (sign === ':') return found(from, to, parametersLike(written, names))
  const dotted = tableBefore(pieces, sign === '.' ? at : at - 1, names)
  if (dotted) return found(from, to, fieldsLike(written, { ...names, tables: [dotted] }))
  const inSchema = schemaBefore(pieces, sign === '.' ? at : at - 1, names)
  if (inSchema) return found(from, to, tablesLike(written, inSchema))
  if (sign === '.') return undefined
  const suggestions = [
    ...fieldsLike(written, names),
    ...tablesLike(written, names),
    ...(piece?.kind === 'word' ? parametersLike(written, names) : []),
  ]
  // What is written out needs no list, which would only catch the next line's key.
  const isWhole = suggestions.some(({ name }) => name === written)
  return isWhole && !asked ? undefined : found(from, to, suggestions)
}

interface Place {
  readonly written: string
  readonly from: number
  readonly to: number
  readonly sign?: ':' | '.'
}

/** The name that is being written there. */
function placeOf(statement: string, caret: number, piece: SqlPiece | undefined): Place | undefined {
  if (!piece) return undefined
  const { from, to, kind, fault } = piece
  if (kind === 'word') return { written: statement.slice(from, caret), from, to }
  if (kind === 'parameter') {
    return { written: statement.slice(from + 1, caret), from, to, sign: ':' }
  }
  if (kind === 'name') {
    // A quote without an end runs on to that of the statement: the name is what stands before the caret.
    return { written: statement.slice(from + 1, caret), from, to: fault ? caret : to }
  }
  if (kind !== 'sign') return undefined
  if (piece.text === ':') return { written: '', from, to: caret, sign: ':' }
  return piece.text === '.' ? { written: '', from: caret, to: caret, sign: '.' } : undefined
}

/** The table named before the point at `dot`, by its name or by what the statement calls it. */
function tableBefore(
  pieces: readonly SqlPiece[],
  dot: number,
  { tables }: SqlNames,
): SqlTable | undefined {
  const before = pieces[dot - 1]
  if (pieces[dot]?.text !== '.' || !before || !isName(before)) return undefined
  const table = (name: string): SqlTable | undefined =>
    tables.find((one) => one.name.toLowerCase() === name.toLowerCase())
  const own = table(before.text)
  if (own) return own
  const words = pieces.filter(({ kind }) => kind !== 'space' && kind !== 'comment')
  for (const [index, piece] of words.entries()) {
    if (!isName(piece) || piece.text.toLowerCase() !== before.text.toLowerCase()) continue
    const last = words[index - 1]
    const named = last?.text.toLowerCase() === 'as' ? words[index - 2] : last
    const meant = named && isName(named) ? table(named.text) : undefined
    if (meant) return meant
  }
  return undefined
}

/** The tables of the schema named before the point at `dot`, whose names then need none. */
function schemaBefore(
  pieces: readonly SqlPiece[],
  dot: number,
  names: SqlNames,
): SqlNames | undefined {
  const before = pieces[dot - 1]
  if (pieces[dot]?.text !== '.' || !before || !isName(before)) return undefined
  const inside = names.tables.filter(({ schema }) => schema === before.text)
  const tables = inside.map(({ name, fields }) => ({ name, fields }))
  return tables.length === 0 ? undefined : { ...names, tables }
}

const isName = ({ kind }: SqlPiece): boolean => kind === 'word' || kind === 'name'

function found(
  from: number,
  to: number,
  suggestions: readonly SqlSuggestion[],
): SqlCompletion | undefined {
  return suggestions.length === 0
    ? undefined
    : { from, to, suggestions: suggestions.slice(0, most) }
}

const tablesLike = (written: string, { tables, kind }: SqlNames): SqlSuggestion[] =>
  ranked(tables, written, ({ name }) => [name]).map(({ name, schema }) => {
    const before = schema === undefined ? '' : `${quotedName(schema, kind)}.`
    return { kind: 'table', name, written: `${before}${quotedName(name, kind)}` }
  })

const fieldsLike = (written: string, { tables, kind }: SqlNames): SqlSuggestion[] =>
  ranked(
    tables.flatMap(({ name: table, fields }) => fields.map((field) => ({ table, field }))),
    written,
    ({ field }) => [field.name],
  ).map(({ table, field }) => ({
    ...{ kind: 'field', name: field.name, written: quotedName(field.name, kind), field, table },
  }))

const parametersLike = (written: string, { parameters }: SqlNames): SqlSuggestion[] =>
  ranked(parameters, written, ({ name }) => [name]).flatMap(({ name, type }) =>
    name === '' ? [] : [{ kind: 'parameter', name, written: `:${name}`, type }],
  )

export type SqlPaint = 'keyword' | 'text' | 'comment' | 'number' | 'parameter' | 'plain'

/** Words that mean the same to every engine asked. */
const keywords: ReadonlySet<string> = new Set(
  'all and any as asc between by case cast cross current date desc distinct else end escape except exists extract false filter first following for from full group having ilike in inner intersect interval into is join last lateral left like limit natural not null nulls offset on or order outer over partition preceding range right rollup row rows select set some table then timestamp true unbounded union unique using values when where window with within'.split(
    ' ',
  ),
)

/** The statement in parts that are colored alike, nothing left out. */
export function paintedSql(statement: string, kind: SqlKind): { text: string; paint: SqlPaint }[] {
  const parts: { text: string; paint: SqlPaint }[] = []
  for (const piece of sqlPieces(statement, kind)) {
    const text = statement.slice(piece.from, piece.to)
    const last = parts.at(-1)
    // A point between digits is part of their number.
    const inNumber =
      text === '.' && last?.paint === 'number' && /^\d/.test(statement.slice(piece.to))
    const paint = inNumber ? 'number' : paintOf(piece, text)
    if (last?.paint === paint) last.text += text
    else parts.push({ text, paint })
  }
  return parts
}

function paintOf({ kind }: SqlPiece, text: string): SqlPaint {
  if (kind === 'text' || kind === 'comment' || kind === 'parameter') return kind
  if (kind !== 'word') return 'plain'
  if (/^\d/.test(text)) return 'number'
  return keywords.has(text.toLowerCase()) ? 'keyword' : 'plain'
}
