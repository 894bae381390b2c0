/** Runs an import in this process and shows what the extract holds. */
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openLockedDuckDb } from '../../electron/engine/runner/duckdb/locked-duckdb.ts'
import type {
  ImportJobOrder,
  ImportOutcome,
  JobPart,
} from '../../electron/engine/runner/import/import-order.ts'
import type { ImportOptions } from '../../electron/engine/runner/import/import-extract.ts'
import { runImport } from '../../electron/engine/runner/import/run-import.ts'
import { tempFolder } from './temp-folder.ts'

/** A file of that name in a folder of its own. */
export function fileOf(name: string, content: string | Buffer): string {
  const path = join(tempFolder(), name)
  writeFileSync(path, content)
  return path
}

export function partOf(path: string, more: Partial<JobPart> = {}): JobPart {
  return { path, name: basename(path), ...more }
}

export interface Imported extends ImportOutcome {
  readonly target: string
}

export async function importParts(
  folder: string,
  parts: readonly JobPart[],
  more: Partial<ImportJobOrder> = {},
  options: ImportOptions = {},
): Promise<Imported> {
  const target = join(folder, `extract-${crypto.randomUUID()}.duckdb`)
  const order: ImportJobOrder = {
    datasetId: 'ds_test00',
    version: 1,
    parts,
    overrides: [],
    target,
    tempFolder: folder,
    memoryLimitMb: 512,
    threads: 1,
    knownHashes: [],
    ...more,
  }
  return { ...(await runImport(order, () => undefined, options)), target }
}

/** One file alone, in a folder that goes with the test. */
export const importFile = (path: string, more: Partial<JobPart> = {}): Promise<Imported> =>
  importParts(tempFolder(), [partOf(path, more)])

/** Rows of a SELECT over the extract, attached as `a`. */
export async function askExtract(path: string, folder: string, sql: string): Promise<unknown[][]> {
  const database = await openLockedDuckDb({
    extracts: [{ alias: 'a', path }],
    memoryLimitMb: 256,
    tempFolder: folder,
    threads: 1,
  })
  const connection = await database.connect()
  try {
    return await (await connection.select(sql)).getRowsJson()
  } finally {
    connection.close()
    database.close()
  }
}
