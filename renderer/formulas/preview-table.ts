/** An answer as the few lines a preview has room for. Pure. */
import type { NumberStyle } from '../../shared/data/number-format.ts'
import type { Member } from '../../shared/data/cell-value.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import { memberCaption, pillCaption } from '../../shared/report/captions.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import type { Language } from '../../shared/text/language.ts'
import type { Text } from '../../shared/text/messages.ts'
import { cellText } from '../ui/cell-text.ts'

export interface PreviewLine {
  readonly key: string
  readonly level: 'leaf' | 'subtotal' | 'total'
  readonly caption: string
  readonly values: readonly string[]
}

export interface PreviewTable {
  /** One for each column of the answer that is shown; a single empty one where nothing stands across. */
  readonly heads: readonly string[]
  readonly lines: readonly PreviewLine[]
  /** Lines there are, shown or not. */
  readonly count: number
}

const mostColumns = 4
const mostLines = 24

export interface PreviewLook {
  readonly use: FieldUse
  readonly format: NumberStyle
  readonly text: Text
  readonly language: Language
}

export function previewTable(
  result: QueryResult,
  measure: string,
  { use, format, text, language }: PreviewLook,
): PreviewTable {
  const { rows, columns } = result
  const at = result.measures.findIndex(({ name }) => name === measure)
  const across = columns.paths.length
  const shownColumns = ends(columns.paths, mostColumns)
  const shownLines = ends(rows.paths, mostLines)
  const look = { caption: pillCaption(use, text), format }
  const total = text('calculated.preview.total')
  const caption = (path: readonly Member[]): string =>
    path.length === 0 ? total : path.map((member) => memberCaption(member, text)).join(' / ')
  return {
    heads: shownColumns.map(({ path }) => (columns.fields.length === 0 ? '' : caption(path))),
    lines: shownLines.map(({ path, index }) => ({
      key: JSON.stringify(path),
      level: levelOf(path.length, rows.fields.length),
      caption: rows.fields.length === 0 ? total : caption(path),
      values: shownColumns.map((column) =>
        cellText(result, look, at, index * across + column.index, language),
      ),
    })),
    count: rows.paths.length,
  }
}

function levelOf(length: number, fields: number): PreviewLine['level'] {
  if (length === 0) return 'total'
  return length === fields ? 'leaf' : 'subtotal'
}

/** The first ones and the last: a grand total stands there. */
function ends<T>(
  paths: readonly T[],
  most: number,
): { readonly path: T; readonly index: number }[] {
  const all = paths.map((path, index) => ({ path, index }))
  return all.length <= most ? all : [...all.slice(0, most - 1), ...all.slice(-1)]
}
