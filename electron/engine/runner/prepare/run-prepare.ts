/** The recipe of a dataset over its extract as imported, written as a second extract. Runs in a job process. */
import { join } from 'node:path'
import { mainDateField } from '../../../../shared/data/main-date.ts'
import { flushFile } from '../../flush-file.ts'
import { compileRecipe } from '../../preparation/compile-recipe.ts'
import type { Stage, StageColumn } from '../../preparation/stage.ts'
import { previous, sourceOrder } from '../../preparation/stage.ts'
import { sourceIdColumn, sourceRowColumn } from '../../extracts/extract-columns.ts'
import { cellKind } from '../../sources/cell-kinds.ts'
import { sourceLimits } from '../../sources/source-limits.ts'
import { TextPool } from '../../sources/text-pool.ts'
import type { ColumnProfile } from '../../sources/typing/column-profile.ts'
import type { TypeDecision } from '../../sources/typing/type-decision.ts'
import { duckdb } from '../../sql/dialects/duckdb.ts'
import { column, select } from '../../sql/nodes.ts'
import type { Select } from '../../sql/nodes.ts'
import { print } from '../../sql/printer.ts'
import type { LockedConnection } from '../duckdb/locked-duckdb.ts'
import { openLockedDuckDb } from '../duckdb/locked-duckdb.ts'
import type { ExtractSource } from '../duckdb/extract-writer.ts'
import type { ImportStep } from '../import/import-order.ts'
import { Spool } from '../import/spool.ts'
import { columnPlan } from '../import/plan-columns.ts'
import type { PlannedColumn } from '../import/plan-columns.ts'
import { writeExtract } from '../import/write-extract.ts'
import type { PrepareOrder, PrepareOutcome } from './prepare-order.ts'
import { PreparedRows, storedExpr } from './prepared-rows.ts'

const alias = 'imported'

/** Rejects with AppErrorException for expected trouble; the target may then be left half made for the owner to delete. */
export async function runPrepare(
  order: PrepareOrder,
  onStep: (step: ImportStep) => void,
): Promise<PrepareOutcome> {
  const spool = new Spool(join(order.tempFolder, `spool-${crypto.randomUUID()}`))
  try {
    const pool = new TextPool(sourceLimits.textBytes)
    return await writeGathered(
      order,
      { spool, pool },
      await gather(order, spool, pool, onStep),
      onStep,
    )
  } finally {
    spool.close()
  }
}

type WriteOrder = Pick<
  PrepareOrder,
  'datasetId' | 'version' | 'target' | 'tempFolder' | 'memoryLimitMb' | 'threads'
>

/** Writes and flushes the extract of what was gathered. */
export async function writeGathered(
  order: WriteOrder,
  { spool, pool }: { readonly spool: Spool; readonly pool: TextPool },
  { rows, columns, sources }: Gathered,
  onStep: (step: ImportStep) => void,
): Promise<PrepareOutcome> {
  const written = await writeExtract({
    ...{ target: order.target, spool, pool, options: order },
    columns: columns.map((one, index) => {
      const all = { rows: rows.rows, expected: rows.rows, spool }
      return columnPlan(planned(one, index, rows.profiles), all)
    }),
    end: {
      sources,
      info: { dataset: order.datasetId, version: String(order.version), prepared: 'true' },
    },
    progress: (done) => {
      const fraction = 0.72 + (0.26 * done) / Math.max(1, rows.rows)
      onStep({ phase: 'writing', rows: done, fraction })
    },
  })
  onStep({ phase: 'committing', rows: rows.rows, fraction: 0.99 })
  await flushFile(order.target)
  const fields = written.map(({ field }) => field)
  const lastDay = mainDateField(fields)?.max?.slice(0, 10) ?? null
  return { fields, rows: rows.rows, lastDay }
}

export interface Gathered {
  readonly rows: PreparedRows
  readonly columns: readonly StageColumn[]
  readonly sources: readonly ExtractSource[]
}

