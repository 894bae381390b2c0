/** Balances carried forward: what was last known at the end of a cell's period, or before its beginning. */
import type { Cells } from '../stage/cells.ts'
import type { AxisTree } from './axis-tree.ts'
import type { CellGrid } from './cell-grid.ts'
import { intersect } from '../member-span.ts'
import { cutDays } from './cut-days.ts'
import type { CarriedLevel, ExactValues, MeasureInput } from './level-input.ts'

type CarriedInput = Extract<MeasureInput, { kind: 'carried' }>

interface Days {
  readonly first: number
  readonly last: number
}

/** What is known from the first day of a stretch on. */
interface Known<T> {
  readonly from: number
  /** Owners known so far, and their balances added up. */
  readonly owners: number
  readonly balance: T
  /** What all of them told first, added up. */
  readonly firsts: T
}

/** How numbers of one kind are added up: doubles with compensation, or whole numbers of any size. */
interface Arithmetic<T> {
  readonly sum: () => { readonly add: (value: T) => void; readonly value: () => T }
  readonly at: (values: ExactValues, row: number) => T
  readonly plus: (a: T, b: T) => T
  readonly minus: (a: T, b: T) => T
}

const doubles: Arithmetic<number> = {
  sum: () => {
    let [sum, lost] = [0, 0]
    return {
      add: (value) => {
        const after = sum + value
        lost += Math.abs(sum) >= Math.abs(value) ? sum - after + value : value - after + sum
        sum = after
      },
      value: () => sum + lost,
    }
  },
  at: (values, row) => {
    const value = Number(values[row] ?? 0)
    return Number.isNaN(value) ? 0 : value
  },
  plus: (a, b) => a + b,
  minus: (a, b) => a - b,
}

const wholes: Arithmetic<bigint> = {
  sum: () => {
    let sum = 0n
    return { add: (value) => (sum += value), value: () => sum }
  },
  at: (values, row) => {
    const value = values[row] ?? null
    return value === null || Number.isNaN(value) ? 0n : BigInt(value)
  },
  plus: (a, b) => a + b,
  minus: (a, b) => a - b,
}

export function carriedCells(input: CarriedInput, grid: CellGrid): Cells {
  const { scale } = input
  if (scale !== null && !isSafe(input)) {
    const wide = filled<bigint>(input, grid, wholes)
    return { exact: { scale, wide } }
  }
  const values = filled<number>(input, grid, doubles)
  const numbers = Float64Array.from(values, (value) => value ?? NaN)
  return scale === null ? { floats: numbers } : { exact: { scale, numbers } }
}

/** Whether no sum on the way leaves what a double holds exactly. */
function isSafe({ given, levels }: CarriedInput): boolean {
  const lists = [
    ...given.map(({ values }) => values),
    ...levels.flatMap(({ told, replaced, firsts }) => [told, replaced, firsts]),
  ]
  let size = 0
  for (const values of lists) {
    if (!(values instanceof Float64Array)) return false
    for (const value of values) if (!Number.isNaN(value)) size += Math.abs(value)
  }
  return size < Number.MAX_SAFE_INTEGER
}

function filled<T extends number | bigint>(
  input: CarriedInput,
  grid: CellGrid,
  of: Arithmetic<T>,
): (T | null)[] {
  const cells = new Array<T | null>(grid.cells).fill(null)
  for (const level of input.given) {
    grid.cellsOf(level).forEach((cell, row) => {
      const value = level.values[row] ?? null
      if (cell >= 0 && value !== null && !Number.isNaN(value)) cells[cell] = of.at(level.values, row) // prettier-ignore
    })
  }
  for (const level of input.levels) fillLevel(input, level, grid, of, cells)
  return cells
}

function fillLevel<T extends number | bigint>(
  { which, until }: CarriedInput,
  level: CarriedLevel,
  grid: CellGrid,
  of: Arithmetic<T>,
  cells: (T | null)[],
): void {
  const known = knownByPath(level, of)
  const daysAt = daysReader(level, grid)
  const columns = linesAt(grid.columns, level.columnDepth)
  for (const row of linesAt(grid.rows, level.rowDepth)) {
    for (const column of columns) {
      const path = [...row.path, ...column.path]
      const days = daysAt(row, column)
      if (!days || (until !== null && days.first > until)) continue
      const list = known.get(pathKey(level, (key) => path[key] ?? -1)) ?? []
      cells[grid.cellAt(row.node, column.node)] = valueIn(list, days, which, of)
    }
  }
}

