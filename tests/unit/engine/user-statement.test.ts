import { expect, test } from 'vitest'
import type { SqlParameter } from '../../../shared/data/sql-words.ts'
import { AppErrorException } from '../../../shared/errors.ts'
import { clickhouse } from '../../../electron/engine/sql/dialects/clickhouse.ts'
import { duckdb } from '../../../electron/engine/sql/dialects/duckdb.ts'
import { postgres } from '../../../electron/engine/sql/dialects/postgres.ts'
import { sqlite } from '../../../electron/engine/sql/dialects/sqlite.ts'
import { column, select } from '../../../electron/engine/sql/nodes.ts'
import type { Dialect } from '../../../electron/engine/sql/printer.ts'
import { print, printWritten } from '../../../electron/engine/sql/printer.ts'
import { placeWritten, readStatement } from '../../../electron/engine/sql/user/statement.ts'
import type { SqlKind } from '../../../electron/engine/sql/user/tokens.ts'
import { callsIn, refusePostgresCalls } from '../../../electron/engine/sql/user/refuse-calls.ts'

const parameters: readonly SqlParameter[] = [
  { name: 'text', type: 'text', value: "'; drop table x; --" },
  { name: 'number', type: 'number', value: '-12.50' },
  { name: 'day', type: 'date', value: '2024-02-29' },
  { name: '是', type: 'boolean', value: 'true' },
]
const dialects: Readonly<Record<SqlKind, Dialect>> = {
  ...{ duckdb, sqlite, postgres: postgres([]), clickhouse: clickhouse(['boundValues']) },
}
const kinds = ['duckdb', 'sqlite', 'postgres', 'clickhouse'] as const

test.each(kinds)('values are bound and never part of the text: %s', (kind) => {
  const { parts } = readStatement('select :text, :number, :day, :是, :text', parameters, kind)
  const { text, values } = printWritten(parts, dialects[kind])
  expect(text).not.toMatch(/drop|12\.50|2024/)
  expect(new Set(values)).toEqual(new Set(["'; drop table x; --", '-12.50', '2024-02-29', true]))
})

test.each([
  ['select \':text\', ":text" -- :text', 'duckdb'],
  ["select ':text' /* :text */, a::text", 'postgres'],
  ["select E'\\':text', 1", 'postgres'],
  ["select '\\':text'", 'clickhouse'],
  ['select `:text`, [:text]', 'sqlite'],
  ["select 'a'':text'", 'sqlite'],
] as const)('what stands in quotes, comments and casts is no parameter: %s', (text, kind) => {
  expect(readStatement(text, parameters, kind).parts).toEqual([text.replace(/ -- :text$/, '')])
})

test('a backslash ends no text where it is a sign like any other', () => {
  const { parts } = readStatement("select '\\', :text, '\\'", parameters, 'postgres')
  expect(parts).toHaveLength(3)
})

function reason(text: string, kind: SqlKind, given = parameters): unknown {
  try {
    readStatement(text, given, kind)
    return 'read'
  } catch (error) {
    return error instanceof AppErrorException ? error.appError.details['reason'] : error
  }
}

test.each([
  ['select 1;', 'read'],
  ['(select 1) union all (select 2)', 'read'],
  ['values (1)', 'read'],
  ['', 'notReading'],
  ['-- nothing', 'notReading'],
  ['select 1;\u0000', 'sign'],
  ['select 1; -- a\n select 2', 'several'],
  ['select [1)', 'unclosed'],
  ['select 1 -- ) as t; drop table x', 'read'],
] as const)('one statement that reads, or none: %j is %s', (text, found) => {
  for (const kind of kinds) expect([kind, reason(text, kind)]).toEqual([kind, kind === 'sqlite' && text === 'select [1)' ? 'unclosed' : found]) // prettier-ignore
})

test.each(kinds)('wide letters begin no statement: %s', (kind) => {
  expect(reason('ｓｅｌｅｃｔ 1', kind)).toBe(kind === 'clickhouse' ? 'sign' : 'notReading')
})

test.each([
  ['number', '1; drop'],
  ['number', '1e400'],
  ['number', ''],
  ['date', '2025-02-29'],
  ['date', "2025-01-01'"],
  ['boolean', 'yes'],
] as const)('a value that does not suit its type is refused: %s %j', (type, value) => {
  expect(reason('select :a', 'duckdb', [{ name: 'a', type, value }])).toBe('badValue')
})

