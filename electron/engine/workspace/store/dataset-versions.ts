/** Datasets in the catalogue: the current version of each, and the earlier ones that are kept to go back to. */
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { PeopleSettings } from '../../../../shared/people/settings.ts'
import { DatasetWarning } from '../../../../shared/data/dataset.ts'
import { Field } from '../../../../shared/data/field.ts'
import { ColumnOverride, OverlapChoice } from '../../../../shared/data/import-words.ts'
import { Recipe } from '../../../../shared/preparation/recipe.ts'
import { Meaning } from '../../../../shared/data/meaning.ts'
import { PersonalKind } from '../../../../shared/data/personal.ts'
import type { QuarantinedRow } from '../../../../shared/data/rejected-words.ts'
import type { StoredSql } from './sql-datasets.ts'
import { SqlDatasets } from './sql-datasets.ts'
import type { LiveServer } from './connections.ts'
import { LiveServers } from './connections.ts'
import type { RowMend } from './quarantine.ts'
import { Quarantine } from './quarantine.ts'
import type { ColumnTags } from './column-tags.ts'
import { lookedAt, withTags, withTagsChosen } from './column-tags.ts'
import type { FileMove, StoredSource } from './dataset-sources.ts'
import { detachSource, moveSources, readSources, saveSources } from './dataset-sources.ts'

const StoredField = Field.extend({
  scale: z.number().int().min(0).max(38),
  coded: z.boolean(),
  wide: z.boolean(),
  distinct: z.number(),
  blanks: z.number(),
  min: z.string().nullable(),
  max: z.string().nullable(),
  /** Numbers of a live table some of whose blanks are empty text. */
  gaps: z.boolean().optional(),
  /** What parted its decimals where some file proved it: evidence for later ones. */
  decimalMark: z.enum(['point', 'comma']).optional(),
  /** Null for none; absent in what was kept before anybody looked. */
  meaning: Meaning.nullable().optional(),
  personal: PersonalKind.nullable().optional(),
})
export type StoredField = z.infer<typeof StoredField>

const LeftOutFile = z.strictObject({ name: z.string(), size: z.number(), changedMs: z.number() })
/** A file of the folder that was left out, as it was then. */
export type LeftOutFile = z.infer<typeof LeftOutFile>

export interface StoredDataset {
  readonly id: string
  readonly name: string
  readonly mode: 'extract' | 'live'
  readonly version: number
  readonly file: string | null
  readonly livePath: string | null
  readonly liveTable: string | null
  /** Where the table is a server's. */
  readonly liveServer?: LiveServer
  /** Where its rows are the answer of a statement. */
  readonly sql?: StoredSql
  readonly rows: number
  readonly rejected: number
  readonly dataAsOf: string
  readonly lastDay: string | null
  readonly fields: readonly StoredField[]
  readonly warnings: readonly DatasetWarning[]
  readonly overrides: readonly z.infer<typeof ColumnOverride>[]
  /** Field by the name its column has in newer files. */
  readonly renames: Readonly<Record<string, string>>
  /** New files of this folder belong to it at the next refresh. */
  readonly folder: string | null
  /** What was answered about rows that several of its files have. */
  readonly overlap: OverlapChoice
  /** What was answered about rows that a later file says otherwise; `ask` when absent. */
  readonly restated?: OverlapChoice
  /** Read only: saved by `leaveOut`. */
  readonly leftOut?: readonly LeftOutFile[]
  readonly sources: readonly StoredSource[]
  /** Null where there never was one; its steps may all be off. */
  readonly recipe: Recipe | null
  /** The extract `file` was prepared from and what is in it; null where `file` is the one imported. */
  readonly imported: ImportedExtract | null
  /** Versions of the datasets its recipe looked into, by id. */
  readonly lookedUp?: Readonly<Record<string, number>> | null
  /** Only for saving (`Quarantine` reads them); those of the current version go on where they are not given. */
  readonly quarantine?: readonly QuarantinedRow[]
  readonly mends?: readonly RowMend[]
  /** Who every row is, in a file of its own with the same rows; null where nobody looked, or not at this version. */
  readonly companion: StoredCompanion | null
}

