/** A table of the user's SQLite file as a dataset that stays where it is: only its description is kept. */
import type { SourcePart } from '../../../shared/data/import-words.ts'
import type { StoredDataset, StoredField } from './store/catalogue.ts'

export interface LiveAsk {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly table: string
  readonly part: SourcePart
  readonly now: Date
}

/** Types are those the table's first rows suggest; decimals are floating there, whatever their scale. */
export function liveDataset({ id, name, path, table, part, now }: LiveAsk): StoredDataset {
  const importedAt = now.toISOString()
  const rows = part.rowsKnown ?? 0
  return {
    ...{ id, name, rows, mode: 'live', version: 1, file: null, livePath: path, liveTable: table },
    rejected: 0,
    dataAsOf: importedAt,
    lastDay: null,
    fields: part.columns.map(liveField),
    warnings: [],
    overrides: [],
    sources: [
      { name: part.fileName, part: table, kind: 'sqlite', path, hash: '', rows, rejected: 0, importedAt }, // prettier-ignore
    ],
  }
}

function liveField({ name, type, role }: SourcePart['columns'][number]): StoredField {
  return {
    ...{ name, role, type: type === 'decimal' ? 'double' : type },
    ...{ scale: 0, coded: false, wide: false, distinct: -1, blanks: 0, min: null, max: null },
  }
}
