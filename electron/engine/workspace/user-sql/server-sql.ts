/** A statement of the user's over a server: checked with the server, looked at, and described for a live dataset. */
import type { SqlPreview } from '../../../../shared/data/sql-words.ts'
import type { RawAnswer, RawColumn } from '../../query/query-runner.ts'
import { column, select } from '../../sql/nodes.ts'
import type { Table } from '../../sql/nodes.ts'
import { print, printWritten, quoteIdentifier } from '../../sql/printer.ts'
import { answerNames } from '../../sql/user/answer-names.ts'
import { refuseClickHouseCalls, refusePostgresCalls } from '../../sql/user/refuse-calls.ts'
import { SqlRefused } from '../../sql/user/refused.ts'
import type { UserStatement } from '../../sql/user/statement.ts'
import { readStatement } from '../../sql/user/statement.ts'
import { explainedSql } from '../../sql/user/trouble.ts'
import type { DescribedTable, Known } from '../connections/describe-server.ts'
import { describeRows, dialectOf } from '../connections/describe-server.ts'
import type { ServerColumn } from '../connections/server-columns.ts'
import { columnType } from '../connections/server-columns.ts'
import { typedAndTold } from '../../sources/typing/told-columns.ts'
import type { AskServer } from '../connections/server-facts.ts'
import { cellOf } from '../connections/server-facts.ts'
import type { Written } from './written-source.ts'

const lookedAt = 100

/** Runs under the eyes of the one who wrote it. */
const marked = ['preview']

interface Read {
  readonly statement: UserStatement
  readonly columns: readonly ServerColumn[]
  readonly from: Table
}

/** Rejects with AppErrorException: `sql/*`, or whatever keeps the server from answering. */
async function read(known: Known, written: Written, ask: AskServer): Promise<Read> {
  const { kind } = known.settings
  const statement = readStatement(written.text, written.parameters, kind)
  const names = async (text: string, values: readonly (string | number | boolean | null)[]) =>
    listOf(await ask(text, values))
  const refuse = kind === 'postgres' ? refusePostgresCalls : refuseClickHouseCalls
  await refuse(statement.tokens, names)
  const { text, values } = printWritten(statement.parts, dialectOf(known))
  const run = async (given: string): Promise<RawAnswer> => {
    try {
      return await ask(given, values, marked)
    } catch (error) {
      throw explainedSql(error, given, statement)
    }
  }
  const columns = kind === 'postgres' ? await postgresColumns(text, run) : await clickhouseColumns(text, run) // prettier-ignore
  answerNames(columns.map(({ name }) => name))
  return { statement, columns, from: { kind: 'written', parts: statement.parts, hash: marked[0] ?? '' } } // prettier-ignore
}

type Run = (given: string) => Promise<RawAnswer>

/** Of an answer without rows as well: what stands on the other side of the join is always one row. */
async function postgresColumns(text: string, run: Run): Promise<ServerColumn[]> {
  const answer = await run(`select * from (\n${text}\n) as t limit 0`)
  const names = [...answer.columns.keys()]
  if (names.length === 0) throw new SqlRefused('noColumns')
  const types = names.map((name, index) => `pg_typeof(t.${quoteIdentifier(name)})::text as "c${index}"`) // prettier-ignore
  const one = '(select 1 as one) as x'
  const told = await run(`select ${types.join(', ')} from ${one} left join (\n${text}\n) as t on true limit 1`) // prettier-ignore
  return names.map((name, index) => ({ name, type: cellOf(told, `c${index}`) }))
}

async function clickhouseColumns(text: string, run: Run): Promise<ServerColumn[]> {
  const told = await run(`describe table (\n${text}\n)`)
  return Array.from({ length: told.rows }, (_, row) => ({
    name: cellOf(told, 'name', row),
    type: cellOf(told, 'type', row),
  }))
}

const listOf = (answer: RawAnswer): string[] =>
  Array.from({ length: answer.rows }, (_, row) => cellOf(answer, 'name', row))

export async function lookAtServer(
  known: Known,
  written: Written,
  ask: AskServer,
): Promise<SqlPreview> {
  const { statement, columns, from } = await read(known, written, ask)
  const usable = columns.flatMap((one) => {
    const declared = columnType(known.settings.kind, one)
    return declared ? [{ name: one.name, type: typedAndTold(one.name, declared).type, raw: declared.type }] : [] // prettier-ignore
  })
  if (usable.length === 0) throw new SqlRefused('noColumns')
  const node = select({
    columns: usable.map(({ name }, index) => ({ expr: column('t', name), as: `c${index}` })),
    ...{ from, as: 't', limit: lookedAt + 1 },
  })
  const { text, values } = print(node, dialectOf(known))
  const answer = await ask(text, values, marked).catch((error: unknown) => {
    throw explainedSql(error, text, statement)
  })
  const rows = Array.from({ length: Math.min(lookedAt, answer.rows) }, (_, row) =>
    usable.map(({ raw }, index) => shown(answer.columns.get(`c${index}`), row, raw === 'boolean')),
  )
  return {
    ...{ columns: usable.map(({ name, type }) => ({ name, type })), rows },
    more: answer.rows > lookedAt,
  }
}

function shown(of: RawColumn | undefined, row: number, isBoolean: boolean): string | null {
  const value = of?.values[row]
  if (value === null || value === undefined || Number.isNaN(value)) return null
  return isBoolean ? String(value === 1) : String(value).slice(0, 4000)
}

export async function describeServerSql(
  known: Known,
  written: Written,
  ask: AskServer,
): Promise<DescribedTable> {
  const { statement, columns, from } = await read(known, written, ask)
  const described = await describeRows(known, from, columns, ask).catch((error: unknown) => {
    throw explainedSql(error, '', statement)
  })
  if (!described) throw new SqlRefused('noColumns')
  return described
}