export interface StoredCompanion {
  readonly file: string
  readonly fields: readonly StoredField[]
  /** The field of the list that names its accounts, if it has one. */
  readonly key: string | null
}

const ImportedContent = z.strictObject({
  fields: z.array(StoredField),
  rows: z.number().int(),
  lastDay: z.string().nullable(),
})
export interface ImportedExtract extends z.infer<typeof ImportedContent> {
  readonly file: string
}

export interface FileState {
  readonly size: number
  readonly changedMs: number
}

type Written =
  | 'leftOut'
  | 'lookedUp'
  | 'fields'
  | 'warnings'
  | 'overrides'
  | 'renames'
  | 'recipe'
  | 'imported'
  | 'companion'
type Beside = 'liveServer' | 'sql' | 'sources' | 'quarantine' | 'mends'
interface DatasetRow extends Omit<StoredDataset, Written | Beside> {
  readonly leftOut: string
  readonly lookedUp: string | null
  readonly fields: string
  readonly warnings: string
  readonly overrides: string
  readonly renames: string
  readonly recipe: string | null
  readonly importedFile: string | null
  readonly imported: string | null
  readonly companionFile: string | null
  readonly companionFields: string | null
  readonly companionSettings: string | null
}

const datasetColumns = `d.id, d.name, d.mode, v.version, v.file, v.live_path as livePath,
  v.live_table as liveTable, v.rows, v.rejected, v.data_as_of as dataAsOf, v.last_day as lastDay,
  v.fields, v.warnings, v.overrides, v.renames, v.folder, v.overlap, v.restated, d.left_out as leftOut, v.looked_up as lookedUp, v.recipe,
  v.imported_file as importedFile, v.imported, p.file as companionFile, p.fields as companionFields,
  (select settings from people_set where id = p.people_set) as companionSettings`

const Renames = z.record(z.string(), z.string())
const LookedUp = z.record(z.string(), z.number().int())

const keptRecipes = 100

export class DatasetVersions {
  readonly #database: Database.Database
  readonly #recipes = new Map<string, Recipe>()
  readonly quarantine: Quarantine
  readonly #liveServers: LiveServers
  readonly sql: SqlDatasets

  constructor(database: Database.Database) {
    this.#database = database
    this.quarantine = new Quarantine(database)
    this.#liveServers = new LiveServers(database)
    this.sql = new SqlDatasets(database)
  }

  current(): StoredDataset[] {
    return this.#read('v.version = d.version order by d.position, d.id')
  }

  /** Every kept version of one dataset, the newest first. */
  of(id: string): StoredDataset[] {
    return this.#read('d.id = ? order by v.version desc', id)
  }

  /** A number no version of the dataset ever had. */
  next(id: string): number {
    const row = this.#database
      .prepare<[string], { latest: number }>('select latest from dataset where id = ?')
      .get(id)
    return (row?.latest ?? 0) + 1
  }

