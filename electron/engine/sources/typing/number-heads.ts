/** Heads that are numbers: years, months, days and sizes, told from a first line of data. */
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import { columnsWhere, kindAt } from './chunk-parts.ts'
import { numberAt } from './row-cells.ts'

const searchedRows = 30
const searchedTexts = 500

/** Texts and, beside them, years or days that go up or down step by step: heads of columns for periods. */
export function isPeriods(chunk: ColumnChunk, row: number): boolean {
  const cells = columnsWhere(chunk, (column) => kindAt(chunk, column, row) !== cellKind.blank)
  const values = cells.filter((column) => kindAt(chunk, column, row) !== cellKind.text)
  const [first = 0] = values
  const kind = kindAt(chunk, first, row)
  if (values.length < 2 || values.length === cells.length) return false
  if (isYearMonths(chunk, row, values)) return true
  const numbers = values.map((column) => chunk.values[column]?.[row] ?? 0)
  const steps = stepsOf(numbers)
  if (values.some((column) => kindAt(chunk, column, row) !== kind)) return false
  if (kind === cellKind.day) return steps.every((step) => step > 0) || steps.every((step) => step < 0)
  const years = values.every((column) => isYear(chunk, column, row))
  return years && (steps.every((step) => step === 1) || steps.every((step) => step === -1))
} // prettier-ignore

/** `2024.8`, `2024.9`, `2024.10`, of which a workbook keeps 2024.1: months one after the other. */
function isYearMonths(chunk: ColumnChunk, row: number, columns: readonly number[]): boolean {
  const months: number[] = []
  for (const column of columns) {
    const decimals = kindAt(chunk, column, row) - cellKind.scaled
    if (decimals !== 1 && decimals !== 2) return false
    const base = 10 ** decimals
    const value = chunk.values[column]?.[row] ?? 0
    const [year, month] = [Math.floor(value / base), value % base]
    if (year < 1990 || year > 2100 || month < 1 || month > 12) return false
    const isCut = decimals === 1 && month === 1 && (months.at(-1) ?? 0) === year * 12 + 9
    months.push(year * 12 + (isCut ? 10 : month))
  }
  const steps = stepsOf(months)
  return steps.every((step) => step === 1) || steps.every((step) => step === -1)
}

/**
 * A first line of data in a file without names: numbers over numbers, beside a text like those below or with decimals of
 * their own. Names may be years, months or sizes, but none comes again.
 */
export function isLineOfData(chunk: ColumnChunk, row: number): boolean {
  const numbered = columnsWhere(chunk, (column) => isNumber(kindAt(chunk, column, row)))
  if (numbered.length === 0) return false
  if (!numbered.every((column) => holdsValues(chunk, column, row + 1))) return false
  const mayBeNames = mayBeSizes(chunk, row, numbered) || isPeriods(chunk, row) || standsOverValues(chunk, row) // prettier-ignore
  return !mayBeNames || columnsWhere(chunk, (column) => comesAgain(chunk, column, row)).length > 0
}

/** A word over dates or numbers: no line of data has one there. */
const standsOverValues = (chunk: ColumnChunk, row: number): boolean =>
  columnsWhere(
    chunk,
    (column) => kindAt(chunk, column, row) === cellKind.text && holdsValues(chunk, column, row + 1),
  ).length > 0

/** `门店,2024`: one year beside texts, over numbers that are none. */
export function isLoneYear(chunk: ColumnChunk, row: number): boolean {
  const filled = columnsWhere(chunk, (column) => kindAt(chunk, column, row) !== cellKind.blank)
  const [year, ...others] = filled.filter((column) => kindAt(chunk, column, row) !== cellKind.text)
  if (year === undefined || others.length > 0 || filled.length < 2) return false
  if (!isYear(chunk, year, row) || !holdsValues(chunk, year, row + 1)) return false
  const until = Math.min(chunk.rows, row + 1 + searchedRows)
  for (let below = row + 1; below < until; below++) if (isYear(chunk, year, below)) return false
  return true
}

