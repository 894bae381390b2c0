/** The workspace's catalogue: a SQLite file whose commit is what makes anything in the workspace true. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { AppError, ErrorCode } from '../../../../shared/errors.ts'
import type { Migration } from './migrations.ts'
import { migrations } from './migrations.ts'
import { Calendars } from './calendars.ts'
import { ClassSets } from './class-sets.ts'
import { Connections } from './connections.ts'
import { ImportShapes } from './import-shapes.ts'
import { DatasetVersions } from './dataset-versions.ts'
import { PeopleStore } from './people-store.ts'
import type { StoredDataset } from './dataset-versions.ts'
import { Relationships } from './relationships.ts'
import type { StoredRelationship } from './relationships.ts'

export type { StoredSql } from './sql-datasets.ts'
export type { StoredRelationship } from './relationships.ts'
export type {
  ImportedExtract,
  StoredCompanion,
  StoredDataset,
  StoredField,
  StoredSource,
} from './dataset-versions.ts'

/** Marks the file as ours: "SBWS". */
const applicationId = 0x53425753

const defaultKept = 5

export interface StoredReport {
  readonly path: string
  readonly title: string
  readonly openedAt: string
  /** Dataset by slot. */
  readonly slots: Readonly<Record<string, string>>
}

/** Statements are short; everything that changes more than one row is one transaction. */
export class Catalogue {
  readonly #database: Database.Database
  readonly versions: DatasetVersions
  readonly classSets: ClassSets
  readonly calendars: Calendars
  readonly connections: Connections
  readonly #relationships: Relationships
  readonly shapes: ImportShapes
  readonly people: PeopleStore

  private constructor(database: Database.Database) {
    this.#database = database
    this.versions = new DatasetVersions(database)
    this.classSets = new ClassSets(database)
    this.calendars = new Calendars(database)
    this.connections = new Connections(database)
    this.#relationships = new Relationships(database)
    this.shapes = new ImportShapes(database)
    this.people = new PeopleStore(database)
  }

  /**
   * Opens or makes the catalogue in `folder` and holds it alone until `close` or the end of the process.
   * Throws AppErrorException: `workspace/inUse`, `workspace/tooNew`, `workspace/damaged`.
   */
  static open(folder: string, steps: readonly Migration[] = migrations): Catalogue {
    const path = join(folder, 'catalogue.sqlite')
    try {
      const isNew = !existsSync(path)
      const database = new Database(path)
      try {
        prepare(database)
        if (!isNew) refuseForeign(database)
        migrate(database, folder, steps)
        return new Catalogue(database)
      } catch (error) {
        database.close()
        throw error
      }
    } catch (error) {
      throw explain(error)
    }
  }

  /** Whether no process holds the catalogue in `folder` now; one that is not there is held by nobody. */
  static isFree(folder: string): boolean {
    const path = join(folder, 'catalogue.sqlite')
    if (!existsSync(path)) return true
    try {
      const database = new Database(path, { timeout: 0 })
      try {
        database.pragma('locking_mode = exclusive')
        database.exec('begin exclusive; commit')
        return true
      } finally {
        database.close()
      }
    } catch {
      // Held, or not to be opened: the opening itself says which.
      return false
    }
  }

  close(): void {
    this.#database.close()
  }

  /** A consistent copy of the whole catalogue in a new file. */
  copyTo(path: string): void {
    this.#database.prepare('vacuum into ?').run(path)
  }

  datasets(): StoredDataset[] {
    return this.versions.current()
  }

  dataset(id: string): StoredDataset | undefined {
    return this.datasets().find((dataset) => dataset.id === id)
  }

  datasetNamed(name: string): StoredDataset | undefined {
    return this.datasets().find((dataset) => dataset.name.toLowerCase() === name.toLowerCase())
  }

  /** Puts datasets, or new versions of them, in place with their sources: the commit of an import. */
  saveDatasets(datasets: readonly StoredDataset[]): void {
    this.versions.save(datasets, this.keptVersions)
  }

  /** So many versions of a dataset are kept, the current one among them. */
  get keptVersions(): number {
    return Number(this.setting('versions.kept') ?? defaultKept)
  }

  renameDataset(id: string, name: string): void {
    this.#database.prepare('update dataset set name = ? where id = ?').run(name, id)
  }

  removeDataset(id: string): void {
    this.#database.prepare('delete from dataset where id = ?').run(id)
  }

