/** Values of other days put beside a cell's own: as they are, as a difference, or as a share. */
import type { z } from 'zod'
import { isTemporal } from '../../../../shared/data/field.ts'
import { isDay } from '../../../../shared/expression/value-type.ts'
import type { Member } from '../../../../shared/data/cell-value.ts'
import type { QueryWarning } from '../../../../shared/query/query-result.ts'
import type { ReportQuery } from '../../../../shared/query/report-query.ts'
import { measureName } from '../../../../shared/query/report-query.ts'
import { addCounts } from '../../../../shared/query/spread/accumulate.ts'
import type { AxisTree } from '../../../../shared/query/spread/axis-tree.ts'
import type { CellGrid, GridDepths } from '../../../../shared/query/spread/cell-grid.ts'
import { buildGrid } from '../../../../shared/query/spread/cell-grid.ts'
import { FormulaMeasures } from '../../../../shared/query/spread/formula-measures.ts'
import type {
  LevelRows,
  MeasureInput,
  MeasureSpec,
} from '../../../../shared/query/spread/level-input.ts'
import { presentCells } from '../../../../shared/query/spread/measure-cells.ts'
import type { MemberList } from '../../../../shared/query/spread/member-index.ts'
import type { Spread } from '../../../../shared/query/spread/spread.ts'
import { wantedDepths } from '../../../../shared/query/spread/wanted-depths.ts'
import type { Cells } from '../../../../shared/query/stage/cells.ts'
import type { Levels } from '../ask-levels.ts'
import type { Round } from './compared-rounds.ts'
import { lineKey } from './compared-rounds.ts'
import { compared as comparedCells, Gathered } from './gathered.ts'

/** Gathers what every round says of every cell, shown or not, and makes levels of it again. */
export class Merging {
  readonly grid: CellGrid
  readonly #query: ReportQuery
  readonly #own: Levels
  readonly #depths: GridDepths
  readonly #others = new Map<number, Gathered>()
  readonly #owns = new Map<number, Gathered>()
  readonly #warnings: z.infer<typeof QueryWarning>[] = []

