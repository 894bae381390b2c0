/** Finds the row of column names and makes the names usable. */
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import type { TextPool } from '../text-pool.ts'
import { cellText } from './cell-text.ts'
import { columnsWhere, kindAt } from './chunk-parts.ts'
import { holdsValues, isLineOfData, isLoneYear, isPeriods, isSizes } from './number-heads.ts'
import { readNumber, unitIn } from './number-text.ts'

const searchedRows = 30
/** Where nothing but lines of text stand above. */
const searchedNotes = 500
const noteColumns = 2
const maxNameLength = 200

/** Rows of the first chunk that hold the column names, both included. */
export interface HeaderSpan {
  readonly first: number
  readonly last: number
}

/**
 * The row with a cell in most used columns, mostly text, and data below, with the rows of group heads above or below it.
 * Undefined when no row looks like one (numbers from the first row on): then columns are numbered.
 */
export function findHeader(chunk: ColumnChunk, pool: TextPool): HeaderSpan | undefined {
  const main = mainRow(chunk, pool)
  if (main === undefined) return undefined
  let first = main
  while (first > 0 && isGroupRow(chunk, first - 1, first)) first--
  let last = main
  const until = Math.min(chunk.rows - 1, Math.max(searchedRows, main + searchedRows))
  while (
    last + 1 < until &&
    (isDetailRow(chunk, last, last + 1) || isUnderRepeated(chunk, last, last + 1, pool))
  ) {
    last++
  }
  const units = last + 1 < until && isUnitRow(chunk, last + 1, pool)
  if (units && follows(chunk, last, last + 1)) last++
  return { first, last }
}

/** The header said by number: `row` is 1-based in the source, 0 says there is none. */
export function headerAt(chunk: ColumnChunk, row: number, rows: number): HeaderSpan | undefined {
  if (row === 0) return undefined
  const first = chunk.sourceRows.subarray(0, chunk.rows).findIndex((at) => at >= row)
  if (first < 0) return undefined
  let last = first
  const end = row + rows - 1
  while (last + 1 < chunk.rows && (chunk.sourceRows[last + 1] ?? 0) <= end) last++
  return { first, last }
}

function mainRow(chunk: ColumnChunk, pool: TextPool): number | undefined {
  const countsOf = (rows: number): Count[] =>
    Array.from({ length: Math.min(chunk.rows, rows) }, (_, row) => countRow(chunk, row))
  const near = countsOf(searchedRows)
  if (widestOf(near) > noteColumns) return nameRow(chunk, pool, near)
  const far = countsOf(searchedNotes)
  const below = widestOf(far) > widestOf(near) ? nameRow(chunk, pool, far) : undefined
  return below !== undefined && standsUnderNotes(far, below) ? below : nameRow(chunk, pool, near)
}

/** Above it stand texts alone, in fewer columns than nearly all rows below it fill. */
function standsUnderNotes(counts: readonly Count[], row: number): boolean {
  const above = counts.slice(0, row)
  const below = counts.slice(row + 1, row + 1 + searchedRows)
  const wider = below.filter(({ filled }) => filled > widestOf(above))
  return (
    below.length > 0 &&
    above.every(({ filled, texts }) => filled === texts) &&
    wider.length >= below.length * 0.8
  )
}

const widestOf = (counts: readonly Count[]): number =>
  counts.reduce((most, count) => Math.max(most, count.filled), 0)

function nameRow(chunk: ColumnChunk, pool: TextPool, counts: readonly Count[]): number | undefined {
  const widest = widestOf(counts)
  for (const [row, count] of counts.entries()) {
    const below = chunk.rows > row + 1 || chunk.rows === 1
    const wideEnough = count.filled >= Math.max(1, Math.ceil(widest * 0.6))
    const names = isNames(chunk, row, count) && !isLineOfData(chunk, row)
    if (below && wideEnough && names) {
      if (count.filled < widest && isFacts(chunk, row, pool) && laterNames(chunk, row, counts)) continue // prettier-ignore
      return row
    }
    // A full row of data before any header: there is none.
    if (count.filled === widest && (count.texts < count.filled * 0.5 || !names)) return undefined
  }
  return undefined
}

const isNames = (chunk: ColumnChunk, row: number, { filled, texts }: Count): boolean =>
  texts >= filled * 0.6 || isPeriods(chunk, row) || isSizes(chunk, row) || isLoneYear(chunk, row)

