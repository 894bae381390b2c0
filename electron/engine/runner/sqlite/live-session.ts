import Database from 'better-sqlite3'
import type { RawColumn } from '../../query/query-runner.ts'
import type { QuerySession } from '../query-messages.ts'

type Cell = string | number | bigint | Buffer | null

/**
 * Answers over a SQLite file of the user's, read-only and trusting nothing in its schema. A running statement cannot be
 * interrupted: the engine ends the process instead.
 */
export function openLiveSession(path: string): QuerySession {
  const database = new Database(path, { readonly: true, fileMustExist: true })
  database.pragma('trusted_schema = off')
  database.pragma('cell_size_check = on')
  database.pragma('query_only = on')
  addFunctions(database)
  return {
    run(text, values) {
      const statement = database.prepare<unknown[], Cell[]>(readingOnly(text))
      if (!statement.readonly || !statement.reader) throw new Error('only SELECT is allowed')
      const names = statement.columns().map((column) => column.name)
      const rows = statement
        .raw(true)
        .safeIntegers(true)
        .all(...values.map(bindable))
      const columns = names.map((name, index) => [name, columnOf(rows, index)] as const)
      return Promise.resolve({ rows: rows.length, columns })
    },
    interrupt: () => undefined,
  }
}

/** Statements come from the printer; anything that does not begin as a question is refused all the same. */
function readingOnly(text: string): string {
  if (!/^\s*(select|with)\s/i.test(text)) throw new Error('only SELECT is allowed')
  return text
}

const bindable = (value: string | number | boolean | null): string | number | null =>
  typeof value === 'boolean' ? Number(value) : value

function addFunctions(database: Database.Database): void {
  database.function('sb_fold', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? text.toLowerCase() : null,
  )
  database.aggregate('sb_median', {
    start: (): number[] => [],
    step: (list: number[], value: unknown) => {
      const number = typeof value === 'bigint' ? Number(value) : value
      if (typeof number === 'number') list.push(number)
      return list
    },
    result: (list: number[]) => median(list),
  })
}

/** The middle value, or the mean of the two middle ones; null of nothing. */
export function median(list: readonly number[]): number | null {
  if (list.length === 0) return null
  const sorted = Float64Array.from(list).sort()
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2
}

function columnOf(rows: readonly (readonly Cell[])[], index: number): RawColumn {
  if (rows.some((row) => typeof row[index] === 'string')) {
    return { kind: 'texts', values: rows.map((row) => textOf(row[index] ?? null)) }
  }
  const values = rows.map((row) => row[index] ?? null)
  const wide = values.some((value) => typeof value === 'bigint' && !isSafe(value))
  if (wide && values.every((value) => value === null || typeof value === 'bigint')) {
    return { kind: 'wide', values }
  }
  return { kind: 'numbers', values: Float64Array.from(values, numberOf) }
}

const textOf = (cell: Cell): string | null =>
  cell === null ? null : Buffer.isBuffer(cell) ? cell.toString('hex') : String(cell)

const numberOf = (cell: Cell): number => {
  const value = typeof cell === 'bigint' ? Number(cell) : cell
  return typeof value === 'number' && Number.isFinite(value) ? value : NaN
}

const isSafe = (value: bigint): boolean =>
  value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= -BigInt(Number.MAX_SAFE_INTEGER)
