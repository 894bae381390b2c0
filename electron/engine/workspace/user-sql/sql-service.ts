/** Statements of the user's as datasets: tried, kept, shown again, and run only where somebody on this machine agreed. */
import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import type { DatasetInfo } from '../../../../shared/data/dataset.ts'
import type { ImportProgress } from '../../../../shared/data/import-words.ts'
import type {
  KeptSql,
  SaveSql,
  SqlDraft,
  SqlPlace,
  SqlPreview,
} from '../../../../shared/data/sql-words.ts'
import type { AppError, ErrorCode } from '../../../../shared/errors.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { SqlRefused } from '../../sql/user/refused.ts'
import { readStatement } from '../../sql/user/statement.ts'
import type { ConnectionService } from '../connections/connection-service.ts'
import { serverDataset } from '../connections/server-datasets.ts'
import { datasetInfo } from '../dataset-words.ts'
import { followVersions } from '../follow-versions.ts'
import { refuseBeingImported, refuseNameBeingMade } from '../import-turns.ts'
import { describeTable, liveDataset } from '../live-dataset.ts'
import { commitVersions, dropFiles } from '../make-version.ts'
import type { StoredDataset } from '../store/catalogue.ts'
import { nextTags } from '../store/column-tags.ts'
import type { WorkspaceService } from '../workspace-service.ts'
import type { Workspace } from '../workspace.ts'
import { limited } from './limited.ts'
import { makeSqlVersion, previewMs, runOverExtracts } from './make-sql-version.ts'
import { describeServerSql, lookAtServer } from './server-sql.ts'
import type { SqlAgreements } from './sql-agreements.ts'
import type { SqlTarget, Written } from './written-source.ts'
import { sqlHash, targetOfSql } from './written-source.ts'

interface Needs {
  readonly workspaces: WorkspaceService
  readonly connections: ConnectionService
  readonly agreements: SqlAgreements
  readonly now: () => Date
}

interface Tools {
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
}

const placeKinds = { extracts: 'extracts', file: 'file', server: 'server' } as const