/** Closing: all that is known at the end. Opening: what was known before, and of those then unknown what they said first. */
function valueIn<T>(
  list: readonly Known<T>[],
  { first, last }: Days,
  which: 'opening' | 'closing',
  of: Arithmetic<T>,
): T | null {
  const end = upTo(list, last)
  if (!end || end.owners === 0) return null
  if (which === 'closing') return end.balance
  const before = upTo(list, first - 1)
  return before ? of.plus(before.balance, of.minus(end.firsts, before.firsts)) : end.firsts
}

function upTo<T>(list: readonly Known<T>[], day: number): Known<T> | undefined {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.from ?? Infinity) <= day) low = middle + 1
    else high = middle
  }
  return list[low - 1]
}

/** Per path without its periods, what is known stretch by stretch. */
function knownByPath<T>(level: CarriedLevel, of: Arithmetic<T>): Map<string, Known<T>[]> {
  const rows = Array.from({ length: level.count }, (_, row) => row)
  rows.sort((a, b) => (level.from[a] ?? 0) - (level.from[b] ?? 0))
  const sums = new Map<string, ReturnType<typeof running<T>>>()
  for (const row of rows) {
    const key = pathKey(level, (at) => level.keys[at]?.[row] ?? -1)
    const sum = sums.get(key) ?? running(of)
    sums.set(key, sum)
    sum.take(level, row)
  }
  return new Map([...sums].map(([key, { list }]) => [key, list]))
}

function running<T>(of: Arithmetic<T>) {
  const list: Known<T>[] = []
  const [balance, firsts] = [of.sum(), of.sum()]
  let owners = 0
  const zero = of.at([], 0)
  return {
    list,
    take: ({ told, replaced, firsts: said, from, fresh }: CarriedLevel, row: number): void => {
      balance.add(of.at(told, row))
      balance.add(of.minus(zero, of.at(replaced, row)))
      firsts.add(of.at(said, row))
      owners += fresh[row] ?? 0
      list.push({ from: from[row] ?? 0, owners, balance: balance.value(), firsts: firsts.value() })
    },
  }
}

const pathKey = ({ days }: CarriedLevel, memberAt: (key: number) => number): string =>
  days.map((of, key) => (of ? '' : memberAt(key))).join(' ')

/** The days a cell stands for, by its lines. */
function daysReader(
  level: CarriedLevel,
  grid: CellGrid,
): (row: Line, column: Line) => Days | undefined {
  if (!level.tops) return (row, column) => daysOf(level, [...row.path, ...column.path])
  const rows = cutDays(grid.rows, 0, level.tops)
  const columns = cutDays(grid.columns, grid.rows.depth, level.tops)
  return (row, column) => {
    const [down, across] = [rows(row.node), columns(column.node)]
    if (down === null || across === null) return undefined
    const given = [down, across].flatMap((spans) => (spans ? [spans] : []))
    const whole = [level.within ?? { first: -Infinity, last: Infinity }]
    const spans = given.reduce<readonly Days[]>((a, b) => intersect(a, b), whole)
    const [first] = spans
    return first && { first: first.first, last: spans.at(-1)?.last ?? first.last }
  }
}

/** The days of all periods on a path together; undefined where one of them is none. */
function daysOf({ days, within }: CarriedLevel, path: readonly number[]): Days | undefined {
  let [first, last] = [within?.first ?? -Infinity, within?.last ?? Infinity]
  for (const [key, of] of days.entries()) {
    if (!of) continue
    const own = of(path[key] ?? -1)
    if (!own) return undefined
    first = Math.max(first, own.first)
    last = Math.min(last, own.last)
  }
  return first <= last ? { first, last } : undefined
}

interface Line {
  readonly node: number
  readonly path: readonly number[]
}

const linesAt = (tree: AxisTree, depth: number): Line[] =>
  tree.depths.flatMap((at, node) => (at === depth ? [{ node, path: tree.pathOf(node) }] : []))
