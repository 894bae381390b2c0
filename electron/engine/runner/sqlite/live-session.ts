import type Database from 'better-sqlite3'
import { textPattern } from '../../../../shared/data/text-pattern.ts'
import type { RawColumn } from '../../query/query-runner.ts'
import type { SqlValue } from '../../sql/nodes.ts'
import type { QuerySession } from '../query-messages.ts'
import { writingStamp } from './file-stamp.ts'
import { explainFault } from './sqlite-errors.ts'
import { readingOnly } from './statement-check.ts'
import { addFormulaFunctions } from './formula-functions.ts'
import type { UntouchedFile } from './untouched-file.ts'
import { openUntouched } from './untouched-file.ts'

type Cell = string | number | bigint | Buffer | null

/** A file that changes while it is asked is asked again this often. */
const attempts = 3

/**
 * Answers over a SQLite file of the user's, read-only and trusting nothing in its schema. A running statement cannot be
 * interrupted: the engine ends the process instead. Each question meets the file as it is then, replaced or written to.
 */
export function openLiveSession(path: string, tempFolder: string): QuerySession {
  let file: UntouchedFile | undefined
  let last: Promise<unknown> = Promise.resolve()

  const current = async (): Promise<UntouchedFile> => {
    if (file !== undefined) {
      if ((await writingStamp(path)) === file.stamp) return file
      const before = file
      file = undefined
      await before.close()
    }
    file = await openUntouched(path, tempFolder)
    addFunctions(file.database)
    addFormulaFunctions(file.database)
    return file
  }

  const ask = async (text: string, values: readonly SqlValue[]): Promise<Answer> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return select((await current()).database, text, values)
      } catch (error) {
        // A writer that crashed between the look and the question left a journal: the next look sees it.
        const changed = file !== undefined && (await writingStamp(path)) !== file.stamp
        if (!changed || attempt === attempts) throw explainFault(error)
      }
    }
  }

  return {
    run(text, values) {
      const turn = last.then(() => ask(readingOnly(text), values))
      last = turn.catch(() => undefined)
      return turn
    },
    interrupt: () => undefined,
  }
}

type Answer = Awaited<ReturnType<QuerySession['run']>>

function select(database: Database.Database, text: string, values: readonly SqlValue[]): Answer {
  const statement = database.prepare<unknown[], Cell[]>(text)
  if (!statement.readonly || !statement.reader) throw new Error('only SELECT is allowed')
  const names = statement.columns().map((column) => column.name)
  const rows = statement
    .raw(true)
    .safeIntegers(true)
    .all(...values.map(bindable))
  return { rows: rows.length, columns: names.map((name, index) => [name, columnOf(rows, index)]) }
}

const bindable = (value: string | number | boolean | null): string | number | null =>
  typeof value === 'boolean' ? Number(value) : value

/** As the extracts' engine folds: letter by letter, a sigma at the end of a word like any other. */
const foldCase = (text: string): string =>
  text.replaceAll('İ', 'i').toLowerCase().replaceAll('ς', 'σ')

function addFunctions(database: Database.Database): void {
  database.function('sb_fold', { deterministic: true, directOnly: true }, (text: unknown) =>
    typeof text === 'string' ? foldCase(text) : null,
  )
  database.function('sb_pattern', { deterministic: true, directOnly: true }, (text: unknown) =>
    typeof text === 'string' ? textPattern(text) : null,
  )
  database.aggregate('sb_median', {
    directOnly: true,
    start: (): number[] => [],
    step: (list: number[], value: unknown) => {
      const number = typeof value === 'bigint' ? Number(value) : value
      if (typeof number === 'number') list.push(number)
      return list
    },
    result: (list: number[]) => median(list),
  })
  database.aggregate('sb_percentile', {
    directOnly: true,
    start: (): Ranked => ({ list: [], share: 0 }),
    // The driver counts the parameters; its typings know of one.
    step: ((ranked: Ranked, value: unknown, share: unknown) => {
      const number = typeof value === 'bigint' ? Number(value) : value
      if (typeof number === 'number') ranked.list.push(number)
      ranked.share = Number(share)
      return ranked
    }) as (ranked: Ranked) => Ranked,
    result: ({ list, share }: Ranked) => percentile(list, share),
  })
}

interface Ranked {
  readonly list: number[]
  share: number
}

/** Between the two nearest values in proportion, as Excel's PERCENTILE.INC; null of nothing. */
export function percentile(list: readonly number[], share: number): number | null {
  if (list.length === 0) return null
  const sorted = Float64Array.from(list).sort()
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? NaN
  const above = sorted[Math.ceil(place)] ?? NaN
  return below + (above - below) * (place - Math.floor(place))
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
