import type {
  ExactValues,
  LevelRows,
  MeasureInput,
  MeasureSpec,
  SpreadInput,
} from '../../../shared/query/spread/level-input.ts'
import type { CarriedAnswer, CarryReading } from './carried-answers.ts'
import { carriedLevel } from './carried-answers.ts'
import type { MeasurePlan } from './measure-columns.ts'
import type { KeyMembers } from './key-members.ts'
import type { Level } from './plan-levels.ts'
import type { QueryPlan } from './plan.ts'
import { keptKeys } from './plan-levels.ts'
import { keyName, measureColumn, restName } from './planned-keys.ts'
import type { RawAnswer, RawColumn } from './query-runner.ts'
import type { ResolvedQuery } from './resolve.ts'

/** A level's answer beside the level it is for. */
export interface LevelAnswer {
  readonly level: Level
  readonly measures: readonly number[]
  readonly answer: RawAnswer
}

/** Turns the engine's columns into what spreading takes: member indexes, and per measure sums, extremes or given levels. */
export function readLevels(
  query: ResolvedQuery,
  plan: QueryPlan,
  leafAnswer: RawAnswer,
  levelAnswers: readonly LevelAnswer[],
  members: readonly KeyMembers[],
  carried: readonly CarriedAnswer[] = [],
): SpreadInput {
  const leafRows = rowsOfLevel(leafAnswer, 0, plan.bitLevels.length > 0)
  const finest = { rowDepth: query.rows.length, columnDepth: query.columns.length }
  const leaf = levelRows(leafAnswer, leafRows, finest, plan, members)
  const specs = plan.measures.map((measurePlan, index): MeasureSpec => {
    const resolved = query.measures[index]
    return {
      name: resolved?.name ?? '',
      aggregate: resolved?.measure.aggregate ?? 'count',
      input: measureInput(measurePlan, index, {
        plan,
        leaf,
        leafRows,
        leafAnswer,
        levelAnswers,
        members,
        carried,
      }),
    }
  })
  const split = query.rows.length
  return {
    rowMembers: members.slice(0, split),
    columnMembers: members.slice(split),
    leaf,
    leafRows: numbersAt(leafAnswer, 'n', leafRows),
    measures: specs,
  }
}

interface Reading {
  readonly plan: QueryPlan
  readonly leaf: LevelRows
  readonly leafRows: Int32Array
  readonly leafAnswer: RawAnswer
  readonly levelAnswers: readonly LevelAnswer[]
  readonly members: readonly KeyMembers[]
  readonly carried: readonly CarriedAnswer[]
}

/** Rows of the statement that belong to a level; all of them when levels do not share the statement. */
function rowsOfLevel(answer: RawAnswer, level: number, shared: boolean): Int32Array {
  const all = Int32Array.from({ length: answer.rows }, (_, index) => index)
  if (!shared) return presentRows(answer, all)
  const levels = numbersOf(answer, 'lvl')
  return all.filter((row) => levels[row] === level)
}

/** A grouping without keys answers one row even over nothing: it counts no base rows and is no member. */
function presentRows(answer: RawAnswer, rows: Int32Array): Int32Array {
  const counts = numbersOf(answer, 'n')
  return rows.filter((row) => (counts[row] ?? 0) > 0)
}

function levelRows(
  answer: RawAnswer,
  rows: Int32Array,
  level: Level,
  plan: QueryPlan,
  members: readonly KeyMembers[],
): LevelRows {
  const kept = keptKeys(level, plan.rowDepth, plan.keys.length)
  return {
    ...level,
    count: rows.length,
    keys: kept.map((index) => {
      const column = answer.columns.get(keyName(index))
      const list = members[index]
      const rest = answer.columns.get(restName(index))
      const inRest = rest ? toNumbers(rest) : undefined
      return Int32Array.from(rows, (row) => {
        if (!column || !list) return -1
        return inRest?.[row] === 1 ? list.others() : list.indexAt(column, row)
      })
    }),
  }
}

function measureInput(plan: MeasurePlan, index: number, reading: Reading): MeasureInput {
  const { leafAnswer, leafRows } = reading
  const value = measureColumn(index)
  switch (plan.kind) {
    case 'rowCount':
      return { kind: 'exactSum', scale: 0, values: numbersAt(leafAnswer, 'n', leafRows) }
    case 'exactSum':
      return { kind: 'exactSum', scale: plan.scale, values: exactAt(leafAnswer, value, leafRows) }
    case 'floatSum':
      return { kind: 'floatSum', values: numbersAt(leafAnswer, value, leafRows) }
    case 'mean': {
      const counts = numbersAt(leafAnswer, measureColumn(index, 'n'), leafRows)
      const sum =
        plan.scale === null
          ? { values: numbersAt(leafAnswer, value, leafRows) }
          : { scale: plan.scale, values: exactAt(leafAnswer, value, leafRows) }
      return { kind: 'mean', sum, counts }
    }
    case 'extreme':
      return plan.scale === null
        ? { kind: 'extremeFloat', of: plan.of, values: numbersAt(leafAnswer, value, leafRows) }
        : {
            kind: 'extreme',
            of: plan.of,
            scale: plan.scale,
            values: exactAt(leafAnswer, value, leafRows),
          }
    case 'bits':
      return {
        kind: 'perLevel',
        levels: [finestGiven(index, reading), ...bitLevels(index, reading)],
      }
    case 'perLevel':
      return {
        kind: 'perLevel',
        levels: [finestGiven(index, reading), ...coarserGiven(index, reading)],
      }
    case 'balance':
      return carriedInput(plan, index, reading) ?? balanceInput(plan.scale, index, reading)
    case 'fixed':
      return balanceInput(plan.scale, index, reading)
  }
}