/** A line of facts about the table, such as 导出时间：…: each text says a name and its value, or blank rows follow. */
function isFacts(chunk: ColumnChunk, row: number, pool: TextPool): boolean {
  if (!follows(chunk, row, row + 1)) return true
  return columnsWhere(chunk, (column) => kindAt(chunk, column, row) === cellKind.text).every(
    (column) => /.[:：]/.test(pool.textAt(chunk.values[column]?.[row] ?? 0)),
  )
}

/** Names that fill more columns stand further down. */
function laterNames(chunk: ColumnChunk, row: number, counts: readonly Count[]): boolean {
  const own = counts[row]?.filled ?? 0
  return counts.some(
    (count, later) =>
      later > row && later + 1 < chunk.rows && count.filled > own && isNames(chunk, later, count),
  )
}

const follows = (chunk: ColumnChunk, upper: number, lower: number): boolean =>
  (chunk.sourceRows[lower] ?? 0) - (chunk.sourceRows[upper] ?? 0) === 1

/** A row of group heads over the names: texts with gaps, and names below the gaps. A lone text is a title. */
function isGroupRow(chunk: ColumnChunk, upper: number, lower: number): boolean {
  const { filled, texts } = countRow(chunk, upper)
  if (filled < 2 || texts < filled || !follows(chunk, upper, lower)) return false
  return columnsWhere(
    chunk,
    (column) =>
      kindAt(chunk, column, upper) === cellKind.blank &&
      kindAt(chunk, column, lower) !== cellKind.blank,
  ).some((column) => column > 0 && groupOver(chunk, upper, column) !== undefined)
}

/**
 * Names under the groups of `upper`: texts alone, one of them under a gap, where the rows further down hold numbers or
 * dates. A row of data that is all text has no such contrast.
 */
function isDetailRow(chunk: ColumnChunk, upper: number, lower: number): boolean {
  const { filled, texts } = countRow(chunk, lower)
  if (filled === 0 || texts < filled || !follows(chunk, upper, lower)) return false
  const named = columnsWhere(chunk, (column) => kindAt(chunk, column, lower) !== cellKind.blank)
  const underGap = named.some((column) => kindAt(chunk, column, upper) === cellKind.blank)
  const underGroup = named.some((column) => kindAt(chunk, column, upper) !== cellKind.blank)
  return underGap && underGroup && named.some((column) => holdsValues(chunk, column, lower + 1))
}

/**
 * Names under groups that are written again over each column instead of merged: different ones under the same group, texts
 * alone, where the rows further down hold numbers or dates.
 */
function isUnderRepeated(
  chunk: ColumnChunk,
  upper: number,
  lower: number,
  pool: TextPool,
): boolean {
  const texts = [upper, lower].every((row) => {
    const count = countRow(chunk, row)
    return count.filled > 1 && count.texts === count.filled
  })
  if (!texts || !follows(chunk, upper, lower)) return false
  const repeated = columnsWhere(chunk, (column) => {
    const group = textAt(chunk, column, upper, pool)
    return group !== '' && group === textAt(chunk, column - 1, upper, pool)
  })
  const isNamed = (column: number): boolean => {
    const name = textAt(chunk, column, lower, pool)
    const before = textAt(chunk, column - 1, lower, pool)
    return name !== '' && before !== '' && name !== before && readNumber(name) === undefined
  }
  const holds = (column: number): boolean => holdsValues(chunk, column, lower + 1)
  return repeated.some((column) => holds(column) || holds(column - 1)) && repeated.every(isNamed)
}

const textAt = (chunk: ColumnChunk, column: number, row: number, pool: TextPool): string =>
  kindAt(chunk, column, row) === cellKind.text
    ? pool.textAt(chunk.values[column]?.[row] ?? 0).trim()
    : ''

/** Units such as 元 and % below the names of columns of numbers, and nothing else. */
function isUnitRow(chunk: ColumnChunk, row: number, pool: TextPool): boolean {
  const filled = columnsWhere(chunk, (column) => kindAt(chunk, column, row) !== cellKind.blank)
  const isUnit = (column: number): boolean => unitIn(textAt(chunk, column, row, pool)) !== undefined
  return (
    row > 0 &&
    filled.length > 0 &&
    filled.every(isUnit) &&
    filled.some((column) => holdsValues(chunk, column, row + 1))
  )
}

interface Count {
  readonly filled: number
  readonly texts: number
}

function countRow(chunk: ColumnChunk, row: number): Count {
  let filled = 0
  let texts = 0
  for (const kinds of chunk.kinds) {
    const kind = kinds[row] ?? 0
    if (kind !== cellKind.blank) filled++
    if (kind === cellKind.text) texts++
  }
  return { filled, texts }
}

