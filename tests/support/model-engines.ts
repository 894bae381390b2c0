/** Engines with several related datasets, made by the product's own writer and relationship job. */
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { parseIsoDay } from '../../shared/data/calendar-day.ts'
import type { Field } from '../../shared/data/field.ts'
import type {
  QueryCatalog,
  QueryDataset,
  QueryRelation,
} from '../../electron/engine/query/query-catalog.ts'
import { openExtractSession } from '../../electron/engine/runner/duckdb/extract-session.ts'
import { buildRelationship } from '../../electron/engine/runner/relate/build-relationship.ts'
import { openLiveSession } from '../../electron/engine/runner/sqlite/live-session.ts'
import { quoteIdentifier } from '../../electron/engine/sql/printer.ts'
import { buildExtract } from './build-extract.ts'
import type { TestedEngine } from './query-engines.ts'
import { engine, sessionRunner, sqliteValue } from './query-engines.ts'
import type { Row } from './reference-pivot.ts'

export interface ModelTable {
  readonly name: string
  readonly fields: readonly Field[]
  readonly rows: readonly Row[]
}

export interface ModelLink {
  readonly from: string
  readonly fromFields: readonly string[]
  readonly to: string
  readonly toFields: readonly string[]
}

export interface Model {
  readonly tables: readonly ModelTable[]
  readonly links: readonly ModelLink[]
}

const idOf = (name: string): string => `ds_${name}00`
let made = 0

export async function extractModel(
  folder: string,
  { tables, links }: Model,
): Promise<TestedEngine> {
  const stamp = `${process.pid}_${made++}`
  const datasets: QueryDataset[] = []
  for (const { name, fields, rows } of tables) {
    const path = join(folder, `${name}-${stamp}.duckdb`)
    const values = rows.map((row) => fields.map((field) => row[field.name] ?? null))
    const built = await buildExtract(path, fields, values)
    datasets.push({
      ...described(name, rows.length),
      fields: built.fields.map((field, index) => ({ ...field, index })),
      storage: { kind: 'extract', alias: `${name}_${stamp}`, path },
    })
  }
  const relations: QueryRelation[] = []
  for (const [index, link] of links.entries()) {
    const alias = `map_${index}_${stamp}`
    const path = join(folder, `${alias}.duckdb`)
    const place = (name: string, keys: readonly string[]) => {
      const dataset = datasets.find((one) => one.name === name)!
      return {
        path: dataset.storage.path,
        fields: keys.map((key) => dataset.fields.findIndex((field) => field.name === key)),
      }
    }
    const outcome = await buildRelationship({
      from: place(link.from, link.fromFields),
      to: place(link.to, link.toFields),
      ...{ target: path, tempFolder: folder, memoryLimitMb: 256, info: {} },
    })
    if (outcome.kind !== 'made') throw new Error(`${link.to} repeats its key`)
    const most = { rows: outcome.most, key: outcome.mostExample }
    relations.push({ ...relation(link, index), most, map: { alias, path } })
  }
  const session = await openExtractSession({
    kind: 'openExtracts',
    extracts: [
      ...datasets.map(({ storage }) => ({
        alias: storage.kind === 'extract' ? storage.alias : '',
        path: storage.path,
      })),
      ...relations.flatMap(({ map }) => map ?? []),
    ],
    memoryLimitMb: 512,
    tempFolder: folder,
    threads: 2,
  })
  const runner = sessionRunner(session)
  return engine('extract', { datasets, relations }, runner)
}

/** All tables in one SQLite file; the engine joins on the keys themselves. */
export function liveModel(folder: string, { tables, links }: Model): TestedEngine {
  const path = join(folder, `model-${process.pid}-${made++}.sqlite`)
  const database = new Database(path)
  const kinds: Record<string, string> = { integer: 'integer', decimal: 'real', double: 'real' }
  for (const { name, fields, rows } of tables) {
    const columns = fields.map(
      (field) => `${quoteIdentifier(field.name)} ${kinds[field.type] ?? 'text'}`,
    )
    database.exec(`create table ${quoteIdentifier(name)} (${columns.join(', ')})`)
    const insert = database.prepare(
      `insert into ${quoteIdentifier(name)} values (${fields.map(() => '?').join(', ')})`,
    )
    for (const row of rows) {
      insert.run(...fields.map((field) => sqliteValue(row[field.name] ?? null)))
    }
  }
  database.close()
  const session = openLiveSession(path, folder)
  const runner = sessionRunner(session)
  const catalog: QueryCatalog = {
    datasets: tables.map(({ name, fields, rows }) => ({
      ...described(name, rows.length),
      fields: fields.map((field, index) => ({
        ...{ ...field, index, scale: field.scale ?? 0 },
        ...{ coded: false, wide: false, distinct: -1 },
      })),
      storage: { kind: 'live', path, table: name },
    })),
    relations: links.map((link, index) => ({ ...relation(link, index), map: null })),
  }
  return engine('sqlite', catalog, runner)
}

const relation = (link: ModelLink, index: number): Omit<QueryRelation, 'map'> => ({
  id: `rel_${index}`,
  from: { dataset: idOf(link.from), fields: link.fromFields },
  to: { dataset: idOf(link.to), fields: link.toFields },
})

const described = (
  name: string,
  rows: number,
): Pick<QueryDataset, 'id' | 'name' | 'version' | 'rows' | 'dataAsOf' | 'lastDay'> => ({
  ...{ id: idOf(name), name, version: 1, rows },
  ...{ dataAsOf: '2026-01-01T00:00:00Z', lastDay: parseIsoDay('2025-12-31') ?? null },
})

/** Rows of a table with the fields of everything they lead to beside their own, under `dataset.field`: the plainest join. */
export function flattened({ tables, links }: Model, name: string): Row[] {
  const table = tables.find((one) => one.name === name)!
  const steps = links.filter((link) => link.from === name)
  return table.rows.map((row) => {
    const flat: Record<string, Row[string]> = {}
    for (const [field, value] of Object.entries(row)) flat[`${name}.${field}`] = value
    for (const step of steps) {
      const key = step.fromFields.map((field) => row[field] ?? null)
      const partner = flattened({ tables, links }, step.to).find((other) =>
        step.toFields.every((field, index) => {
          const value = other[`${step.to}.${field}`] ?? null
          return value !== null && key[index] !== null && String(value) === String(key[index])
        }),
      )
      Object.assign(flat, partner ?? {})
    }
    return flat
  })
}
