/** The catalogue's datasets and relationships in the words of the contract and of the query engine. */
import type { DatasetInfo, Relationship } from '../../../shared/data/dataset.ts'
import type { Field } from '../../../shared/data/field.ts'
import { epochDayOf } from '../../../shared/data/calendar-day.ts'
import type { QueryCatalog, QueryDataset, QueryRelation } from '../query/query-catalog.ts'
import type {
  StoredCompanion,
  StoredDataset,
  StoredField,
  StoredRelationship,
} from './store/catalogue.ts'
import { writtenSource } from './user-sql/written-source.ts'
import type { Workspace } from './workspace.ts'

export function datasetInfo(dataset: StoredDataset): DatasetInfo {
  return {
    id: dataset.id,
    name: dataset.name,
    mode: dataset.mode,
    fields: [...dataset.fields.map(fieldInfo), ...personFields(dataset)],
    rows: dataset.rows,
    rejected: dataset.rejected,
    version: dataset.version,
    dataAsOf: dataset.dataAsOf,
    lastDay: dataset.lastDay,
    sources: dataset.sources.map(({ name, part, kind, rows, rejected, importedAt }) => ({
      ...{ name, kind, rows, rejected, importedAt },
      ...(part === null ? {} : { part }),
    })),
    ...(dataset.sql ? { sql: dataset.sql.place } : {}),
    warnings: [...dataset.warnings],
    ...personOf(dataset),
  }
}

/** The first field of a companion says whose the row is. */
function personOf({ companion }: StoredDataset): Pick<DatasetInfo, 'person'> {
  const [first] = companion?.fields ?? []
  return companion && first ? { person: { key: companion.key, field: first.name } } : {}
}

/** Who every row is: in a file beside the extract, and no column of any source. */
function personFields({ companion }: StoredDataset): Field[] {
  return (companion?.fields ?? []).map((field) => ({ ...fieldInfo(field), derived: 'person' }))
}

export function fieldInfo(field: StoredField): Field {
  const { name, type, role, scale, sign, meaning, personal } = field
  return {
    ...{ name, type, role },
    ...(type === 'decimal' ? { scale } : {}),
    ...(sign === undefined ? {} : { sign }),
    ...(meaning == null ? {} : { meaning }),
    ...(personal == null ? {} : { personal }),
  }
}

export function relationshipInfo(stored: StoredRelationship): Relationship {
  return {
    id: stored.id,
    from: { dataset: stored.fromDataset, fields: [...stored.fromFields] },
    to: { dataset: stored.toDataset, fields: [...stored.toFields] },
    orphans: stored.orphans,
    blanks: stored.blanks,
    orphanExamples: [...stored.examples],
    most: stored.most,
    mostExample: stored.mostExample,
    broken: stored.broken,
  }
}

/** Everything the query engine may ask now; relationships whose map is older than their data are left out. */
export function queryCatalog(workspace: Workspace): QueryCatalog {
  const datasets = workspace.catalogue.datasets()
  const versions = new Map(datasets.map((dataset) => [dataset.id, dataset.version]))
  return {
    datasets: datasets.map((dataset) => queryDataset(workspace, dataset)),
    calendars: workspace.catalogue.calendars.all(),
    relations: workspace.catalogue
      .relationships()
      .filter(
        (relation) =>
          relation.broken === null &&
          // Versions of live datasets follow their last day; what was measured there is looked at again while they are asked.
          (relation.file === '' ||
            (versions.get(relation.fromDataset) === relation.fromVersion &&
              versions.get(relation.toDataset) === relation.toVersion)),
      )
      .map((relation) => queryRelation(workspace, relation)),
  }
}

function queryDataset(workspace: Workspace, dataset: StoredDataset): QueryDataset {
  const { id, name, version, rows, dataAsOf } = dataset
  return {
    ...{ id, name, version, rows, dataAsOf },
    lastDay: dayNumber(dataset.lastDay),
    fields: dataset.fields.map((field, index) => ({ index, ...field })),
    storage:
      dataset.file === null
        ? liveStorage(workspace, dataset)
        : {
            kind: 'extract',
            alias: aliasOf(dataset.file),
            path: workspace.extractPath(dataset.file),
          },
    ...(dataset.companion === null
      ? {}
      : { companion: companionOf(workspace, dataset, dataset.companion), ...personOf(dataset) }),
  }
}

function liveStorage(workspace: Workspace, dataset: StoredDataset): QueryDataset['storage'] {
  const { liveServer, livePath, liveTable } = dataset
  const table = liveTable ?? ''
  const own = dataset.sql ? { sql: writtenSource(workspace, dataset, dataset.sql) } : {}
  if (!liveServer) return { kind: 'live', path: livePath ?? '', table, ...own }
  const { connection, schema } = liveServer
  const known = workspace.catalogue.connections.find(connection)
  const kind = known?.settings.kind ?? 'postgres'
  const features = known?.facts.features ?? []
  const server = { connection, kind, schema, features }
  return { kind: 'live', path: connection, table, server, ...own }
}

/** Dates relative to the last day count from that of the rows it stands beside. */
function companionOf(
  workspace: Workspace,
  { id, name, version, rows, dataAsOf, lastDay }: StoredDataset,
  { file, fields }: StoredCompanion,
): QueryDataset {
  return {
    ...{ id, name, version, rows, dataAsOf, lastDay: dayNumber(lastDay) },
    fields: fields.map((field, index) => ({ index, ...field })),
    storage: { kind: 'extract', alias: aliasOf(file), path: workspace.extractPath(file) },
  }
}

function dayNumber(iso: string | null): number | null {
  const [year = 0, month = 0, day = 0] = (iso ?? '').split('-').map(Number)
  return epochDayOf(year, month, day) ?? null
}

function queryRelation(workspace: Workspace, relation: StoredRelationship): QueryRelation {
  return {
    id: relation.id,
    from: { dataset: relation.fromDataset, fields: relation.fromFields },
    to: { dataset: relation.toDataset, fields: relation.toFields },
    most: { rows: relation.most, key: relation.mostExample },
    map:
      relation.file === ''
        ? null
        : { alias: aliasOf(relation.file), path: workspace.extractPath(relation.file) },
  }
}

/** By the file: it never changes, two versions of one imported file must not attach it twice, and a map built again is another. */
export function aliasOf(file: string): string {
  return file.replace(/\.duckdb$/, '').replaceAll('-', '_')
}
