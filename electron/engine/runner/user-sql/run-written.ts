/**
 * A statement of the user's over extracts of the workspace: looked at, or written as an extract of its own. Runs in a job
 * process, whose end is its cancelling. The engine reads the statement itself first and what it reads is checked by kind;
 * then it runs behind the locked doors, over views of the extracts it names and nothing else.
 */
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { DuckDBResult } from '@duckdb/node-api'
import { sourceLimits } from '../../sources/source-limits.ts'
import { TextPool } from '../../sources/text-pool.ts'
import { keptTexts, tagFields } from '../../sources/typing/tag-fields.ts'
import { duckdb } from '../../sql/dialects/duckdb.ts'
import type { Printed } from '../../sql/printer.ts'
import { printWritten } from '../../sql/printer.ts'
import { answerNames } from '../../sql/user/answer-names.ts'
import { SqlRefused } from '../../sql/user/refused.ts'
import type { UserStatement } from '../../sql/user/statement.ts'
import { placeWritten, readStatement } from '../../sql/user/statement.ts'
import { failedSql, unitsBefore } from '../../sql/user/trouble.ts'
import type { LockedConnection } from '../duckdb/locked-duckdb.ts'
import { closedDoors, openLockedDuckDb, quoteText } from '../duckdb/locked-duckdb.ts'
import type { ImportStep } from '../import/import-order.ts'
import { Spool } from '../import/spool.ts'
import { PreparedRows } from '../prepare/prepared-rows.ts'
import { writeGathered } from '../prepare/run-prepare.ts'
import type { AnswerColumn } from './answer-columns.ts'
import { answerColumn } from './answer-columns.ts'
import { viewStatement } from './offered-views.ts'
import type { SelectTree } from './select-tree.ts'
import { readTree } from './select-tree.ts'
import type { WrittenOrder, WrittenOutcome } from './written-order.ts'

const lookedAt = 100

/** Rejects with AppErrorException (`sql/*`, `dataset/overLimit`); the target may then be left half made. */
export async function runWritten(
  order: WrittenOrder,
  onStep: (step: ImportStep) => void,
): Promise<WrittenOutcome> {
  const statement = readStatement(order.text, order.parameters, 'duckdb')
  const given = printWritten(statement.parts, duckdb)
  const names = new Map(order.offered.flatMap((one) => one.names.map((name) => [name.toLowerCase(), { one, name }] as const))) // prettier-ignore
  const tree = await treeOf(statement, given.text, new Set(names.keys()))
  const read = [...tree.tables].flatMap((name) => names.get(name) ?? [])
  const { memoryLimitMb, tempFolder, threads } = order
  const extracts = [...new Set(read.map(({ one }) => one))]
  const views = read.map(({ one, name }) => viewStatement(one, name, tree))
  const database = await openLockedDuckDb({ extracts, views, memoryLimitMb, tempFolder, threads })
  const connection = await database.connect()
  try {
    const columns = await columnsOf(connection, given)
    const preview = await look(connection, given, columns)
    const used = read.map(({ one, name }) => ({ name, dataset: one.dataset }))
    const { aliases } = tree
    if (order.write === null) return { preview, fields: [], rows: 0, lastDay: null, aliases, used }
    const made = await write({ ...order, ...order.write }, connection, given, columns, onStep)
    return { preview, ...made, aliases, used }
  } catch (error) {
    if (!(error instanceof Error) || isKnown(error)) throw error
    throw failedSql({ message: error.message }, statement)
  } finally {
    connection.close()
    database.close()
  }
}

const isKnown = (error: Error): boolean => 'appError' in error

