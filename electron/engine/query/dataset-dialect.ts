import { duckdb } from '../sql/dialects/duckdb.ts'
import { serverDialect } from '../sql/dialects/server-dialect.ts'
import { sqlite } from '../sql/dialects/sqlite.ts'
import type { Dialect } from '../sql/printer.ts'
import type { QueryDataset } from './query-catalog.ts'

/** How the engine that holds a dataset is spoken to. */
export function datasetDialect({ storage }: QueryDataset): Dialect {
  if (storage.kind === 'extract') return duckdb
  return storage.server ? serverDialect(storage.server) : sqlite
}