test('it is read as a table in brackets of its own, its values in the order of the text', () => {
  const { parts } = readStatement('select 1 as a where 1 = :number -- end', parameters, 'sqlite')
  const node = select({
    columns: [{ expr: column('t', 'a'), as: 'a' }],
    from: { kind: 'written', parts, hash: 'known' },
    as: 't',
    where: { kind: 'param', value: 'last' },
  })
  expect(print(node, sqlite)).toEqual({
    text: 'select "t"."a" as "a" from (\nselect 1 as a where 1 = cast(? as numeric)\n) as "t" where ?',
    values: ['-12.50', 'last'],
    written: ['known'],
  })
})

test('a place an engine names is found again in what was written, behind values of any length', () => {
  const written = 'select :number, nothing from t'
  const statement = readStatement(written, parameters, 'duckdb')
  const given = `select * from (\n${printWritten(statement.parts, duckdb).text}\n)`
  const place = (at: number) => placeWritten(statement, given, at, given.indexOf('(\n') + 2)
  expect(place(given.indexOf('nothing'))).toBe(written.indexOf('nothing'))
  expect(place(3)).toBeUndefined()
  expect(place(given.length)).toBeUndefined()
})

test('every way to write a call is seen', () => {
  const { tokens } = readStatement('select PG_sleep /* */ (1), "lo_Create"(2), a.b(3), (4)', [], 'postgres') // prettier-ignore
  expect(callsIn(tokens).map(({ name }) => name)).toEqual(['select', 'pg_sleep', 'lo_Create', 'b'].slice(1)) // prettier-ignore
})

test.each([
  // PostgreSQL and DuckDB end a line at a carriage return, others do not.
  ['select 1 -- \r, pg_sleep(9)', 'duckdb'],
  ['select 1 -- \r, pg_sleep(9)', 'postgres'],
  ['select 1 -- \r, load_extension(9)', 'sqlite'],
  ['select 1 -- \r, sleep(3)', 'clickhouse'],
  // A text goes on in the next line under the rules it began with.
  ["select e'a'\n'\\'', pg_sleep(9), ' --'", 'postgres'],
  ["select e'a' -- b\n'\\'', pg_sleep(9), ' --'", 'postgres'],
  ["select e'a'\n'\\'', pg_sleep(9), ' --'", 'duckdb'],
  // Typographic quotes are quotes to newer servers.
  ["select \u2018'\u2019, sleep(3), \u2018'\u2019", 'clickhouse'],
  ['select * from \u201Curl\u201D(1)', 'clickhouse'],
  // Signs without width end a word there.
  ['select * from url\u200b(1)', 'clickhouse'],
  ['select * from url\u180e(1)', 'clickhouse'],
  // Letters of a name by their numbers.
  ['select * from "u\\x72l"(1)', 'clickhouse'],
  ['select * from `u\\x72l`(1)', 'clickhouse'],
] as const)(
  'what an engine would read otherwise than it is checked is refused: %j',
  (text, kind) => {
    expect(reason(text, kind)).toBe('sign')
  },
)

test.each([
  ['select 1 -- one\r\n, 2\r\n', 'postgres'],
  ["select 'a'\n'b', e'c'", 'postgres'],
  ["select 'a'\n'\\', :text", 'postgres'],
  ["select '\u201Ca\u201D'", 'clickhouse'],
  ['select `门\u3000店`, "a\\\\b", \'a\\x41\' -- 门店', 'clickhouse'],
] as const)('and what all read alike is not: %j', (text, kind) => {
  expect(reason(text, kind)).toBe('read')
})

test.each(['\u3000', '\u00a0', '\u2003', '\ufeff'])(
  'a call behind a wide space is seen: %j',
  (space) => {
    const { tokens } = readStatement(`select * from url${space}(1) settings${space}a = 1`, [], 'clickhouse') // prettier-ignore
    expect(callsIn(tokens).map(({ name }) => name)).toEqual(['url'])
    expect(tokens.map(({ text }) => text)).toContain('settings')
  },
)

test.each(['crosstab', 'connectby', 'xpath_table'])(
  'a function that runs a statement out of a text is refused, whatever the server says of it: %s',
  async (name) => {
    const { tokens } = readStatement(`select * from ${name}('select 1')`, [], 'postgres')
    await expect(refusePostgresCalls(tokens, () => Promise.resolve([]))).rejects.toMatchObject({
      appError: { details: { reason: 'notAllowed', near: name } },
    })
  },
)