  relationships(): StoredRelationship[] {
    return this.#relationships.all()
  }

  saveRelationship(relationship: StoredRelationship): void {
    this.#relationships.save(relationship)
  }

  /** It keeps its row and what was counted, but answers no question. */
  breakRelationship(id: string, broken: AppError): void {
    this.#relationships.break(id, broken)
  }

  removeRelationship(id: string): boolean {
    return this.#relationships.remove(id)
  }

  reports(): StoredReport[] {
    const slots = this.#database.prepare<[string], { slot: string; dataset: string }>(
      'select slot, dataset from report_slot where report = ? order by slot',
    )
    return this.#database
      .prepare<[], { path: string; title: string; openedAt: string }>(
        'select path, title, opened_at as openedAt from report order by opened_at desc, path',
      )
      .all()
      .map((report) => ({
        ...report,
        slots: Object.fromEntries(slots.all(report.path).map((row) => [row.slot, row.dataset])),
      }))
  }

  /** Remembers an opened or saved report and which of its slots is bound to which dataset. */
  saveReport(report: StoredReport): void {
    this.#database.transaction(() => {
      this.#database
        .prepare('insert or replace into report values (@path, @title, @openedAt)')
        .run({ path: report.path, title: report.title, openedAt: report.openedAt })
      this.#database.prepare('delete from report_slot where report = ?').run(report.path)
      const insert = this.#database.prepare('insert into report_slot values (?, ?, ?)')
      for (const [slot, dataset] of Object.entries(report.slots)) {
        insert.run(report.path, slot, dataset)
      }
    })()
  }

  forgetReport(path: string): void {
    this.#database.prepare('delete from report where path = ?').run(path)
  }

  setting(key: string): string | undefined {
    return this.#database
      .prepare<[string], { value: string }>('select value from setting where key = ?')
      .get(key)?.value
  }

  saveSetting(key: string, value: string): void {
    this.#database.prepare('insert or replace into setting values (?, ?)').run(key, value)
  }

  /** Files in extracts/ the catalogue stands on. */
  files(): string[] {
    const rows = this.#database
      .prepare<[], { file: string }>(
        `select file from dataset_version where file is not null
           union select imported_file from dataset_version where imported_file is not null
           union select file from relationship where file <> ''
           union select file from people_source where file is not null`,
      )
      .all()
    return rows.map((row) => row.file)
  }
}

function prepare(database: Database.Database): void {
  database.pragma('busy_timeout = 500')
  // The lock of the operating system ends with the process, whatever the lock file says.
  database.pragma('locking_mode = exclusive')
  database.pragma('journal_mode = wal')
  database.pragma('synchronous = full')
  database.pragma('foreign_keys = on')
  database.pragma('trusted_schema = off')
  database.exec('begin immediate; commit')
}

function refuseForeign(database: Database.Database): void {
  const id = database.pragma('application_id', { simple: true })
  const version = Number(database.pragma('user_version', { simple: true }))
  if (id !== applicationId && version > 0) throw refusal('workspace/damaged', 'not a catalogue')
}

function migrate(database: Database.Database, folder: string, steps: readonly Migration[]): void {
  const have = Number(database.pragma('user_version', { simple: true }))
  const latest = steps.at(-1)?.number ?? 0
  if (have > latest) throw refusal('workspace/tooNew', `catalogue ${have}, program ${latest}`)
  if (have === latest) return
  if (have > 0) backUp(database, folder, have)
  database.transaction(() => {
    for (const step of steps.filter((candidate) => candidate.number > have)) database.exec(step.sql)
    database.pragma(`user_version = ${latest}`)
    database.pragma(`application_id = ${applicationId}`)
  })()
}

function backUp(database: Database.Database, folder: string, version: number): void {
  const path = join(folder, 'backups', `catalogue-${version}-${crypto.randomUUID()}.sqlite`)
  database.prepare('vacuum into ?').run(path)
}

function refusal(code: ErrorCode, reason: string): AppErrorException {
  return new AppErrorException(appError(code, { reason }))
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const code = String(error.code)
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return refusal('workspace/inUse', code)
  }
  if (code === 'SQLITE_FULL') return refusal('file/diskFull', code)
  if (/^SQLITE_(READONLY|PERM|CANTOPEN)/.test(code)) return refusal('file/denied', code)
  return /^SQLITE_(NOTADB|CORRUPT)/.test(code) ? refusal('workspace/damaged', code) : error
}