const isYear = (chunk: ColumnChunk, column: number, row: number): boolean => {
  const value = chunk.values[column]?.[row] ?? 0
  return kindAt(chunk, column, row) === cellKind.scaled && value >= 1990 && value <= 2100
}

/** Whole numbers, or such as go one way; amounts have decimals like those below them. */
function mayBeSizes(chunk: ColumnChunk, row: number, numbered: readonly number[]): boolean {
  const broken = numbered.filter((column) => kindAt(chunk, column, row) !== cellKind.scaled)
  if (broken.length === 0) return true
  const steps = stepsOf(numbered.map((column) => numberIn(chunk, column, row)))
  const goOneWay = steps.every((step) => step > 0) || steps.every((step) => step < 0)
  if (numbered.length < 2) return !broken.some((column) => hasDecimals(chunk, column, row + 1, 0))
  if (!goOneWay) return false
  const isEven = steps.length > 1 && steps.every((step) => Math.abs(step - (steps[0] ?? 0)) < 1e-9)
  return isEven || !broken.some((column) => hasDecimals(chunk, column, row + 1))
}

/** Beside texts at least three numbers by equal steps, as the row below does not have them: 36, 37, 38. */
export function isSizes(chunk: ColumnChunk, row: number): boolean {
  const filled = columnsWhere(chunk, (column) => kindAt(chunk, column, row) !== cellKind.blank)
  const numbered = filled.filter((column) => isNumber(kindAt(chunk, column, row)))
  if (numbered.length < 3 || numbered.length === filled.length) return false
  if (filled.some((column) => !numbered.includes(column) && kindAt(chunk, column, row) !== cellKind.text)) return false // prettier-ignore
  const evenly = (line: number): boolean => {
    const [first = 0, ...others] = stepsOf(numbered.map((column) => numberIn(chunk, column, line)))
    return first !== 0 && others.every((step) => Math.abs(step - first) < 1e-9)
  }
  return evenly(row) && row + 1 < chunk.rows && !evenly(row + 1)
}

const stepsOf = (numbers: readonly number[]): number[] =>
  numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0))

const numberIn = (chunk: ColumnChunk, column: number, row: number): number =>
  numberAt(kindAt(chunk, column, row), chunk.values[column]?.[row] ?? 0)

/** In most of the next rows, or in more than so large a share. */
function hasDecimals(chunk: ColumnChunk, column: number, from: number, share = 0.5): boolean {
  const until = Math.min(chunk.rows, from + searchedRows)
  const kinds = [...(chunk.kinds[column]?.subarray(from, until) ?? [])].filter(isNumber)
  return kinds.filter((kind) => kind > cellKind.scaled).length > kinds.length * share
}

const isNumber = (kind: number): boolean => kind >= cellKind.scaled && kind <= cellKind.double

function comesAgain(chunk: ColumnChunk, column: number, row: number): boolean {
  if (kindAt(chunk, column, row) !== cellKind.text) return false
  const until = Math.min(chunk.rows, row + searchedTexts)
  for (let below = row + 1; below < until; below++) {
    if (isSame(chunk, column, row, below) && !isHeadAgain(chunk, row, below)) return true
  }
  return false
}

const isSame = (chunk: ColumnChunk, column: number, row: number, other: number): boolean =>
  kindAt(chunk, column, row) === kindAt(chunk, column, other) &&
  chunk.values[column]?.[row] === chunk.values[column]?.[other]

/** Names printed again on the next page. */
const isHeadAgain = (chunk: ColumnChunk, row: number, other: number): boolean =>
  [...chunk.kinds.keys()].every((column) => isSame(chunk, column, row, other))

export function holdsValues(chunk: ColumnChunk, column: number, from: number): boolean {
  const until = Math.min(chunk.rows, from + searchedRows)
  let values = 0
  let texts = 0
  for (let row = from; row < until; row++) {
    const kind = kindAt(chunk, column, row)
    if (kind === cellKind.text) texts++
    else if (kind !== cellKind.blank) values++
  }
  return values > texts
}