  /** One transaction; of each dataset the newest `kept` versions stay. A live one has only its current one. */
  save(datasets: readonly StoredDataset[], kept: number): void {
    this.#database.transaction(() => {
      for (const dataset of datasets) {
        this.#saveDataset(dataset)
        this.#forget(dataset.id, dataset.file === null ? 1 : kept)
      }
    })()
  }

  /** Makes a kept version the current one; false when it is not kept. */
  makeCurrent(id: string, version: number): boolean {
    return (
      this.#database
        .prepare(
          `update dataset set version = @version where id = @id and exists
             (select 1 from dataset_version where dataset = @id and version = @version)`,
        )
        .run({ id, version }).changes > 0
    )
  }

  /** Forgets versions, never the current one. Their files are no longer needed. */
  drop(id: string, versions: readonly number[]): void {
    this.#database.transaction(() => {
      for (const version of versions) {
        this.#database
          .prepare(
            `delete from dataset_version where dataset = @id and version = @version
               and version <> (select version from dataset where id = @id)`,
          )
          .run({ id, version })
      }
    })()
  }

  /** The same content under another state of its file: nothing of the version itself changes. */
  restamp(id: string, version: number, path: string, state: FileState): void {
    this.#database
      .prepare(
        'update source set size = ?, changed_ms = ? where dataset = ? and version = ? and path = ?',
      )
      .run(state.size, state.changedMs, id, version, path)
  }

  /** The same files under other names, with what was mended of them; all or none. */
  move(id: string, version: number, moves: readonly FileMove[]): void {
    moveSources(this.#database, { id, version }, moves)
  }

  /** What its recipe looked into in these datasets is older than they are. */
  outdate(id: string, version: number, datasets: readonly string[]): void {
    const known = this.of(id).find((one) => one.version === version)?.lookedUp
    const lookedUp = { ...known, ...Object.fromEntries(datasets.map((one) => [one, 0])) }
    this.#database
      .prepare('update dataset_version set looked_up = ? where dataset = ? and version = ?')
      .run(JSON.stringify(lookedUp), id, version)
  }

  /** What was read of the file stays; it is looked for no more. */
  detach(id: string, version: number, path: string): void {
    detachSource(this.#database, { id, version }, path)
  }

  /** The files of its folder a dataset leaves out from now on, whichever version it shows. */
  leaveOut(id: string, files: readonly LeftOutFile[]): void {
    this.#database
      .prepare('update dataset set left_out = ? where id = ?')
      .run(JSON.stringify(files), id)
  }

  /** What the user says of a column, in every kept version that has it: going back must not forget it. */
  tag(id: string, column: string, tags: ColumnTags): void {
    const update = this.#database.prepare(
      'update dataset_version set fields = ?, overrides = ? where dataset = ? and version = ?',
    )
    this.#database.transaction(() => {
      for (const { version, fields, overrides } of this.of(id)) {
        const chosen = withTagsChosen(overrides, column, tags)
        const tagged = withTags(fields, chosen)
        update.run(JSON.stringify(tagged), JSON.stringify(chosen), id, version)
      }
    })()
  }

  #read(where: string, ...values: string[]): StoredDataset[] {
    return this.#database
      .prepare<string[], DatasetRow>(
        `select ${datasetColumns} from dataset d join dataset_version v on v.dataset = d.id
           left join people_source p on p.dataset = d.id and p.version = v.version and p.file is not null
           where ${where}`,
      )
      .all(...values)
      .map(({ importedFile, companionFile, companionFields, companionSettings, ...row }) => ({
        ...row,
        ...this.#liveServers.of(row),
        ...this.sql.of(row.id),
        companion: companionOf(companionFile, companionFields, keyIn(companionSettings, row.id)),
        fields: lookedAt(z.array(StoredField).parse(JSON.parse(row.fields)), row.rows),
        warnings: z.array(DatasetWarning).parse(JSON.parse(row.warnings)),
        overrides: z.array(ColumnOverride).parse(JSON.parse(row.overrides)),
        renames: Renames.parse(JSON.parse(row.renames)),
        overlap: OverlapChoice.parse(row.overlap),
        restated: OverlapChoice.parse(row.restated),
        leftOut: z.array(LeftOutFile).parse(JSON.parse(row.leftOut)),
        lookedUp: row.lookedUp === null ? null : LookedUp.parse(JSON.parse(row.lookedUp)),
        recipe: row.recipe === null ? null : this.#recipe(row.recipe),
        imported:
          importedFile === null || row.imported === null
            ? null
            : { file: importedFile, ...ImportedContent.parse(JSON.parse(row.imported)) },
        sources: readSources(this.#database, row.id, row.version),
      }))
  }

  /** Datasets are read at every question, recipes may be long, and a saved one never changes. */
  #recipe(text: string): Recipe {
    const known = this.#recipes.get(text)
    if (known !== undefined) return known
    if (this.#recipes.size >= keptRecipes) this.#recipes.clear()
    const recipe = Recipe.parse(JSON.parse(text))
    this.#recipes.set(text, recipe)
    return recipe
  }

  #saveDataset(dataset: StoredDataset): void {
    const { id, name, mode, version } = dataset
    const { rows, mends } = this.#besides(dataset)
    this.#database
      .prepare(
        `insert into dataset (id, name, mode, version, latest, position) values
           (@id, @name, @mode, @version, @version, (select coalesce(max(position), 0) + 1 from dataset))
           on conflict (id) do update set name = excluded.name, mode = excluded.mode,
             version = excluded.version, latest = max(latest, excluded.version)`,
      )
      .run({ id, name, mode, version })
    this.#database
      .prepare('delete from dataset_version where dataset = ? and version = ?')
      .run(id, version)
    this.#insertVersion(dataset)
    this.#liveServers.save(dataset)
    this.sql.save(dataset)
    saveSources(this.#database, { id, version }, dataset.sources)
    this.quarantine.save(id, version, rows, mends)
  }

  /** What is saved beside the version: as given, else as it stands beside the current one. */
  #besides({ id, version, quarantine, mends }: StoredDataset) {
    const known = this.#database
      .prepare<{ id: string; version: number }, { version: number }>(
        `select version from dataset_version where dataset = @id and version = @version
         union all select version from dataset where id = @id limit 1`,
      )
      .get({ id, version })
    const from = known?.version ?? -1
    return {
      rows: quarantine ?? this.quarantine.rows(id, from),
      mends: mends ?? this.quarantine.mends(id, from),
    }
  }

  #insertVersion(dataset: StoredDataset): void {
    const { id, version, file, livePath, liveTable, rows, rejected, dataAsOf, lastDay } = dataset
    this.#database
      .prepare(
        `insert into dataset_version (dataset, version, file, live_path, live_table, rows, rejected,
           data_as_of, last_day, fields, warnings, overrides, renames, folder, overlap, restated, recipe,
           imported_file, imported, looked_up)
         values (@id, @version, @file, @livePath, @liveTable, @rows, @rejected, @dataAsOf, @lastDay,
           @fields, @warnings, @overrides, @renames, @folder, @overlap, @restated, @recipe, @importedFile, @imported, @lookedUp)`,
      )
      .run({
        ...{ id, version, file, livePath, liveTable, rows, rejected, dataAsOf, lastDay },
        folder: dataset.folder,
        overlap: dataset.overlap,
        restated: dataset.restated ?? 'ask',
        fields: JSON.stringify(dataset.fields),
        warnings: JSON.stringify(dataset.warnings),
        overrides: JSON.stringify(dataset.overrides),
        renames: JSON.stringify(dataset.renames),
        recipe: dataset.recipe && JSON.stringify(dataset.recipe),
        importedFile: dataset.imported?.file ?? null,
        lookedUp: dataset.lookedUp ? JSON.stringify(dataset.lookedUp) : null,
        imported: dataset.imported && importedJson(dataset.imported),
      })
  }

  #forget(id: string, kept: number): void {
    this.#database
      .prepare(
        `delete from dataset_version where dataset = @id
           and version <> (select version from dataset where id = @id)
           and version not in (select version from dataset_version where dataset = @id
             order by version desc limit @kept)`,
      )
      .run({ id, kept })
  }
}

function companionOf(
  file: string | null,
  fields: string | null,
  key: string | null,
): StoredCompanion | null {
  if (file === null || fields === null) return null
  return { file, key, fields: z.array(StoredField).parse(JSON.parse(fields)) }
}

function keyIn(settings: string | null, dataset: string): string | null {
  if (settings === null) return null
  const { sources } = PeopleSettings.parse(JSON.parse(settings))
  return sources.find((source) => source.dataset === dataset)?.key ?? null
}

function importedJson({ fields, rows, lastDay }: ImportedExtract): string {
  return JSON.stringify({ fields, rows, lastDay })
}
