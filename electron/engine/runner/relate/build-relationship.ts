/** Measures a relationship over two extracts and writes its map file (see extracts/CONTEXT.md). */
import type { DuckDBConnection } from '@duckdb/node-api'
import { extractFormat, mapKey } from '../../extracts/extract-columns.ts'
import { flushFile } from '../../flush-file.ts'
import { openForWriting } from '../duckdb/extract-writer.ts'
import { trimmedKey } from '../../sql/dialects/duckdb-prepare.ts'
import { quoteText } from '../duckdb/locked-duckdb.ts'
import type { Key } from './key-sql.ts'
import { keyedRows, keyOf, rowsOf, shownText, textOf } from './key-sql.ts'
import type { RelateJobOrder, RelateOutcome, RelateSide } from './relate-order.ts'

const shownExamples = 5
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
  const many = await keyOf(connection, 'many', order.from.fields)
  const one = await keyOf(connection, 'one', order.to.fields)
  await connection.run(`create temp table one_keys as ${oneKeys(one)}`)
  const texts = one.parts.map((_part, index) => `key${index}`).join(', ')
  const duplicates = await rowsOf(
    connection,
    `select ${shownText(one, (index) => `key${index}`)}, count(*) as n from one_keys group by ${texts}
     having count(*) > 1 order by n desc, 1`,
  )
  if (duplicates.length > 0) {
    const examples = duplicates.slice(0, shownExamples).map(([key]) => String(key))
    return { kind: 'duplicateKey', count: duplicates.length, examples }
  }
  const found = many.parts.map((_part, index) => `o.key${index} = m.key${index}`).join(' and ')
  const kept = many.parts.map((_part, index) => `m.${mapKey(index)}`).join(', ')
  await connection.run(
    `create table map as select ${kept}, o.row_id::integer as to_row_id
     from (${manyKeys(many)}) m join one_keys o on ${found}`,
  )
  await connection.run('drop table one_keys')
  await writeInfo(connection, order.info)
  return measure(connection, many)
}

/** Different keys of the many side as stored, beside their texts. */
function manyKeys(key: Key): string {
  const [only, second] = key.parts
  if (second === undefined && only?.dictionary !== undefined) {
    return `select code as ${mapKey(0)}, ${trimmedKey('value')} as key0 from ${only.dictionary}`
  }
  const columns = key.parts.map(({ column }) => column).join(', ')
  const texts = key.parts.map((part, index) => `${textOf(part, index)} as key${index}`)
  const stored = key.parts.map(({ column }, index) => `r.${column} as ${mapKey(index)}`)
  return `select ${[...stored, ...texts].join(', ')}
    from ${keyedRows(key, `(select distinct ${columns} from ${key.alias}.rows)`)}`
}

/** Every row of the one side that has a key. */
function oneKeys(key: Key): string {
  const texts = key.parts.map((part, index) => `${textOf(part, index)} as key${index}`)
  return `select r.row_id, ${texts.join(', ')} from ${keyedRows(key)}`
}

async function measure(connection: DuckDBConnection, many: Key): Promise<RelateOutcome> {
  const met = many.parts
    .map(({ column }, index) => `m.${mapKey(index)} = r.${column}`)
    .join(' and ')
  const columns = many.parts.map(({ column }) => `r.${column}`).join(', ')
  const keys = `select ${columns}, count(*) as n, bool_or(m.to_row_id is not null) as met
    from many.rows r left join map m on ${met} group by ${columns}`
  await connection.run(`create temp table many_keys as ${keys}`)
  const filled = many.parts.map(({ column }) => `${column} is not null`).join(' and ')
  const [counts] = await rowsOf(
    connection,
    `select coalesce(sum(n) filter (where ${filled} and not met), 0)::bigint,
     coalesce(sum(n) filter (where not (${filled})), 0)::bigint from many_keys`,
  )
  const shown = shownText(many, (index) => {
    const part = many.parts[index]
    return part?.dictionary === undefined ? `r.${part?.column ?? ''}::varchar` : `d${index}.value`
  })
  const listed = keyedRows(many, 'many_keys')
  const examples = await rowsOf(
    connection,
    `select distinct ${shown} as key from ${listed} and not r.met order by 1 limit ${shownExamples}`,
  )
  const [most] = await rowsOf(
    connection,
    `select r.n, ${shown} as key from ${listed} and r.met order by 1 desc, 2 limit 1`,
  )
  await connection.run('drop table many_keys')
  return {
    kind: 'made',
    orphans: Number(counts?.[0] ?? 0),
    blanks: Number(counts?.[1] ?? 0),
    orphanExamples: examples.map(([key]) => String(key)),
    most: Number(most?.[0] ?? 0),
    mostExample: most === undefined ? '' : String(most[1]),
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
