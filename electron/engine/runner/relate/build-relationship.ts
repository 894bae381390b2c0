/** Measures a relationship over two extracts and writes its map file (see extracts/CONTEXT.md). */
import type { DuckDBConnection } from '@duckdb/node-api'
import type { ExtractShape } from '../../extracts/extract-columns.ts'
import {
  columnName,
  dictionaryTable,
  extractFormat,
  sqlTypeOf,
} from '../../extracts/extract-columns.ts'
import { flushFile } from '../../flush-file.ts'
import { openForWriting } from '../duckdb/extract-writer.ts'
import { quoteText } from '../duckdb/locked-duckdb.ts'
import type { RelateJobOrder, RelateOutcome, RelateSide } from './relate-order.ts'

const shownExamples = 5
/** Plain `trim` takes spaces alone: a tab or a line's end beside a code would part it from its like. */
const whiteSpace =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'
const trimmed = (text: string): string => `trim(${text}, ${quoteText(whiteSpace)})`

/** Keys are compared as text trimmed of white-space, so a code kept as text meets the same code kept as a number. */
export async function buildRelationship(order: RelateJobOrder): Promise<RelateOutcome> {
  const { instance, connection } = await openForWriting(order.target, {
    memoryLimitMb: order.memoryLimitMb,
    tempFolder: order.tempFolder,
    threads: 1,
  })
  try {
    await attach(connection, 'many', order.from)
    await attach(connection, 'one', order.to)
    const outcome = await relate(connection, order)
    await connection.run('detach many')
    await connection.run('detach one')
    await connection.run('checkpoint')
    return await finish(outcome, order.target)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** The file is flushed even when refused: its owner deletes it either way. */
async function finish(outcome: RelateOutcome, target: string): Promise<RelateOutcome> {
  if (outcome.kind === 'made') await flushFile(target)
  return outcome
}

async function attach(
  connection: DuckDBConnection,
  alias: string,
  side: RelateSide,
): Promise<void> {
  await connection.run(`attach ${quoteText(side.path)} as ${alias} (read_only)`)
}

async function relate(connection: DuckDBConnection, order: RelateJobOrder): Promise<RelateOutcome> {
  const many = await keyOf(connection, 'many', order.from.field)
  const one = await keyOf(connection, 'one', order.to.field)
  const duplicates = await rowsOf(
    connection,
    `select key, count(*) as n from (${oneKeys(one)}) group by key having count(*) > 1 order by n desc, key`,
  )
  if (duplicates.length > 0) {
    const examples = duplicates.slice(0, shownExamples).map(([key]) => String(key))
    return { kind: 'duplicateKey', count: duplicates.length, examples }
  }
  await connection.run(
    `create table map as select m.from_key, o.row_id::integer as to_row_id
     from (${manyKeys(many)}) m join (${oneKeys(one)}) o on o.key = m.key`,
  )
  await writeInfo(connection, order.info)
  return measure(connection, many)
}

interface Key {
  readonly alias: string
  readonly column: string
  readonly type: string
  /** The dictionary table when the key is coded text. */
  readonly dictionary: string | undefined
}

async function keyOf(connection: DuckDBConnection, alias: string, field: number): Promise<Key> {
  const [row] = await rowsOf(
    connection,
    `select type, scale, coded, wide from ${alias}.fields where i = ${field}`,
  )
  if (row === undefined) throw new Error(`field ${field} is not in the extract`)
  const [type, scale, coded, wide] = row
  // Written by our own writer from this very type.
  const shape = { type, scale: Number(scale), coded, wide } as ExtractShape
  return {
    alias,
    column: columnName(field),
    type: sqlTypeOf(shape),
    dictionary: shape.coded ? `${alias}.${dictionaryTable(field)}` : undefined,
  }
}

/** Different keys of the many side as stored, beside their text. */
function manyKeys(key: Key): string {
  if (key.dictionary !== undefined) {
    return `select code as from_key, ${trimmed('value')} as key from ${key.dictionary}`
  }
  return `select distinct ${key.column} as from_key, ${trimmed(`${key.column}::varchar`)} as key
    from ${key.alias}.rows where ${key.column} is not null`
}

/** Every row of the one side that has a key. */
function oneKeys(key: Key): string {
  if (key.dictionary !== undefined) {
    return `select row_id, ${trimmed('d.value')} as key from ${key.alias}.rows r join ${key.dictionary} d on d.code = r.${key.column}`
  }
  return `select row_id, ${trimmed(`${key.column}::varchar`)} as key from ${key.alias}.rows where ${key.column} is not null`
}

async function measure(connection: DuckDBConnection, many: Key): Promise<RelateOutcome> {
  const lonely = `from many.rows r where r.${many.column} is not null
    and not exists (select 1 from map m where m.from_key = r.${many.column})`
  const [counts] = await rowsOf(
    connection,
    `select (select count(*) ${lonely}), (select count(*) from many.rows where ${many.column} is null)`,
  )
  const shown =
    many.dictionary === undefined
      ? `select distinct r.${many.column}::varchar as key ${lonely}`
      : `select distinct (select value from ${many.dictionary} d where d.code = r.${many.column}) as key ${lonely}`
  const examples = await rowsOf(connection, `${shown} order by 1 limit ${shownExamples}`)
  return {
    kind: 'made',
    orphans: Number(counts?.[0] ?? 0),
    blanks: Number(counts?.[1] ?? 0),
    orphanExamples: examples.map(([key]) => String(key)),
  }
}

async function writeInfo(
  connection: DuckDBConnection,
  info: Readonly<Record<string, string>>,
): Promise<void> {
  await connection.run('create table info (key varchar, value varchar)')
  for (const [key, value] of Object.entries({ ...info, format: String(extractFormat) })) {
    await connection.run('insert into info values ($1, $2)', [key, value])
  }
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<unknown[][]> {
  return (await connection.run(sql)).getRowsJson()
}
