/** Reads the sources of datasets again from where they were. Each dataset has its new version whole, or stays as it was. */
import type { ImportProgress } from '../../../../shared/data/import-words.ts'
import type {
  FolderFiles,
  RefreshedDataset,
  RefreshOrder,
} from '../../../../shared/data/refresh-words.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { fileFaultOf } from '../../file-faults.ts'
import type { JobPart } from '../../runner/import/import-order.ts'
import { datasetInfo } from '../dataset-words.ts'
import type { PreparedVersion } from '../make-version.ts'
import { commitVersions, dropFiles, prepareVersion, rankOf } from '../make-version.ts'
import { foundPeople, searchAgain } from '../people/search-again.ts'
import { outdatedLookups } from '../preparation/outdated-lookups.ts'
import { asImported, lostFields } from '../preparation/replay.ts'
import { followVersions } from '../follow-versions.ts'
import { refuseBeingImported } from '../import-turns.ts'
import type { StoredDataset, StoredSource } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'
import { refreshSql } from '../user-sql/refresh-sql.ts'
import { renamedLabels, seenAgain, withoutSheets } from './gone-sheets.ts'
import type { FileIds, NewParts, Stranger } from './new-parts.ts'
import { idIn, partsOfNewFiles, partsOfNewSheets } from './new-parts.ts'
import { partAgain } from './parts-again.ts'
import { lostOf } from './retyped-fields.ts'
import type { Asked, ReadReport } from './schema-question.ts'
import { affectedReports, schemaQuestion } from './schema-question.ts'
import type { FileCopy } from './same-files.ts'
import { sameFiles } from './same-files.ts'
import { decideFiles, foldersInside, keepGone, newFiles, sourceStates } from './source-states.ts'

export interface RefreshTools {
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
  readonly readReport: ReadReport
  /** Rejects where a statement's dataset may not run it on this machine; without it none may. */
  readonly requireAgreed?: (dataset: string) => Promise<void>
  /** Where a file the order names by its reference is. */
  readonly pathOf?: (file: string) => string
}

/** Rejects only when it is cancelled; datasets that were through by then stay refreshed. */
export async function refreshDatasets(
  workspace: Workspace,
  orders: readonly RefreshOrder[],
  tools: RefreshTools,
): Promise<RefreshedDataset[]> {
  const done: RefreshedDataset[] = []
  for (const order of orders) {
    if (tools.signal.aborted) throw new AppErrorException(appError('internal/cancelled'))
    done.push(await workspace.exclusive(() => refreshOrSay(workspace, order, tools)))
  }
  // Called off while recipes followed: what is done is told, and what waits.
  if (tools.signal.aborted) return done
  const fresh = done.flatMap((one) => (one.state === 'refreshed' ? [one.dataset.id] : []))
  await searchAgain(workspace, new Set(fresh), tools)
  return done.map((one) => withPeople(workspace, one))
}

function withPeople(workspace: Workspace, one: RefreshedDataset): RefreshedDataset {
  if (one.state !== 'refreshed') return one
  const people = foundPeople(workspace, one.dataset.id, one.dataset.version)
  return people === undefined ? one : { ...one, people }
}

async function refreshOrSay(
  workspace: Workspace,
  order: RefreshOrder,
  tools: RefreshTools,
): Promise<RefreshedDataset> {
  try {
    return await refreshOne(workspace, order, tools)
  } catch (error) {
    const fault = fileFaultOf(error)
    const known = error instanceof AppErrorException ? error.appError : undefined
    if (known?.code === 'internal/cancelled' || known?.code === 'internal/bug') throw error
    if (known === undefined && fault === undefined) throw error
    const said = known ?? appError(fault ?? 'file/denied', {}, true)
    return { state: 'failed', dataset: order.dataset, error: said }
  }
}

interface Plan {
  readonly stored: StoredDataset
  readonly kept: readonly number[]
  readonly again: readonly StoredSource[]
  readonly added: readonly JobPart[]
  /** New files that are known ones byte for byte. */
  readonly copies: readonly FileCopy[]
  /** New files with other columns than the data, which nobody has answered for. */
  readonly strangers: readonly JobPart[]
  readonly renames: StoredDataset['renames']
  readonly folder: FolderFiles
  readonly ids: FileIds
}

