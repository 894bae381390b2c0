import type { ShowAs } from '../show-as.ts'
import type { Cells } from './cells.ts'
import { adderOf, asNumbers, quotient } from './cells.ts'
import { windowSums } from './window-sums.ts'
import type { StageAxis, StageGrid } from './stage-grid.ts'
import { ancestorAt, cellOn, depthOf, otherAxis, answeredDepths } from './stage-grid.ts'

type Running = Extract<ShowAs, { as: 'runningTotal' | 'percentRunningTotal' | 'movingAverage' }>

/** Lines of one depth that are run through one after the other; several where a reset parts them. */
type Sequences = readonly (readonly number[])[]

export function running(cells: Cells, show: Running, grid: StageGrid): Cells {
  const edge = grid[show.axis]
  const others = grid[otherAxis(show.axis)].answered
  const sequences = answeredDepths(edge).flatMap((depth) => sequencesAt(edge, depth, show))
  const walk = (visit: (cells: readonly number[]) => void): void => {
    for (const sequence of sequences)
      for (const other of others)
        visit(sequence.map((node) => cellOn(grid, show.axis, node, other)))
  }
  switch (show.as) {
    case 'runningTotal':
      return totals(cells, grid, walk)
    case 'percentRunningTotal':
      return shareOfTotals(cells, grid, walk)
    case 'movingAverage':
      return averages(cells, grid, walk, show.window ?? 3)
  }
}

type Walk = (visit: (cells: readonly number[]) => void) => void

/** A blank cell before the first value stays blank, one after it says what was reached. */
function totals(cells: Cells, grid: StageGrid, walk: Walk): Cells {
  const adder = adderOf(cells)
  const made = new Array<number | bigint | null>(grid.cells).fill(null)
  walk((sequence) => {
    let sum: number | bigint | null = null
    for (const cell of sequence) {
      const value = adder.at(cell)
      if (value !== null) sum = sum === null ? value : adder.add(sum, value)
      made[cell] = sum
    }
  })
  return adder.collect(made)
}

/** Of what the members of the sequence add up to, so that the last one reads 100%. */
function shareOfTotals(cells: Cells, grid: StageGrid, walk: Walk): Cells {
  const sums = asNumbers(totals(cells, grid, walk))
  const floats = new Float64Array(grid.cells).fill(NaN)
  walk((sequence) => {
    const whole = sums[sequence.at(-1) ?? -1] ?? NaN
    for (const cell of sequence) floats[cell] = quotient(sums[cell] ?? NaN, whole)
  })
  return { floats }
}

/** The mean of the values that are not blank among the last `window` members; fewer at the beginning. */
function averages(cells: Cells, grid: StageGrid, walk: Walk, window: number): Cells {
  const adder = adderOf(cells)
  const factor = cells.exact ? 10 ** cells.exact.scale : 1
  const floats = new Float64Array(grid.cells).fill(NaN)
  walk((sequence) => {
    const values = sequence.map((cell) => adder.at(cell))
    const sums = windowSums(values, window, adder.add)
    let count = 0
    sequence.forEach((cell, place) => {
      if (values[place] !== null) count++
      if (place >= window && values[place - window] !== null) count--
      const sum = sums[place] ?? null
      if (sum !== null) floats[cell] = Number(sum) / (count * factor)
    })
  })
  return { floats }
}

/** Members at or above the reset level stand alone. */
function sequencesAt(edge: StageAxis, depth: number, show: Running): Sequences {
  const reset = resetDepth(edge, show)
  const lines = linesAt(edge, depth, show)
  if (depth <= reset) return lines.map((node) => [node])
  const byParent = new Map<number, number[]>()
  for (const node of lines) {
    const parent = ancestorAt(edge, node, reset) ?? 0
    const list = byParent.get(parent)
    if (list) list.push(node)
    else byParent.set(parent, [node])
  }
  return [...byParent.values()]
}

function resetDepth({ tree }: StageAxis, { reset }: Running): number {
  const parents = Math.max(0, tree.depth - 1)
  if (reset === 'none') return 0
  if (reset === 'highest') return Math.min(1, parents)
  return reset === 'lowest' ? parents : reset.field.level + 1
}

/** All members of a depth in the order they are run through; Others is met last, as it is shown. */
function linesAt(edge: StageAxis, depth: number, { order, blanks }: Running): number[] {
  const lines: number[] = []
  const visit = (node: number): void => {
    if (depthOf(edge, node) === depth) {
      lines.push(node)
      return
    }
    const children = edge.children(node)
    const others = children.filter(edge.isOthers)
    const blank = children.filter((child) => edge.memberOf(child) === null)
    const named = children.filter((child) => !others.includes(child) && !blank.includes(child))
    if (order === 'backward') named.reverse()
    const all = blanks === 'first' ? [...blank, ...named] : [...named, ...blank]
    for (const child of [...all, ...others]) visit(child)
  }
  visit(0)
  return lines
}