/** Undefined where nothing is carried forward. */
function carriedInput(
  { edge, scale }: Extract<MeasurePlan, { kind: 'balance' }>,
  index: number,
  reading: Reading,
): MeasureInput | undefined {
  const carry = reading.plan.carried.find((one) => one.index === index)
  if (!carry) return undefined
  const { levels: given } = balanceInput(scale, index, reading)
  const found = reading.carried.filter((one) => one.carry.index === index)
  const levels = found.map((one) => carriedLevel(one, carryReading(one, reading)))
  const which = edge === 'min' ? ('opening' as const) : ('closing' as const)
  return { kind: 'carried', which, scale, until: carry.until, given, levels }
}

function carryReading({ answer, level }: CarriedAnswer, { plan, members }: Reading): CarryReading {
  const rows = presentRows(answer, Int32Array.from({ length: answer.rows }, (_, row) => row)) // prettier-ignore
  return {
    rows: levelRows(answer, rows, level, plan, members),
    numbers: (name) => numbersAt(answer, name, rows),
    exact: (name) => exactAt(answer, name, rows),
    raw: (name) => {
      const values = answer.columns.get(name)?.values
      return values ? Array.from(rows, (row) => values[row]) : []
    },
    lists: members,
    kept: keptKeys(level, plan.rowDepth, plan.keys.length),
  }
}

/** Of every level, the finest too, from a select of its own. */
function balanceInput(
  scale: number | null,
  index: number,
  { plan, levelAnswers, members }: Reading,
): Extract<MeasureInput, { kind: 'perLevel' | 'exactPerLevel' }> {
  const given = levelAnswers
    .filter(({ measures }) => measures.includes(index))
    .map(({ level, answer }) => {
      const rows = presentRows(
        answer,
        Int32Array.from({ length: answer.rows }, (_, row) => row),
      )
      return { answer, rows, at: levelRows(answer, rows, level, plan, members) }
    })
  const name = measureColumn(index)
  return scale === null
    ? {
        kind: 'perLevel',
        levels: given.map(({ answer, rows, at }) => ({
          ...at,
          values: numbersAt(answer, name, rows),
        })),
      }
    : {
        kind: 'exactPerLevel',
        scale,
        levels: given.map(({ answer, rows, at }) => ({
          ...at,
          values: exactAt(answer, name, rows),
        })),
      }
}

type Given = LevelRows & { readonly values: Float64Array }

function finestGiven(index: number, { plan, leaf, leafAnswer, leafRows }: Reading): Given {
  return { ...leaf, values: givenAt(leafAnswer, index, plan, leafRows) }
}

/** Values of a measure the engine gives per level; those of decimals lose what doubles added to their digits. */
function givenAt(
  answer: RawAnswer,
  index: number,
  { measures }: QueryPlan,
  rows: Int32Array,
): Float64Array {
  const values = numbersAt(answer, measureColumn(index), rows)
  const measure = measures[index]
  if (measure?.kind !== 'perLevel' || measure.decimals === undefined) return values
  const factor = 10 ** measure.decimals
  return values.map((value) => {
    const scaled = Math.round(value * factor)
    return Number.isSafeInteger(scaled) ? scaled / factor : value
  })
}

function bitLevels(index: number, { plan, leaf, leafAnswer, members }: Reading): Given[] {
  return plan.bitLevels.map((level, position) => {
    // The total over nothing has a row as well; beside another fact table it must not count as a zero.
    const found = rowsOfLevel(leafAnswer, position + 1, true)
    const rows = leaf.count === 0 ? new Int32Array() : found
    return {
      ...levelRows(leafAnswer, rows, level, plan, members),
      values: numbersAt(leafAnswer, measureColumn(index), rows),
    }
  })
}

function coarserGiven(index: number, { plan, levelAnswers, members }: Reading): Given[] {
  return levelAnswers
    .filter(({ measures }) => measures.includes(index))
    .map(({ level, answer }) => {
      const rows = rowsOfLevel(answer, 0, false)
      return {
        ...levelRows(answer, rows, level, plan, members),
        values: givenAt(answer, index, plan, rows),
      }
    })
}

function numbersOf(answer: RawAnswer, name: string): Float64Array {
  const column = answer.columns.get(name)
  return column ? toNumbers(column) : new Float64Array(answer.rows).fill(NaN)
}

function numbersAt(answer: RawAnswer, name: string, rows: Int32Array): Float64Array {
  const values = numbersOf(answer, name)
  return Float64Array.from(rows, (row) => values[row] ?? NaN)
}

function exactAt(answer: RawAnswer, name: string, rows: Int32Array): ExactValues {
  const column = answer.columns.get(name)
  if (column?.kind !== 'wide') return numbersAt(answer, name, rows)
  return Array.from(rows, (row) => column.values[row] ?? null)
}

export function toNumbers(column: RawColumn): Float64Array {
  switch (column.kind) {
    case 'numbers':
      return column.values
    case 'wide':
      return Float64Array.from(column.values, (value) => (value === null ? NaN : Number(value)))
    case 'texts':
      return Float64Array.from(column.values, (value) => (value === null ? NaN : Number(value)))
  }
}