async function refreshOne(
  workspace: Workspace,
  order: RefreshOrder,
  tools: RefreshTools,
): Promise<RefreshedDataset> {
  const known = workspace.catalogue.dataset(order.dataset)
  if (known === undefined) throw notFound(order.dataset)
  refuseBeingImported(workspace, known)
  await decideFiles(workspace, known, order)
  const paths = await newPaths(workspace, order, tools)
  const left = order.keepGone === true ? await keepGone(workspace, currentOf(workspace, known)) : []
  const detached = [...paths.gone, ...left]
  const stored = currentOf(workspace, known)
  if (stored.sql && stored.file !== null) {
    if (!tools.requireAgreed) throw new AppErrorException(appError('sql/needsConsent'))
    await tools.requireAgreed(stored.id)
    return refreshSql(workspace, stored, stored.sql, order, tools)
  }
  const plan = await planOf(workspace, asImported(stored), order, { ...tools, detached, paths })
  if (plan === undefined) return { state: 'unchanged', dataset: datasetInfo(stored) }
  const [copy, ...copies] = plan.copies
  if (copy !== undefined) {
    const moved = copy.moved ? { moved: true } : {}
    const asked = { file: copy.name, ...idIn(plan.ids, copy.path), copyOf: copy.of, ...moved }
    const question = { ...noQuestion, ...asked, waiting: copies.map(({ name }) => name) } // prettier-ignore
    return { state: 'question', dataset: datasetInfo(stored), question, ...folderOf(plan) }
  }
  const isWhole = plan.again.length + plan.added.length + plan.strangers.length === 0
  if (isWhole && outdatedLookups(workspace.catalogue.datasets(), stored).length === 0)
    return { state: 'unchanged', dataset: datasetInfo(stored), ...folderOf(plan) }
  const prepared = await prepare(workspace, order, plan, tools)
  try {
    const question = schemaQuestion(plan.stored, askedOf(plan, order, stored.rows), prepared)
    if (question !== undefined) {
      await dropFiles(workspace, prepared.files)
      const { vanished, retyped } = question
      const fields = [
        ...vanished.map(({ field }) => field.name),
        ...retyped.map((one) => one.field),
        // Reports know fields by the names the recipe gives them.
        ...lostFields(workspace, stored, prepared),
      ]
      const remembered = workspace.catalogue.reports()
      const reports = await affectedReports(remembered, stored.id, new Set(fields), tools.readReport) // prettier-ignore
      const asked = { question: { ...question, reports }, ...folderOf(plan) }
      return { state: 'question', dataset: datasetInfo(stored), ...asked }
    }
    if (tools.signal.aborted) throw new AppErrorException(appError('internal/cancelled'))
    await commitVersions(workspace, [prepared])
  } catch (error) {
    await dropFiles(workspace, prepared.files)
    throw error
  }
  const waiting = await followVersions(workspace, new Set([stored.id]), tools)
  return { ...refreshed(plan, prepared, stored), ...(waiting.length > 0 ? { waiting } : {}) }
}

const noQuestion = {
  ...{ vanished: [], added: [], retyped: [], proposals: [], reports: [], steps: [] },
  ...{ emptied: [], shrunk: [], unpadded: [] },
}

interface NewPaths {
  readonly paths: readonly string[]
  /** Of other kinds than the files of the dataset: taken where they fit, else no matter. */
  readonly others: readonly string[]
  readonly copies: readonly FileCopy[]
  readonly decided: readonly string[]
  /** Names of files another one took the place of. */
  readonly gone: readonly string[]
  readonly ids: FileIds
}

const currentOf = (workspace: Workspace, known: StoredDataset): StoredDataset =>
  workspace.catalogue.dataset(known.id) ?? known

const mostOthers = 50

/** Files that are to join, or those that came to the folder; one that was only renamed is known by its new name at once. */
async function newPaths(
  workspace: Workspace,
  { dataset, add, leaveOut = [], renamed = [] }: RefreshOrder,
  { signal, pathOf }: RefreshTools,
): Promise<NewPaths> {
  const stored = workspace.catalogue.dataset(dataset)
  if (stored === undefined || stored.file === null || stored.sql) return noPaths
  const wanted = add?.filter((id) => !leaveOut.includes(id))
  const ids = new Map(wanted?.map((id) => [pathOf?.(id) ?? id, id]))
  const given = wanted && [...ids.keys()]
  const found = given ? { paths: given, decided: [] } : await newFiles(stored)
  const beside = given ? { paths: [], decided: [] } : await newFiles(stored, 'other')
  const isOther = new Set(beside.paths.slice(0, mostOthers))
  const ask = { stored, found: [...found.paths, ...isOther], renamed, given: given !== undefined }
  const { paths, copies, gone } = await sameFiles(workspace, ask, signal)
  return {
    paths: paths.filter((path) => !isOther.has(path)),
    others: paths.filter((path) => isOther.has(path)),
    ...{ copies, gone, ids, decided: [...found.decided, ...beside.decided] },
  }
}

