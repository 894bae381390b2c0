/** The sample chain, imported in the background into a workspace of its own while the person looks around. */
import { existsSync } from 'node:fs'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type { Language } from '../../../shared/text/language.ts'
import { languages } from '../../../shared/text/language.ts'
import type { SampleState } from '../../../shared/workspace-words.ts'
import { fileFaultOf } from '../file-faults.ts'
import { flushFile } from '../flush-file.ts'
import type { FileRegistry } from '../host.ts'
import { readRecipeFile } from '../preparation/recipe-files.ts'
import { importDatasets } from './import-datasets.ts'
import { proposeRelationships } from './propose-relationships.ts'
import { createRelationship } from './relate-datasets.ts'
import { starterReport } from './starter-report.ts'
import type { SampleDataset } from './sample-plan.ts'
import { samplePlan } from './sample-plan.ts'
import { Workspace } from './workspace.ts'
import type { WorkspaceService } from './workspace-service.ts'

export interface SampleNeeds {
  readonly files: FileRegistry
  readonly resources: string
  readonly workspaces: WorkspaceService
  /** The language the person reads now. */
  readonly language: () => Promise<Language>
  readonly changed: (state: SampleState) => void
}

const reportName = 'store-overview.storeboard'

export class SampleService {
  readonly #needs: SampleNeeds
  #running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined
  #progress: SampleState | undefined

  constructor(needs: SampleNeeds) {
    this.#needs = needs
  }

  get reportPath(): string {
    return join(this.#needs.workspaces.samplePath, reportName)
  }

  async state(): Promise<SampleState> {
    if (this.#progress !== undefined) return this.#progress
    return (await this.#isReady()) ? this.#ready() : { state: 'absent' }
  }

  /** Answers at once; the import goes on behind. */
  async start(): Promise<SampleState> {
    const now = await this.state()
    if (now.state === 'importing' || now.state === 'ready') return now
    const abort = new AbortController()
    this.#tell({ state: 'importing', step: '', rows: 0, fraction: 0 })
    this.#running = { abort, done: this.#import(abort.signal) }
    return this.state()
  }

  async cancel(): Promise<SampleState> {
    this.#running?.abort.abort()
    await this.#running?.done
    return this.state()
  }

  async close(): Promise<void> {
    await this.cancel()
  }

  /**
   * Puts the starter report back where it was moved away or deleted, and in the language read now as long as nobody has
   * changed it; the sample's workspace must be open.
   */
  async restoreReport(): Promise<void> {
    const { current, samplePath } = this.#needs.workspaces
    if (current === undefined || current.folder !== resolve(samplePath)) return
    if (await this.#isAsPlaced()) await this.#placeReport(current)
  }

  async #isAsPlaced(): Promise<boolean> {
    const placed = await readFile(this.reportPath, 'utf8').catch(() => undefined)
    if (placed === undefined) return true
    const now = await this.#needs.language()
    const others = languages.filter((language) => language !== now)
    const starters = await Promise.all(
      others.map((one) => readFile(this.#starter(one), 'utf8').catch(() => undefined)),
    )
    return starters.includes(placed)
  }

  #starter(language: Language): string {
    return starterReport(this.#needs.resources, language)
  }

  #ready(): SampleState {
    return { state: 'ready', report: this.#needs.files.register(this.reportPath) }
  }

  #tell(state: SampleState | undefined): void {
    this.#progress = state
    if (state !== undefined) this.#needs.changed(state)
  }

  get #marker(): string {
    return join(this.#needs.workspaces.samplePath, 'sample.json')
  }

  /** The generator's manifest: a sample made from other files is imported anew. */
  #manifest(): Promise<string> {
    return readFile(join(this.#needs.resources, 'sample', 'manifest.json'), 'utf8')
  }

  async #isReady(): Promise<boolean> {
    try {
      return (await readFile(this.#marker, 'utf8')) === (await this.#manifest())
    } catch {
      return false
    }
  }

  async #import(signal: AbortSignal): Promise<void> {
    try {
      await this.#fill(signal)
      this.#tell(undefined)
      this.#needs.changed(this.#ready())
    } catch (error) {
      const cancelled = signal.aborted
      this.#tell(cancelled ? undefined : { state: 'failed', code: codeOf(error) })
      if (cancelled) this.#needs.changed({ state: 'absent' })
    } finally {
      this.#running = undefined
    }
  }

  async #fill(signal: AbortSignal): Promise<void> {
    const { workspaces, resources } = this.#needs
    const manifest = await this.#manifest()
    if (workspaces.current?.folder === workspaces.samplePath) {
      throw new AppErrorException(appError('workspace/inUse'))
    }
    const options = workspaces.options()
    await options.files?.remove(workspaces.samplePath)
    const workspace = await Workspace.open(workspaces.samplePath, options)
    try {
      await this.#importAll(workspace, samplePlan(join(resources, 'sample')), signal)
      await relateAll(workspace, signal)
      await this.#placeReport(workspace)
    } finally {
      await workspace.close()
    }
    await writeFile(this.#marker, manifest)
    await flushFile(this.#marker)
  }

  async #importAll(
    workspace: Workspace,
    plan: readonly SampleDataset[],
    signal: AbortSignal,
  ): Promise<void> {
    let rows = 0
    for (const [index, { name, parts, recipe: file }] of plan.entries()) {
      const recipe = file && (await readRecipeFile(join(this.#needs.resources, 'starter', file)))
      const order = {
        ...{ name, mode: 'fail' as const, overrides: [], parts: [] },
        ...(recipe ? { recipe } : {}),
      }
      const onProgress = (step: { rows: number; fraction?: number | undefined }): void => {
        const fraction = (index + (step.fraction ?? 0)) / plan.length
        this.#tell({ state: 'importing', step: name, rows: rows + step.rows, fraction })
      }
      const [done] = await importDatasets(workspace, [{ order, parts, signal, onProgress }])
      rows += done?.dataset.rows ?? 0
    }
  }

  /** The report's slots are bound to the datasets of their names. */
  async #placeReport(workspace: Workspace): Promise<void> {
    const source = this.#starter(await this.#needs.language())
    if (!existsSync(source)) return
    await copyFile(source, this.reportPath)
    const slots = slotNames(JSON.parse(await readFile(source, 'utf8')))
    const bound = slots.flatMap(({ id, name }) => {
      const dataset = workspace.catalogue.datasetNamed(name)
      return dataset === undefined ? [] : [[id, dataset.id] as const]
    })
    const openedAt = workspace.options.now().toISOString()
    workspace.catalogue.saveReport({
      path: this.reportPath,
      title: reportName,
      openedAt,
      slots: Object.fromEntries(bound),
    })
  }
}

async function relateAll(workspace: Workspace, signal: AbortSignal): Promise<void> {
  for (const { from, to } of await proposeRelationships(workspace, signal)) {
    await createRelationship(workspace, { from, to }, signal)
  }
}

/** The slots of a report file, whatever its version: ids and names are all that is needed here. */
function slotNames(file: unknown): { id: string; name: string }[] {
  const report = field(file, 'report')
  const slots = field(report, 'datasets')
  if (typeof slots !== 'object' || slots === null) return []
  return Object.entries(slots).flatMap(([id, slot]: [string, unknown]) => {
    const name = field(slot, 'name')
    return typeof name === 'string' ? [{ id, name }] : []
  })
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? // Narrowed by the line above; the type of the member is unknown.
      (value as Record<string, unknown>)[name]
    : undefined
}

function codeOf(error: unknown): string {
  if (error instanceof AppErrorException) return error.appError.code
  return fileFaultOf(error) ?? 'internal/bug'
}