export class SqlService {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Whoever asks for it has it before their eyes: it needs no agreement. */
  async preview(draft: SqlDraft, dataset: string | null, signal: AbortSignal): Promise<SqlPreview> {
    const workspace = await this.#needs.workspaces.require()
    const target = targetIn(workspace, draft.place)
    const own = dataset === null ? undefined : workspace.catalogue.dataset(dataset)
    if (target.kind === 'server') {
      const known = this.#needs.connections.known(workspace, target.connection)
      return limited(signal, previewMs, (until) =>
        lookAtServer(known, draft, this.#needs.connections.askOf(target.connection, until)),
      )
    }
    if (target.kind === 'file') readStatement(draft.text, draft.parameters, 'sqlite')
    const tempFolder = await workspace.jobFolder()
    try {
      if (target.kind === 'extracts') {
        const job = { write: null, tempFolder }
        return (await runOverExtracts(workspace, own, draft, job, { signal })).preview
      }
      const { text, parameters } = draft
      const order = { path: target.path, text, parameters, tempFolder }
      return await limited(signal, previewMs, (until) =>
        workspace.options.runJob('fileSql', order, { signal: until }),
      )
    } finally {
      await workspace.files.remove(tempFolder)
    }
  }

  async save({ dataset, name, draft }: SaveSql, tools: Tools): Promise<DatasetInfo> {
    const workspace = await this.#needs.workspaces.require()
    const target = targetIn(workspace, draft.place)
    const existing = dataset === null ? undefined : required(workspace, dataset)
    if (existing && targetOfSql(existing).kind !== target.kind) throw new SqlRefused('otherPlace')
    const hash = sqlHash(workspace, target, draft)
    const ask = { existing, name, draft, tools }
    const made = await (target.kind === 'extracts'
      ? workspace.exclusive(() => this.#saveExtract(workspace, ask))
      : this.#saveLive(workspace, target, ask))
    await this.#needs.agreements.add(hash)
    this.#needs.workspaces.announce('datasets')
    return datasetInfo(made)
  }

  async read(id: string): Promise<KeptSql> {
    const workspace = await this.#needs.workspaces.require()
    const stored = required(workspace, id)
    const { sql } = stored
    if (!sql) throw refusal('dataset/notFound', { dataset: id })
    const target = targetOfSql(stored)
    const hash = sqlHash(workspace, target, sql)
    return {
      dataset: datasetInfo(stored),
      ...placeOf(workspace, target, id),
      ...{ text: sql.text, parameters: sql.parameters, hash },
      agreed: await this.#needs.agreements.has(hash),
    }
  }

  /** The hash is that of what was shown: a statement that changed meanwhile is not agreed to. */
  async agree(id: string, hash: string): Promise<void> {
    const shown = await this.read(id)
    if (shown.hash !== hash) throw refusal('dataset/notFound', { dataset: id })
    await this.#needs.agreements.add(hash)
    this.#needs.workspaces.announce('datasets')
  }

  /** Rejects with `sql/needsConsent` before anything of a dataset's statement runs. */
  async requireAgreed(id: string): Promise<void> {
    const workspace = this.#needs.workspaces.current
    const stored = workspace?.catalogue.dataset(id)
    if (!workspace || !stored?.sql) return
    const hash = sqlHash(workspace, targetOfSql(stored), stored.sql)
    const trouble = await this.troubleWith([hash])
    if (trouble) throw new AppErrorException(trouble)
  }

  /** What keeps statements of these hashes from running; undefined for nothing. */
  async troubleWith(hashes: readonly string[]): Promise<AppError | undefined> {
    for (const hash of hashes) {
      if (await this.#needs.agreements.has(hash)) continue
      const workspace = this.#needs.workspaces.current
      const stored = workspace?.catalogue.datasets().find((one) => one.sql !== undefined && sqlHash(workspace, targetOfSql(one), one.sql) === hash) // prettier-ignore
      const named = stored ? { dataset: stored.id, name: stored.name } : { dataset: '', name: '' }
      return appError('sql/needsConsent', named)
    }
    return undefined
  }

  /** As it is when its turn comes: others may have changed or removed it meanwhile. */
  async #saveExtract(workspace: Workspace, ask: SaveAsk): Promise<StoredDataset> {
    const { name, draft, tools } = ask
    const existing = ask.existing && required(workspace, ask.existing.id)
    if (existing) refuseBeingImported(workspace, existing)
    refuseTakenName(workspace, name, existing)
    const made = await makeSqlVersion(workspace, {
      ...{ existing, name, written: draft, onBroken: 'skip', ...tools },
    })
    try {
      if (tools.signal.aborted) throw new AppErrorException(appError('internal/cancelled'))
      await commitVersions(workspace, [made])
    } catch (error) {
      await dropFiles(workspace, made.files)
      throw error
    }
    await followVersions(workspace, new Set([made.stored.id]), tools)
    return made.stored
  }

  async #saveLive(
    workspace: Workspace,
    target: Exclude<SqlTarget, { kind: 'extracts' }>,
    ask: SaveAsk,
  ): Promise<StoredDataset> {
    const { existing, name, draft } = ask
    refuseTakenName(workspace, name, existing)
    const described = await this.#described(workspace, target, ask)
    if (described.rows === 0) throw refusal('dataset/empty')
    return workspace.exclusive(() => {
      refuseTakenName(workspace, name, existing)
      const before = existing && required(workspace, existing.id)
      if (before) refuseBeingImported(workspace, before)
      const place = placeKinds[target.kind]
      const sql = { text: draft.text, parameters: draft.parameters, place, inputs: [] }
      const overrides = before?.overrides ?? []
      const stored: StoredDataset = {
        ...described,
        ...{ name, sql, overrides, version: (before?.version ?? 0) + 1 },
        id: before?.id ?? described.id,
        fields: nextTags(described.fields, before?.fields ?? [], overrides),
      }
      workspace.catalogue.saveDatasets([stored])
      return Promise.resolve(stored)
    })
  }

  async #described(
    workspace: Workspace,
    target: Exclude<SqlTarget, { kind: 'extracts' }>,
    { name, draft, tools }: SaveAsk,
  ): Promise<StoredDataset> {
    const now = this.#needs.now()
    const id = `ds_${randomBytes(6).toString('hex')}`
    if (target.kind === 'server') {
      const { connection } = target
      const known = this.#needs.connections.known(workspace, connection)
      const ask = this.#needs.connections.askOf(connection, tools.signal)
      const described = await describeServerSql(known, draft, ask)
      return serverDataset(id, { name, connection, schema: '', table: '' }, described, now)
    }
    const { path } = target
    const described = await describeTable(workspace, {
      ...{ path, table: '', sql: draft, signal: tools.signal },
      onStep: (step) => tools.onProgress({ dataset: name, ...step }),
    })
    return liveDataset({ id, name, path, table: '', described, now })
  }
}

interface SaveAsk {
  readonly existing: StoredDataset | undefined
  readonly name: string
  readonly draft: SqlDraft & Written
  readonly tools: Tools
}

function targetIn(workspace: Workspace, place: SqlPlace): SqlTarget {
  if (place.kind === 'extracts') return place
  if (place.kind === 'server') return { kind: 'server', connection: place.connection }
  const { livePath } = required(workspace, place.dataset)
  if (livePath === null) throw refusal('dataset/notFound', { dataset: place.dataset })
  return { kind: 'file', path: livePath }
}

function placeOf(
  workspace: Workspace,
  target: SqlTarget,
  dataset: string,
): Pick<KeptSql, 'place' | 'placeName'> {
  if (target.kind === 'extracts') return { place: target, placeName: '' }
  if (target.kind === 'file') {
    return { place: { kind: 'file', dataset }, placeName: basename(target.path) }
  }
  const { connection } = target
  const known = workspace.catalogue.connections.find(connection)
  return {
    place: known ? { kind: 'server', connection } : null,
    placeName: known?.settings.name ?? '',
  }
}

function required(workspace: Workspace, id: string): StoredDataset {
  const stored = workspace.catalogue.dataset(id)
  if (!stored) throw refusal('dataset/notFound', { dataset: id })
  return stored
}

function refuseTakenName(workspace: Workspace, name: string, own: StoredDataset | undefined): void {
  const holder = workspace.catalogue.datasetNamed(name)
  if (holder !== undefined && holder.id !== own?.id) throw refusal('dataset/nameTaken', { name })
  if (holder === undefined) refuseNameBeingMade(workspace, name)
}

function refusal(code: ErrorCode, details: Record<string, string> = {}): AppErrorException {
  return new AppErrorException(appError(code, details))
}
