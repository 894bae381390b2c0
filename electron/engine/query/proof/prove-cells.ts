/** A formula over shown cells, from the cells it names: each of them is proved by itself, and they are put together anew. */
import type { CellValue, Member } from '../../../../shared/data/cell-value.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { CellInput, CellsFormula } from '../../../../shared/expression/check/cells-formula.ts'
import { evaluateFormula } from '../../../../shared/expression/evaluate/evaluate.ts'
import type { Typed } from '../../../../shared/expression/typed.ts'
import type { Value } from '../../../../shared/expression/value.ts'
import { mostOperands } from '../../../../shared/query/proof.ts'
import type { ReportQuery } from '../../../../shared/query/report-query.ts'
import type { CellAddress } from '../../../../shared/query/row-list.ts'
import type { Axis } from '../../../../shared/query/show-as.ts'
import { readValue, writtenValue } from './formula-values.ts'
import type { Lines } from './proof-operands.ts'
import { childrenOf, moved, rankPlan, runningPlan } from './proof-operands.ts'

type StageInput = Extract<CellInput, { kind: 'stage' }>
type Path = readonly Member[]

/** A measure's cell that is read. */
export interface ReadCell {
  readonly measure: string
  readonly cell: CellAddress
}

/** Where a function looks, and what it makes of what it finds there. */
interface Beside {
  readonly cells: readonly CellAddress[]
  readonly combine: (values: readonly (number | null)[]) => number | null
}

export class CellsProof {
  readonly #formula: CellsFormula
  readonly #query: ReportQuery
  readonly #lines: Lines
  readonly #lastDay: number | null
  readonly #usual: Axis

  constructor(formula: CellsFormula, query: ReportQuery, lines: Lines, lastDay: number | null) {
    this.#formula = formula
    this.#query = query
    this.#lines = lines
    this.#lastDay = lastDay
    this.#usual = query.rows.length > 0 ? 'rows' : 'columns'
  }

  /** Every cell the formula reads for one of its own, each once. */
  reads(cell: CellAddress): ReadCell[] {
    const found = new Map<string, ReadCell>()
    const visit = (part: Typed, at: CellAddress): void => {
      for (const name of namesOf(part)) {
        const input = this.#input(name)
        if (input?.kind === 'measure') {
          found.set(readKey(input.measure, at), { measure: input.measure, cell: at })
          if (found.size > mostOperands) throw tooMany(found.size)
        }
        if (input?.kind === 'stage') {
          for (const other of this.#beside(input, at).cells) visit(input.argument, other)
        }
      }
    }
    visit(this.#formula.value, cell)
    return [...found.values()]
  }

  /** The formula anew, from what the cells it reads say. */
  value(cell: CellAddress, said: ReadonlyMap<string, CellValue>): CellValue {
    const { value } = this.#formula
    return writtenValue(this.#evaluate(value, cell, said), value.type)
  }

  #evaluate(part: Typed, at: CellAddress, said: ReadonlyMap<string, CellValue>): Value {
    return evaluateFormula(part, {
      lastDay: this.#lastDay,
      valueOf: (_dataset, name) => {
        const input = this.#input(name)
        if (!input) return null
        if (input.kind === 'measure') {
          return readValue(said.get(readKey(input.measure, at)) ?? null, input.type)
        }
        const { cells, combine } = this.#beside(input, at)
        const { argument } = input
        const values = cells.map((one) => {
          const value = writtenValue(this.#evaluate(argument, one, said), argument.type)
          return value === null ? null : Number(value)
        })
        return readValue(combine(values), input.type)
      },
    })
  }

  #input(name: string): CellInput | undefined {
    return this.#formula.inputs.find((input) => input.name === name)
  }

  #beside(input: StageInput, cell: CellAddress): Beside {
    const axis = input.axis ?? this.#usual
    const path: Path = axis === 'rows' ? cell.row : cell.column
    const only = (one: CellAddress | undefined): Beside => ({
      cells: one ? [one] : [],
      combine: ([value = null]) => value,
    })
    const [query, lines] = [this.#query, this.#lines]
    switch (input.fn) {
      case 'rowTotal':
        return only({ ...cell, column: [] })
      case 'columnTotal':
        return only({ ...cell, row: [] })
      case 'grandTotal':
        return only({ row: [], column: [] })
      case 'parent':
        return only(moved(cell, axis, path.slice(0, -1)))
      case 'rank': {
        const { direction } = input
        const show = { as: 'rank', axis, direction, ties: 'skip', within: 'parent' } as const
        return planned(rankPlan(show, cell, lines))
      }
      case 'runningSum':
        return planned(
          runningPlan({ as: 'runningTotal', axis, reset: 'lowest' }, cell, query, lines),
        )
      case 'movingAverage': {
        const { window } = input
        const show = { as: 'movingAverage', axis, reset: 'lowest', window } as const
        return planned(runningPlan(show, cell, query, lines))
      }
      case 'previous':
      case 'next':
      case 'first':
      case 'last': {
        if (path.length === 0) return only(undefined)
        const siblings = childrenOf(lines[axis], path.slice(0, -1))
        const own = siblings.indexOf(path.at(-1) ?? null)
        const last = siblings.length - 1
        const place = { previous: own - 1, next: own + 1, first: 0, last }[input.fn]
        const member = siblings[place]
        return only(
          member === undefined ? undefined : moved(cell, axis, [...path.slice(0, -1), member]),
        )
      }
    }
  }
}

const planned = ({ operands, combine }: ReturnType<typeof rankPlan>): Beside => ({
  cells: operands.map(({ cell }) => cell),
  combine,
})

export const readKey = (measure: string, cell: CellAddress): string =>
  JSON.stringify([measure, cell.row, cell.column])

const tooMany = (cells: number): AppErrorException =>
  new AppErrorException(appError('query/tooLarge', { cells, limit: mostOperands }))

function namesOf(part: Typed): string[] {
  switch (part.kind) {
    case 'constant':
      return []
    case 'field':
      return [part.place.field.name]
    case 'convert':
      return namesOf(part.of)
    case 'apply':
      return part.args.flatMap(namesOf)
  }
}