async function gather(
  order: PrepareOrder,
  spool: Spool,
  pool: TextPool,
  onStep: (step: ImportStep) => void,
): Promise<Gathered> {
  const { imported: path, tempFolder, memoryLimitMb, threads } = order
  const others = order.lookups.map((one) => ({ alias: one.alias, path: one.path }))
  const extracts = [{ alias, path }, ...others]
  const database = await openLockedDuckDb({ extracts, memoryLimitMb, tempFolder, threads })
  const connection = await database.connect()
  try {
    const classSet = (id: string, version: number) =>
      order.classSets.find((set) => set.id === id && set.version === version)?.classes
    const context = { lastDay: order.lastDay, classSet, lookups: order.lookups }
    const { last } = compileRecipe(order.recipe, order.fields, alias, context)
    const places: (number[] | undefined)[] = []
    for (const one of last.columns) places.push(await textPlaces(connection, one, pool))
    const rows = new PreparedRows(last.columns, places, { spool, pool, limits: sourceLimits })
    const { text, values } = print(finalSelect(last), duckdb)
    for await (const chunk of connection.stream(text, values)) {
      rows.take(chunk)
      const fraction = Math.min(0.7, (0.7 * rows.rows) / Math.max(1, order.rows))
      onStep({ phase: 'reading', rows: rows.rows, fraction })
    }
    rows.finish()
    return { rows, columns: last.columns, sources: await sourcesOf(connection, rows.bySource) }
  } finally {
    connection.close()
    database.close()
  }
}

function finalSelect(stage: Stage): Select {
  return select({
    with: stage.selects,
    columns: [
      { expr: column(previous, sourceIdColumn), as: 'source' },
      { expr: column(previous, sourceRowColumn), as: 'line' },
      ...stage.columns.map((one, index) => ({ expr: storedExpr(one), as: `f${index}` })),
    ],
    from: { kind: 'named', name: stage.name },
    as: previous,
    orderBy: sourceOrder(stage, previous),
  })
}

/** Where the pool has the texts a column's codes stand for; undefined for a column that holds no codes. */
async function textPlaces(
  connection: LockedConnection,
  { dictionary }: StageColumn,
  pool: TextPool,
): Promise<number[] | undefined> {
  if (dictionary === undefined) return undefined
  const texts = select({
    columns: [{ expr: column('d', 'value'), as: 'value' }],
    from: dictionary,
    as: 'd',
    orderBy: [{ by: column('d', 'code'), descending: false }],
  })
  const result = await connection.select(print(texts, duckdb).text)
  return (await result.getColumnsJson())[0]?.map((text) => pool.add(textOf(text))) ?? []
}

/** The sources as imported, with the rows that are left of each. */
async function sourcesOf(
  connection: LockedConnection,
  bySource: ReadonlyMap<number, number>,
): Promise<ExtractSource[]> {
  const result = await connection.select(
    `select source_id, name, part, kind from ${alias}.sources order by source_id`,
  )
  return (await result.getRowsJson()).map(([id, name, part, kind]) => ({
    name: textOf(name),
    part: part === null ? null : textOf(part),
    kind: textOf(kind),
    rows: bySource.get(Number(id)) ?? 0,
  }))
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const maxInt32 = 2_147_483_647

/** The type is the recipe's; only how wide its numbers are is seen from them. */
function planned(
  one: StageColumn,
  spooled: number,
  profiles: readonly ColumnProfile[],
): PlannedColumn {
  const profile = profiles[spooled]
  if (profile === undefined) throw new Error(`column ${spooled} has no profile`)
  const { name, role, scale, sign } = one
  // Whole numbers no double holds come as texts: as decimals without places they keep every digit.
  const isLong = one.type === 'integer' && profile.count(cellKind.text) > 0
  const type = isLong ? 'decimal' : one.type
  const most = type === 'integer' ? maxInt32 : Number.MAX_SAFE_INTEGER
  const isNumber = type === 'integer' || type === 'decimal'
  const wide = isNumber && (profile.count(cellKind.text) > 0 || profile.largestScaled(scale) > most)
  const decision: TypeDecision = {
    ...{ type, role, scale, wide, sign: sign ?? '' },
    ...{ dateForms: [], zone: undefined, serials: false, numberForm: 'point', warnings: [] },
  }
  return { name, spooled, decision, profile }
}