  constructor(query: ReportQuery, own: Levels) {
    this.#query = query
    this.#own = own
    this.#depths = { rows: wantedDepths(query, 'rows'), columns: wantedDepths(query, 'columns') }
    this.grid = buildGrid(own.input, this.#depths, own.empties)
  }

  warn(warnings: readonly z.infer<typeof QueryWarning>[]): void {
    this.#warnings.push(...warnings)
  }

  /** Values of a round go to the cells of the same paths whose innermost period is the round's. */
  add(places: readonly number[], side: 'own' | 'other', round: Round, answer: Spread): void {
    const { rowMembers, columnMembers } = this.#own.input
    const counts = (axis: 'rows' | 'columns', depth: number, path: readonly Member[]): boolean =>
      axis !== round.axis ||
      (depth >= round.least &&
        depth <= round.below &&
        (round.only?.has(lineKey(path.slice(0, round.least))) ?? true))
    const rows = matches(this.grid.rows, rowMembers, answer.rowPaths, (depth, path) => counts('rows', depth, path)) // prettier-ignore
    const columns = matches(this.grid.columns, columnMembers, answer.columnPaths, (depth, path) => counts('columns', depth, path)) // prettier-ignore
    const width = answer.columnPaths.length
    places.forEach((place, index) => {
      const from = answer.cells[index]
      if (!from) return
      this.#gathered(side, place).take(from, (visit) => {
        for (const [row, r] of rows)
          for (const [column, c] of columns) visit(this.grid.cellAt(row, column), r * width + c)
      })
    })
  }

  #gathered(side: 'own' | 'other', place: number): Gathered {
    const map = side === 'own' ? this.#owns : this.#others
    const known = map.get(place) ?? new Gathered(this.grid.cells)
    map.set(place, known)
    return known
  }

  levels(): Levels {
    const compared = this.#query.measures.filter(({ compare }) => compare)
    const names = new Set(compared.map(measureName))
    return {
      ...this.#own,
      input: { ...this.#own.input, measures: this.#measures(names) },
      // A formula over other days is given like any measure.
      formulas: this.#own.formulas.filter(({ name }) => !names.has(name)),
      measures: this.#own.measures.map((measure, place) => ({
        ...measure,
        measure: this.#query.measures[place] ?? measure.measure,
      })),
      warnings: [...this.#own.warnings, ...this.#warnings],
    }
  }

  #measures(names: ReadonlySet<string>): MeasureSpec[] {
    const { measures } = this.#own.input
    const specs = new Map(measures.map((spec) => [spec.name, spec]))
    const made = this.#query.measures.flatMap((measure, place): MeasureSpec[] => {
      const { compare } = measure
      if (!compare) return []
      const name = measureName(measure)
      const spec = specs.get(name)
      const other = (this.#others.get(place) ?? new Gathered(this.grid.cells)).cells()
      const own = (): Cells => this.#owns.get(place)?.cells() ?? this.#ownCells(name)
      const show = compare.show ?? 'value'
      const cells =
        show === 'value' ? other : comparedCells(own(), other, show, this.#saysDates(place, spec))
      const aggregate = spec?.aggregate ?? 'sum'
      return [{ name, aggregate, elsewhere: true, input: this.#given(cells) }]
    })
    return [...measures.filter(({ name }) => !names.has(name)), ...made]
  }

  #saysDates(place: number, spec: MeasureSpec | undefined): boolean {
    const { at, gives } = this.#own.measures[place] ?? {}
    if (gives) return isDay(gives)
    const extreme = spec?.aggregate === 'min' || spec?.aggregate === 'max'
    return extreme && at !== undefined && isTemporal(at.field.type)
  }

  /** What a measure says of the days asked, computed from others where it is a formula. */
  #ownCells(name: string): Cells {
    const { input } = this.#own
    const present = addCounts(input.leafRows, this.grid.targets)
    const formulas = new FormulaMeasures(this.#own, this.grid.cells)
    for (const spec of input.measures) {
      formulas.put(spec.name, presentCells(spec, this.grid, present))
    }
    formulas.computeAggregates((cell) => (present[cell] ?? 0) > 0)
    return formulas.numeric.get(name) ?? new Gathered(this.grid.cells).cells()
  }

  /** The cells as levels given by an engine. */
  #given(cells: Cells): MeasureInput {
    const levels = this.#depths.rows.flatMap((rowDepth) =>
      this.#depths.columns.map((columnDepth) => this.#level(cells, rowDepth, columnDepth)),
    )
    if (cells.floats) {
      const { floats } = cells
      return { kind: 'perLevel', levels: levels.map(({ at, rows }) => ({ ...rows, values: Float64Array.from(at, (cell) => floats[cell] ?? NaN) })) } // prettier-ignore
    }
    const { numbers, wide, scale } = cells.exact
    return {
      kind: 'exactPerLevel',
      scale,
      levels: levels.map(({ at, rows }) => ({
        ...rows,
        values: numbers
          ? Float64Array.from(at, (cell) => numbers[cell] ?? NaN)
          : Array.from(at, (cell) => wide?.[cell] ?? null),
      })),
    }
  }

  #level(
    cells: Cells,
    rowDepth: number,
    columnDepth: number,
  ): { readonly at: Int32Array; readonly rows: LevelRows } {
    const filled = (cell: number): boolean =>
      cells.floats
        ? !Number.isNaN(cells.floats[cell] ?? NaN)
        : cells.exact.numbers
          ? !Number.isNaN(cells.exact.numbers[cell] ?? NaN)
          : (cells.exact.wide?.[cell] ?? null) !== null
    const at: number[] = []
    const paths: number[][] = []
    for (const row of nodesAt(this.grid.rows, rowDepth)) {
      const rowPath = this.grid.rows.pathOf(row)
      for (const column of nodesAt(this.grid.columns, columnDepth)) {
        const cell = this.grid.cellAt(row, column)
        if (!filled(cell)) continue
        at.push(cell)
        paths.push([...rowPath, ...this.grid.columns.pathOf(column)])
      }
    }
    const keys = Array.from({ length: rowDepth + columnDepth }, (_, dimension) =>
      Int32Array.from(paths, (path) => path[dimension] ?? -1),
    )
    return { at: Int32Array.from(at), rows: { rowDepth, columnDepth, count: at.length, keys } }
  }
}

const nodesAt = (tree: AxisTree, depth: number): number[] =>
  tree.depths.flatMap((at, node) => (at === depth ? [node] : []))

/** Nodes of a tree with the line of another answer that has the same members. */
function matches(
  tree: AxisTree,
  lists: readonly MemberList[],
  paths: readonly (readonly Member[])[],
  counts: (depth: number, path: readonly Member[]) => boolean,
): [number, number][] {
  const lines = new Map(paths.map((path, at) => [JSON.stringify(path), at]))
  return tree.depths.flatMap((depth, node): [number, number][] => {
    const path = tree.pathOf(node).map((member, at) => lists[at]?.members[member] ?? null)
    if (!counts(depth, path)) return []
    const line = lines.get(JSON.stringify(path))
    return line === undefined ? [] : [[node, line]]
  })
}