const noPaths: NewPaths = {
  ...{ paths: [], others: [], copies: [], decided: [], gone: [], ids: new Map() },
}

function askedOf({ again, strangers, ids }: Plan, order: RefreshOrder, rowsBefore: number): Asked {
  const [first, ...others] = strangers
  return {
    ...{ again, rowsBefore, decided: decidedTypes(order), accepted: order.acceptLoss },
    stranger: first && {
      ...{ name: first.name, ...idIn(ids, first.path), waiting: others.map(({ name }) => name) },
    },
  }
}

/** Fields whose type was just chosen: another one is what was asked for. */
function decidedTypes({ overrides = [] }: RefreshOrder): ReadonlySet<string> {
  return new Set(overrides.flatMap(({ column, type }) => (type === undefined ? [] : [column])))
}

function withOverrides(
  known: StoredDataset['overrides'],
  fresh: StoredDataset['overrides'] = [],
): StoredDataset['overrides'] {
  const columns = new Set([...known, ...fresh].map(({ column }) => column))
  const of = (list: StoredDataset['overrides'], column: string) =>
    list.find((one) => one.column === column)
  return [...columns].map((column) => ({ ...of(known, column), ...of(fresh, column), column }))
}

/** Undefined for a live dataset, which is asked where it is. */
async function planOf(
  workspace: Workspace,
  stored: StoredDataset,
  order: RefreshOrder,
  tools: RefreshTools & { readonly detached: readonly string[]; readonly paths: NewPaths },
): Promise<Plan | undefined> {
  if (stored.file === null) return undefined
  const { passwords, overrides = [] } = order
  const { signal, detached, paths: found } = tools
  const renames = { ...stored.renames, ...chosenRenames(order) }
  const states = order.add
    ? { kept: [...stored.sources.keys()], changed: [], lost: [], gone: [] }
    : await sourceStates(workspace, stored, signal)
  const { ids } = found
  const look = { workspace, stored, renames, passwords, signal, ids }
  const files = await partsOfNewFiles(look, found.paths)
  const others = await partsOfNewFiles(look, found.others)
  const sheets = await partsOfNewSheets(
    look,
    states.changed.flatMap((place) => stored.sources[place] ?? []),
    order.keepGone,
  )
  const { kept, changed, lost, gone } = withoutSheets(stored, states, sheets.missing)
  const { added, strangers, leftOut } = answeredFor(order, files, ids)
  const parts = [...sheets.parts, ...added, ...others.parts]
  const folder: FolderFiles = {
    ...{ leftOut: [...files.leftOut, ...leftOut], sheets: [...files.sheets, ...sheets.sheets] },
    ...{ decided: [...found.decided], gone: [...new Set([...detached, ...gone])] },
    ...(sheets.renamed.size === 0 ? {} : { renamed: renamedLabels(stored, sheets.renamed) }),
    inside: await foldersInside(stored),
  }
  const news = { added: parts, strangers, renames, folder, copies: found.copies, ids }
  const byWord = order.leaveOutLikely === true
  const anew = byWord || countsAnew(stored, order)
  if (!anew && changed.length + parts.length + strangers.length + overrides.length === 0) {
    return { stored, kept, again: [], ...news }
  }
  // A chosen type left values blank in the extract that another file may bring back: then every file there is is read.
  const isTyped = overrides.length > 0 || stored.overrides.some(({ type }) => type !== undefined)
  const isReread = (place: number): boolean =>
    (isTyped || anew || (changed.length > 0 && gaveWay(stored, place))) &&
    stored.sources[place]?.path != null &&
    !lost.includes(place)
  const reread = kept.filter(isReread)
  const again = [...changed, ...reread].toSorted((a, b) => a - b)
  return {
    stored: await seenAgain(stored, sheets.missing),
    kept: kept.filter((place) => !reread.includes(place)),
    again: again.flatMap((place) => {
      const source = stored.sources[place]
      if (source === undefined) return []
      const part = sheets.renamed.get(place) ?? source.part
      const layout = byWord && hasTotals(source) ? { ...source.layout, totalsByWord: true } : source.layout // prettier-ignore
      return [{ ...source, part, layout, rank: rankOf(source, place) }]
    }),
    ...news,
  }
}

