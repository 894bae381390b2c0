/** What a statement can name, by where it is asked. */
import type { ConnectionInfo, ServerNames } from '../../shared/data/connection.ts'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { SqlKind } from '../../shared/data/sql-pieces.ts'
import type { SqlDraft, SqlPlace } from '../../shared/data/sql-words.ts'
import type { SqlNames, SqlTable } from './complete-sql.ts'

export function namedDatasets(
  datasets: readonly DatasetInfo[],
  place: SqlPlace,
  /** The dataset whose statement is changed: it cannot ask itself. */
  without: string | undefined,
): DatasetInfo[] {
  const own = place.kind === 'file' ? datasets.find(({ id }) => id === place.dataset) : undefined
  const file = own?.sources[0]?.name
  return datasets
    .filter(({ id }) => id !== without)
    .filter(({ mode, sources, sql }) =>
      place.kind === 'extracts'
        ? mode === 'extract'
        : place.kind === 'file' && mode === 'live' && !sql && sources[0]?.name === file,
    )
}

export const tableName = ({ mode, sources, name }: DatasetInfo): string =>
  mode === 'live' ? (sources[0]?.part ?? name) : name

/** Of the server the statement is asked of; nothing until it has answered. */
function serverTables({ place }: SqlDraft, held: HeldNames | null, kind: SqlKind): SqlTable[] {
  if (place.kind !== 'server' || held?.connection !== place.connection) return []
  // A schema is part of a name where a server has several.
  return held.names.tables.map(({ schema, name, fields }) => ({
    ...{ name, fields },
    ...(kind === 'postgres' ? { schema } : {}),
  }))
}

export interface HeldNames {
  readonly connection: string
  readonly names: ServerNames
}

export function namesFor(
  draft: SqlDraft,
  datasets: readonly DatasetInfo[],
  connections: readonly ConnectionInfo[],
  held: HeldNames | null,
  without: string | undefined,
): SqlNames {
  const { place, parameters } = draft
  const kind = kindOf(place, connections)
  const tables = namedDatasets(datasets, place, without).map((dataset) => ({
    name: tableName(dataset),
    fields: dataset.fields.filter(({ derived }) => derived === undefined),
  }))
  return { kind, tables: [...tables, ...serverTables(draft, held, kind)], parameters }
}

function kindOf(place: SqlPlace, connections: readonly ConnectionInfo[]): SqlKind {
  if (place.kind !== 'server') return place.kind === 'file' ? 'sqlite' : 'duckdb'
  return connections.find(({ id }) => id === place.connection)?.settings.kind ?? 'postgres'
}