/** Read by an engine that has nothing open. */
async function treeOf(
  statement: UserStatement,
  given: string,
  offered: ReadonlySet<string>,
): Promise<SelectTree> {
  const instance = await DuckDBInstance.create(':memory:', closedDoors)
  const connection = await instance.connect()
  try {
    const answer = await connection.runAndReadAll(`select json_serialize_sql(${quoteText(given)})`)
    const [[json] = []] = answer.getRowsJson()
    // The function answers with one text.
    const read = JSON.parse(typeof json === 'string' ? json : '{"error":true}') as Serialized
    if (read.error) throw unread(read, given, statement)
    if (read.statements?.length !== 1) throw new SqlRefused('several', 0)
    const tree = readTree(read.statements, offered)
    if (tree.unknown) throw unknownTable(tree.unknown, given, statement)
    return tree
  } catch (error) {
    throw error instanceof SqlRefused ? placed(error, given, statement) : error
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

interface Serialized {
  readonly error: boolean
  readonly error_type?: string
  readonly error_message?: string
  readonly position?: string
  readonly statements?: Parameters<typeof readTree>[0] & readonly unknown[]
}

/** A path is such a name, too: nothing outside is even looked for. */
function unknownTable(
  { name, at }: NonNullable<SelectTree['unknown']>,
  given: string,
  statement: UserStatement,
): Error {
  const message = `Table with name "${name}" does not exist`
  return failedSql({ message, given, at: unitsOf(given, at) }, statement)
}

function unread(read: Serialized, given: string, statement: UserStatement): Error {
  if (read.error_type !== 'parser') return new SqlRefused('notReading', 0)
  // Its parser counts letters, its tree counts bytes.
  const place = Number(read.position ?? NaN)
  const at = Number.isInteger(place) ? unitsBefore(given, place) : undefined
  return failedSql({ message: read.error_message ?? '', given, at }, statement)
}

/** Places in bytes of the statement as given become places in what was written. */
function placed(error: SqlRefused, given: string, statement: UserStatement): SqlRefused {
  const { reason, at, near } = error.appError.details
  const place = typeof at === 'number' ? unitsOf(given, at) : undefined
  const own = place === undefined ? undefined : placeWritten(statement, given, place)
  return new SqlRefused(reason as ConstructorParameters<typeof SqlRefused>[0], own, String(near))
}

const unitsOf = (text: string, bytes: number): number | undefined =>
  Number.isInteger(bytes) ? Buffer.from(text).subarray(0, bytes).toString('utf8').length : undefined

async function columnsOf(connection: LockedConnection, given: Printed): Promise<AnswerColumn[]> {
  const { text, values } = given
  const answer: DuckDBResult = await connection.select(
    `select * from (\n${text}\n) limit 0`,
    values,
  )
  const names = answer.columnNames()
  const types = answer.columnTypes()
  return answerNames(names).flatMap((name, index) => {
    const type = types[index]
    return type === undefined ? [] : [answerColumn(name, index, type)]
  })
}

/** The names of its columns as the engine sees them do not matter from here on. */
function over(given: Printed, columns: readonly AnswerColumn[], list: readonly string[]): string {
  const ids = columns.map(({ id }) => id).join(', ')
  return `select ${list.join(', ')} from (\n${given.text}\n) as p(${ids})`
}

async function look(
  connection: LockedConnection,
  given: Printed,
  columns: readonly AnswerColumn[],
): Promise<WrittenOutcome['preview']> {
  const list = columns.map(({ shown }) => shown)
  const sql = `${over(given, columns, list)} limit ${lookedAt + 1}`
  const found = await (await connection.select(sql, given.values)).getRowsJson()
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: found.slice(0, lookedAt).map((row) => row.map((cell) => (typeof cell === 'string' ? cell.slice(0, 4000) : null))), // prettier-ignore
    more: found.length > lookedAt,
  }
}

async function write(
  order: Omit<WrittenOrder, 'write'> & NonNullable<WrittenOrder['write']>,
  connection: LockedConnection,
  given: Printed,
  columns: readonly AnswerColumn[],
  onStep: (step: ImportStep) => void,
): Promise<Pick<WrittenOutcome, 'fields' | 'rows' | 'lastDay'>> {
  const spool = new Spool(join(order.tempFolder, `spool-${crypto.randomUUID()}`))
  try {
    const pool = new TextPool(sourceLimits.textBytes)
    const parts = { spool, pool, limits: sourceLimits }
    const rows = new PreparedRows(columns, columns.map(() => undefined), parts) // prettier-ignore
    const list = ['0', 'row_number() over ()', ...columns.map(({ stored }) => stored)]
    for await (const chunk of connection.stream(over(given, columns, list), given.values)) {
      rows.take(chunk)
      onStep({ phase: 'reading', rows: rows.rows })
    }
    rows.finish()
    const sources = [{ name: 'SQL', part: null, kind: 'sql', rows: rows.rows }]
    const made = await writeGathered(order, parts, { rows, columns, sources }, onStep)
    const textsOf = (index: number): string[] =>
      rows.profiles[index]?.firstTexts(pool, keptTexts) ?? []
    return { ...made, fields: tagFields(made.fields, made.rows, textsOf) }
  } finally {
    spool.close()
  }
}