/** The column whose head at `row` reaches over `column`: the nearest filled one to its left. */
function groupOver(chunk: ColumnChunk, row: number, column: number): number | undefined {
  for (let left = column; left >= 0; left--) {
    if (kindAt(chunk, left, row) !== cellKind.blank) return left
  }
  return undefined
}

export interface ColumnNames {
  readonly names: readonly string[]
  readonly warnings: readonly DatasetWarning[]
}

export function readNames(
  chunk: ColumnChunk,
  header: HeaderSpan | undefined,
  pool: TextPool,
  known: readonly string[] = [],
): ColumnNames {
  const raw = chunk.kinds.map((_, column) => (header ? nameOf(chunk, header, column, pool) : ''))
  const none = raw.every((name) => name.trim() === '')
  const chinese = none ? holdsChinese(chunk, pool) : raw.some(isChinese)
  return usableNames(raw, known, chinese)
}

function holdsChinese(chunk: ColumnChunk, pool: TextPool): boolean {
  const until = Math.min(chunk.rows, searchedRows)
  const hasChinese = (column: number, row: number): boolean =>
    isChinese(textAt(chunk, column, row, pool))
  return [...chunk.kinds.keys()].some((column) =>
    Array.from({ length: until }, (_, row) => row).some((row) => hasChinese(column, row)),
  )
}

/** `2024年 销售额`: the heads above a name, then the name; a head reaches right as long as names stand below its gap. */
function nameOf(chunk: ColumnChunk, header: HeaderSpan, column: number, pool: TextPool): string {
  const { first, last } = header
  if (last > first && isUnitRow(chunk, last, pool)) {
    const name = nameOf(chunk, { first, last: last - 1 }, column, pool).trim()
    return withUnit(name, unitIn(textAt(chunk, column, last, pool)) ?? '')
  }
  const parts: string[] = []
  for (let row = first; row <= last; row++) {
    const at = row === last ? column : headFor(chunk, header, row, column)
    const text = at === undefined ? null : cellText(kindAt(chunk, at, row), chunk.values[at]?.[row] ?? 0, pool) // prettier-ignore
    if (text !== null && text.trim() !== parts.at(-1)?.trim()) parts.push(text)
  }
  return parts.join(' ')
}

/** `销售额（元）`, `Sales (kg)`; a name that says its unit stays as it is. */
function withUnit(name: string, unit: string): string {
  if (name === '' || unit === '' || name.includes(unit)) return name
  return isChinese(name) ? `${name}（${unit}）` : `${name} (${unit})`
}

function headFor(
  chunk: ColumnChunk,
  header: HeaderSpan,
  row: number,
  column: number,
): number | undefined {
  if (kindAt(chunk, column, row) !== cellKind.blank) return column
  const hasBelow = (one: number): boolean => {
    for (let below = row + 1; below <= header.last; below++) {
      if (kindAt(chunk, one, below) !== cellKind.blank) return true
    }
    return false
  }
  const head = hasBelow(column) ? groupOver(chunk, row, column) : undefined
  return head !== undefined && hasBelow(head) ? head : undefined
}

/**
 * Blanks are numbered as they were before, else in the language of the others (`Column 3`, `列3`), repeats counted
 * (`Amount 2`); names compare without case. `chinese` says the language where all are blank.
 */
export function usableNames(
  raw: readonly string[],
  known: readonly string[] = [],
  chinese = raw.some(isChinese),
): ColumnNames {
  const warnings: DatasetWarning[] = []
  const taken = new Set<string>()
  const before = new Set(known)
  const names = raw.map((text, index) => {
    const given = text.replaceAll(/\s+/g, ' ').trim().slice(0, maxNameLength)
    const numbered = namesOfPlace(index + 1)
    const wanted = given === '' ? (numbered.find((name) => before.has(name)) ?? numbered[chinese ? 1 : 0]) : given // prettier-ignore
    if (given === '') warnings.push({ code: 'missingHeader', column: wanted })
    const name = freeName(wanted, taken)
    if (given !== '' && name !== given)
      warnings.push({ code: 'duplicateHeader', column: name, examples: [given] })
    taken.add(name.toLowerCase())
    return name
  })
  return { names, warnings }
}

const namesOfPlace = (place: number) => [`Column ${place}`, `列${place}`] as const

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text)

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted.toLowerCase())) return wanted
  for (let number = 2; ; number++) {
    const name = `${wanted.slice(0, maxNameLength - 8)} ${number}`
    if (!taken.has(name.toLowerCase())) return name
  }
}