/** Rows that count twice, or do not count, as it was answered before: another answer is about them, though no file changed. */
function countsAnew({ warnings }: StoredDataset, { overlap }: RefreshOrder): boolean {
  const has = (...codes: readonly string[]): boolean =>
    warnings.some(({ code }) => codes.includes(code))
  if (overlap === 'keep') return has('skippedRows', 'replacedRows', 'unheededRows')
  return (overlap === 'skip' || overlap === 'replace') && has('overlappingRows', 'restatedRows')
}

/** Tables have no totals in them, lines and sheets may. */
const hasTotals = ({ kind }: StoredSource): boolean =>
  ['csv', 'xlsx', 'book', 'html'].includes(kind)

/** Rows that gave way to those of another file stand in their own file alone, should that other one have changed. */
function gaveWay({ sources, overlap, restated = 'ask' }: StoredDataset, place: number): boolean {
  const leftOut = sources[place]?.leftOut ?? null
  const may = [overlap, restated].some((answer) => answer === 'skip' || answer === 'replace')
  return leftOut === null ? may : leftOut > 0
}

/** Field by column. */
function chosenRenames({ renames }: RefreshOrder): StoredDataset['renames'] {
  return Object.fromEntries(
    Object.entries(renames).flatMap(([field, columns]) =>
      [columns].flat().map((column) => [column, field] as const),
    ),
  )
}

/** Files whose lack of columns was accepted are taken with those they have, if they have any. */
function answeredFor(
  { acceptLoss, acceptedFiles }: RefreshOrder,
  { parts, strangers }: NewParts,
  ids: FileIds,
): Pick<Plan, 'added' | 'strangers'> & Pick<FolderFiles, 'leftOut'> {
  const isAccepted = ({ part }: Stranger): boolean =>
    acceptLoss && acceptedFiles?.includes(ids.get(part.path) ?? part.name) !== false
  const accepted = strangers.filter(isAccepted)
  return {
    added: [...parts, ...accepted.filter(({ shared }) => shared > 0).map(({ part }) => part)],
    strangers: strangers.filter((one) => !isAccepted(one)).map(({ part }) => part),
    leftOut: accepted
      .filter(({ shared }) => shared === 0)
      .map(({ part: { path, name } }) => ({
        ...{ name, ...idIn(ids, path), error: appError('dataset/shapeMismatch', { name }) },
      })),
  }
}

/** Nothing to say of a folder that is whole. */
function folderOf({ folder }: Plan): { readonly folder?: FolderFiles } {
  const { leftOut, sheets, decided, gone, inside, renamed = [] } = folder
  return [leftOut, sheets, decided, gone, inside, renamed].every(({ length }) => length === 0)
    ? {}
    : { folder }
}

async function prepare(
  workspace: Workspace,
  order: RefreshOrder,
  { stored, kept, again, added, strangers, renames }: Plan,
  { signal, onProgress }: RefreshTools,
): Promise<PreparedVersion> {
  const parts: JobPart[] = []
  for (const source of again) {
    const { path } = source
    if (path !== null) {
      const known = { ...stored, renames }
      parts.push(await partAgain(workspace, known, { ...source, path }, order.passwords, signal))
    }
  }
  return prepareVersion(workspace, {
    existing: stored,
    name: stored.name,
    kept: { from: stored, places: kept },
    // Only the first is asked about, and none is taken unasked.
    parts: [...parts, ...added, ...strangers.slice(0, 1)],
    overrides: withOverrides(stored.overrides, order.overrides),
    renames,
    folder: stored.folder,
    overlap: order.overlap ?? stored.overlap,
    restated: order.overlap,
    recipe: stored.recipe,
    onBroken: order.acceptLoss ? 'skip' : 'stop',
    lenient: true,
    signal,
    onProgress,
  })
}

function refreshed(
  plan: Plan,
  { stored, outcome }: PreparedVersion,
  before: StoredDataset,
): RefreshedDataset {
  return {
    state: 'refreshed',
    dataset: datasetInfo(stored),
    rowsBefore: before.rows,
    ...lostOf(before, stored),
    rejected: [...outcome.rejected],
    read: [...new Set(plan.again.map(({ name }) => name))],
    kept: plan.kept.length,
    added: [...new Set(plan.added.map(({ name }) => name))],
    ...folderOf(plan),
  }
}

function notFound(dataset: string): AppErrorException {
  return new AppErrorException(appError('dataset/notFound', { dataset }))
}
