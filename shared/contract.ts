/** OPEN THIS FIRST: every call and event between the page and the engine. Types are derived; nobody writes them twice. */
import { z } from 'zod'
import type { CallHandler, CallShape, ClientCall } from './contract-shape.ts'
import type { ErrorCode } from './errors.ts'
import { AppError } from './errors.ts'
import * as calendars from './calendar/calendar-words.ts'
import { DatasetId, DatasetInfo, Relationship, RelationshipId } from './data/dataset.ts'
import * as written from './data/sql-words.ts'
import * as servers from './data/connection.ts'
import * as imports from './data/import-words.ts'
import * as rejects from './data/rejected-words.ts'
import * as refreshes from './data/refresh-words.ts'
import { PersonalMode } from './data/personal.ts'
import { ColumnProfile, ProfileAsk } from './data/profile.ts'
import * as exporting from './export-words.ts'
import { BrowseAsk, FileRef, FolderListing, Notice, OpenAsk, SaveAsk } from './host-words.ts'
import * as people from './people/people-words.ts'
import * as recipes from './preparation/recipe-words.ts'
import { ClassSet, Recipe } from './preparation/recipe.ts'
import { Percent, Survivors } from './people/settings.ts'
import { Proof, ProofAsk } from './query/proof.ts'
import { QueryResult } from './query/query-result.ts'
import { ReportQuery } from './query/report-query.ts'
import { RowList, RowsPage, RowsRequest } from './query/row-list.ts'
import { BlockId } from './report/ids.ts'
import * as reports from './report/report-words.ts'
import { Bindings, Report } from './report/report.ts'
import { AppInfo, RecentItem, SampleState, Settings, WorkspaceState } from './workspace-words.ts'

export const contractVersion = 1

const nothing = z.strictObject({})
const files = z.strictObject({ files: z.array(FileRef) })
const maybeFile = z.strictObject({ file: FileRef.nullable() })
const oneFile = z.strictObject({ file: FileRef })

function call<
  In extends z.ZodType,
  Out extends z.ZodType,
  const Fails extends ErrorCode = never,
  Part extends z.ZodType = z.ZodNever,
>(shape: { input: In; output: Out; part?: Part; fails: readonly Fails[] }) {
  // A call without parts gets the never schema, which is what Part defaults to.
  return { ...shape, part: (shape.part ?? z.never()) as Part }
}

const reading = ['dataset/unreadable', 'dataset/locked', 'dataset/encrypted'] as const
const bringing = [
  ...reading,
  'dataset/wrongPassword',
  'dataset/overLimit',
  'dataset/tooSlow',
  'dataset/shapeMismatch',
  'dataset/nameTaken',
  'dataset/sameFile',
  'dataset/overlap',
  'dataset/empty',
  'dataset/notFound',
  'file/unknownReference',
  'file/notFound',
  'file/denied',
  'file/inUse',
  'file/diskFull',
] as const
/** What keeps a server from being asked. */
const reaching = ['connection/unreachable', 'connection/wrongPassword', 'connection/certificate', 'connection/noEncryption', 'connection/noDatabase', 'connection/noRights', 'connection/unsupported', 'connection/secretNeeded', 'connection/locked', 'connection/notFound'] as const // prettier-ignore
/** What only a live source can say: its file cannot be asked now, or looking through it takes too long. */
const living = [
  ...reaching,
  'sql/needsConsent',
  'file/notFound',
  'file/denied',
  'file/inUse',
  'file/diskFull',
  'dataset/locked',
  'dataset/unreadable',
  'dataset/tooSlow',
] as const
/** A formula of a question that is wrong: with its place. */
const formulating = ['expression/syntax', 'expression/unknownField', 'expression/typeMismatch', 'expression/kindMismatch'] as const // prettier-ignore
const asking = [
  ...living,
  ...formulating,
  'query/invalid',
  'query/tooLarge',
  'query/cancelled',
  'query/timedOut',
  'query/failed',
  'query/processLost',
  'dataset/notFound',
] as const
const keeping = [
  'file/denied',
  'file/inUse',
  'file/diskFull',
  'file/notFound',
  'file/unknownReference',
] as const
/** What a recipe, or the running of one, may be refused with. */
const preparing = ['recipe/broken', 'recipe/live', 'recipe/tooLarge'] as const
/** What a statement of the user's may be refused with. */
const writing = [
  ...asking,
  'sql/refused',
  'sql/failed',
  'dataset/overLimit',
  'dataset/nameTaken',
  'dataset/beingImported',
  'dataset/empty',
] as const
const opening = [
  ...keeping,
  'report/notAReport',
  'report/tooNew',
  'report/migrationFailed',
  'report/invalid',
  'report/dangling',
  'report/locked',
] as const
const comparing = [
  'people/notFound',
  'people/nothingToCompare',
  'dataset/notFound',
  'dataset/fieldMissing',
  'file/notFound',
  'file/denied',
  'file/inUse',
  'file/diskFull',
] as const
const homing = [
  'workspace/inUse',
  'workspace/tooNew',
  'workspace/damaged',
  'workspace/notFound',
  'workspace/notEmpty',
  ...keeping,
] as const

// A list, one call a line, so that the whole contract is read at once.
// prettier-ignore
export const calls = {
  'app.info': call({ input: nothing, output: AppInfo, fails: [] }),
  'settings.save': call({ input: Settings, output: nothing, fails: ['file/denied', 'file/diskFull'] }),

  'host.pickOpen': call({ input: OpenAsk, output: files, fails: [] }),
  'host.pickSave': call({ input: SaveAsk, output: maybeFile, fails: [] }),
  'host.reveal': call({ input: oneFile, output: z.strictObject({ done: z.boolean() }), fails: ['file/unknownReference'] }),
  'host.openLink': call({ input: z.strictObject({ url: z.string().max(2000) }), output: z.strictObject({ done: z.boolean() }), fails: ['file/denied'] }),
  'host.showDocument': call({ input: z.strictObject({ title: z.string().max(300), edited: z.boolean(), reading: z.boolean().optional() }), output: nothing, fails: [] }),
  'host.notify': call({ input: Notice, output: nothing, fails: [] }),
  'host.answerClose': call({ input: z.strictObject({ askId: z.string(), close: z.boolean() }), output: nothing, fails: [] }),
  'browse.list': call({ input: z.strictObject({ askId: z.string(), folder: z.string().nullable() }), output: FolderListing, fails: ['file/denied', 'file/notFound'] }),
  'browse.answer': call({ input: z.strictObject({ askId: z.string(), entries: z.array(z.string()).max(200), folder: z.string().optional(), name: z.string().max(200).optional() }), output: nothing, fails: ['file/notFound', 'file/denied', 'file/badName'] }),
  'inbox.begin': call({ input: z.strictObject({ name: z.string().max(300), bytes: z.number().int() }), output: z.strictObject({ id: z.string() }), fails: ['dataset/overLimit', 'file/denied', 'file/diskFull'] }),
  'inbox.chunk': call({ input: z.strictObject({ id: z.string(), bytes: z.instanceof(Uint8Array) }), output: nothing, fails: ['file/diskFull', 'file/notFound'] }),
  'inbox.finish': call({ input: z.strictObject({ id: z.string() }), output: oneFile, fails: ['file/diskFull', 'file/notFound'] }),

  'workspace.state': call({ input: nothing, output: z.strictObject({ current: WorkspaceState.nullable(), recent: z.array(RecentItem) }), fails: [] }),
  'workspace.create': call({ input: oneFile, output: WorkspaceState, fails: homing }),
  'workspace.open': call({ input: oneFile, output: WorkspaceState, fails: homing }),
  'workspace.openDefault': call({ input: nothing, output: WorkspaceState, fails: homing }),
  'workspace.backUp': call({ input: oneFile, output: oneFile, fails: homing }),
  'workspace.move': call({ input: oneFile, output: WorkspaceState, fails: homing }),
  'sample.start': call({ input: nothing, output: SampleState, fails: homing }),
  'sample.cancel': call({ input: nothing, output: SampleState, fails: [] }),
  'sample.state': call({ input: nothing, output: SampleState, fails: [] }),
  'sample.open': call({ input: nothing, output: reports.OpenedReport, fails: [...homing, ...opening] }),

  /** The data files right in a folder, by name. */
  'files.ofFolder': call({ input: z.strictObject({ folder: FileRef }), output: files, fails: ['file/unknownReference', 'file/notFound', 'file/denied', 'dataset/empty', 'dataset/overLimit'] }),
  'files.inspect': call({ input: imports.InspectFiles, output: imports.InspectedFiles, part: imports.InspectProgress, fails: bringing }),
  'dataset.import': call({ input: z.strictObject({ orders: z.array(recipes.PreparedImportOrder).min(1).max(imports.mostFiles), run: imports.ImportRunId.optional() }), output: imports.ImportResult, part: imports.ImportProgress, fails: [...bringing, ...preparing] }),
  /** Takes one dataset out of an import that runs; the others go on. False once the import is over. */
  'dataset.leaveOut': call({ input: z.strictObject({ run: imports.ImportRunId, name: z.string().max(120) }), output: z.strictObject({ leftOut: z.boolean() }), fails: [] }),
  'dataset.connectLive': call({ input: imports.ConnectLive, output: DatasetInfo, part: imports.ImportProgress, fails: bringing }),
  'dataset.rename': call({ input: z.strictObject({ dataset: DatasetId, name: z.string().min(1).max(120) }), output: DatasetInfo, fails: ['dataset/notFound', 'dataset/nameTaken', 'dataset/beingImported'] }),
  /** Reports this workspace knows that show the dataset; those whose file is gone are left out. */
  'dataset.usedBy': call({ input: z.strictObject({ dataset: DatasetId }), output: z.strictObject({ reports: z.array(z.strictObject({ title: z.string() })) }), fails: ['dataset/notFound'] }),
  /** Its rows and kept versions are gone for good; reports stay, and say what is missing. */
  'dataset.remove': call({ input: z.strictObject({ dataset: DatasetId }), output: nothing, fails: ['dataset/notFound', 'dataset/beingImported'] }),
  'dataset.tag': call({ input: imports.TagColumn, output: DatasetInfo, fails: ['dataset/notFound', 'dataset/fieldMissing', 'dataset/beingImported'] }),
  'dataset.values': call({ input: imports.FieldValuesAsk, output: imports.FieldValues, fails: asking }),
  /** Each dataset is refreshed whole or stays as it was; what became of it stands in the answer. */
  'dataset.refresh': call({ input: z.strictObject({ orders: z.array(refreshes.RefreshOrder).min(1).max(100) }), output: refreshes.RefreshResult, part: imports.ImportProgress, fails: ['file/denied', 'file/inUse', 'file/diskFull', 'file/notFound'] }),
  'dataset.staleness': call({ input: nothing, output: refreshes.Staleness, fails: ['file/denied', 'file/inUse'] }),
  'dataset.versions': call({ input: z.strictObject({ dataset: DatasetId }), output: refreshes.DatasetVersions, fails: ['dataset/notFound'] }),
  'dataset.changes': call({ input: z.strictObject({ dataset: DatasetId, from: z.number().int().optional(), to: z.number().int().optional() }), output: refreshes.DatasetChanges, fails: ['dataset/notFound', 'dataset/versionGone', 'dataset/unreadable', 'file/diskFull'] }),
  'dataset.rollback': call({ input: z.strictObject({ dataset: DatasetId, version: z.number().int().min(1) }), output: DatasetInfo, part: imports.ImportProgress, fails: ['dataset/notFound', 'dataset/versionGone', 'dataset/beingImported'] }),
  'dataset.dropVersions': call({ input: z.strictObject({ dataset: DatasetId, versions: z.array(z.number().int().min(1)).min(1).max(1000) }), output: z.strictObject({ freed: z.number().int() }), fails: ['dataset/notFound', 'dataset/versionCurrent'] }),
  'dataset.rejected': call({ input: rejects.RejectedAsk, output: rejects.RejectedRows, fails: ['dataset/notFound'] }),
  'dataset.mendRejected': call({ input: rejects.MendRows, output: rejects.MendedRows, part: imports.ImportProgress, fails: [...reading, ...preparing, 'dataset/notFound', 'dataset/beingImported', 'dataset/schemaChanged', 'dataset/overLimit', 'file/notFound', 'file/denied', 'file/diskFull'] }),
  'dataset.profile': call({ input: ProfileAsk, output: ColumnProfile, fails: asking }),
  'dataset.recipe': call({ input: z.strictObject({ dataset: DatasetId }), output: recipes.DatasetRecipe, fails: ['dataset/notFound', ...preparing] }),
  'dataset.recipePreview': call({ input: recipes.RecipePreviewAsk, output: recipes.RecipePreview, fails: [...asking, ...preparing] }),
  /** A new version over the same imported rows; the one before is kept to go back to. */
  'dataset.applyRecipe': call({ input: recipes.ApplyRecipe, output: recipes.AppliedRecipe, part: imports.ImportProgress, fails: [...reading, ...preparing, 'dataset/notFound', 'dataset/beingImported', 'dataset/overLimit', 'file/notFound', 'file/denied', 'file/diskFull'] }),
  /** A recipe as a file, to be handed on; opening one changes no dataset. */
  'recipe.open': call({ input: oneFile, output: z.strictObject({ recipe: Recipe }), fails: [...keeping, 'recipe/invalid'] }),
  'recipe.save': call({ input: z.strictObject({ file: FileRef, recipe: Recipe }), output: nothing, fails: keeping }),
  'classSet.list': call({ input: nothing, output: recipes.ClassSets, fails: ['file/denied'] }),
  'classSet.save': call({ input: recipes.SaveClassSet, output: ClassSet, fails: ['recipe/classSetGone'] }),
  'calendar.list': call({ input: nothing, output: calendars.Calendars, fails: ['file/denied'] }),
  'calendar.save': call({ input: calendars.SaveCalendar, output: calendars.SavedCalendar, fails: ['calendar/notFound', 'calendar/nameTaken', 'file/denied', 'file/diskFull'] }),
  'calendar.remove': call({ input: calendars.RemoveCalendar, output: nothing, fails: ['calendar/notFound', 'file/denied', 'file/diskFull'] }),
  'calendar.readHolidays': call({ input: oneFile, output: calendars.ReadHolidays, fails: [...bringing, 'calendar/noHolidays'] }),
  'relationship.create': call({ input: imports.CreateRelationship, output: Relationship, fails: [...asking, 'relationship/duplicateKey', 'relationship/cycle', 'relationship/samePair', 'relationship/ambiguous', 'relationship/live', 'relationship/notFound', 'dataset/fieldMissing'] }),
  /** Reports with a block that leads over it from one dataset to another. */
  'relationship.usedBy': call({ input: z.strictObject({ id: RelationshipId }), output: z.strictObject({ reports: z.array(z.strictObject({ title: z.string() })) }), fails: ['relationship/notFound'] }),
  'relationship.remove': call({ input: z.strictObject({ id: RelationshipId }), output: nothing, fails: ['relationship/notFound'] }),
  /** Why columns of one name cannot be related is looked into for the datasets of `among` only. */
  'relationship.propose': call({ input: z.strictObject({ among: z.array(DatasetId).max(1000).optional() }), output: imports.RelationshipProposals, fails: asking }),

  'connection.list': call({ input: nothing, output: servers.Connections, fails: [] }),
  /** Asks the server who it is and what it can do; nothing is kept. */
  'connection.test': call({ input: servers.TestConnection, output: servers.ServerFacts, fails: asking }),
  'connection.save': call({ input: servers.SaveConnection, output: servers.ConnectionInfo, fails: [...asking, 'connection/nameTaken', 'connection/wrongPassphrase'] }),
  'connection.remove': call({ input: z.strictObject({ id: servers.ConnectionId }), output: nothing, fails: ['connection/notFound', 'connection/inUse', 'file/denied', 'file/diskFull'] }),
  'connection.unlock': call({ input: servers.UnlockConnection, output: servers.ConnectionInfo, fails: [...asking, 'connection/wrongPassphrase'] }),
  'connection.names': call({ input: z.strictObject({ id: servers.ConnectionId }), output: servers.ServerNames, fails: asking }),
  'connection.tables': call({ input: z.strictObject({ id: servers.ConnectionId }), output: z.strictObject({ tables: z.array(servers.ServerTable) }), fails: asking }),
  /** A table or view of a server as a dataset that stays there. */
  'dataset.connectServer': call({ input: servers.ConnectTable, output: DatasetInfo, fails: [...asking, 'dataset/nameTaken', 'dataset/empty'] }),

  /** The first rows of a statement; nothing is kept. */
  'sql.preview': call({ input: z.strictObject({ draft: written.SqlDraft, dataset: DatasetId.nullable() }), output: written.SqlPreview, fails: writing }),
  /** Makes a dataset of a statement, or gives one another statement. */
  'sql.save': call({ input: written.SaveSql, output: DatasetInfo, part: imports.ImportProgress, fails: writing }),
  'sql.read': call({ input: z.strictObject({ dataset: DatasetId }), output: written.KeptSql, fails: ['dataset/notFound'] }),
  /** The statement was shown and may run here from now on, as long as it is this very one. */
  'sql.agree': call({ input: z.strictObject({ dataset: DatasetId, hash: z.string().max(100) }), output: nothing, fails: ['dataset/notFound', 'file/denied', 'file/diskFull'] }),

  /** Member lists, what of them could be compared, and what is known of their people. */
  'people.look': call({ input: z.strictObject({ dataset: DatasetId }), output: people.PeopleLook, fails: ['dataset/notFound'] }),
  'people.find': call({ input: people.FindPeople, output: people.PeopleSet, part: people.PeopleStep, fails: comparing }),
  'people.queue': call({ input: people.PeoplePage, output: z.strictObject({ pairs: z.array(people.ReviewPair) }), fails: [...asking, 'people/notFound', 'people/outdated'] }),
  'people.decide': call({ input: z.strictObject({ set: people.PeopleId, pair: people.PairId, decision: people.Decision, force: z.boolean().default(false) }), output: people.Decided, fails: ['people/notFound'] }),
  'people.acceptOver': call({ input: z.strictObject({ set: people.PeopleId, percent: Percent }), output: people.PeopleSet, fails: ['people/notFound'] }),
  'people.undo': call({ input: z.strictObject({ set: people.PeopleId, undo: people.UndoWhat }), output: people.PeopleSet, fails: ['people/notFound'] }),
  'people.merged': call({ input: people.PeoplePage, output: z.strictObject({ people: z.array(people.MergedPerson), total: z.number().int() }), fails: [...asking, 'people/notFound'] }),
  /** Decisions become what questions know: the person fields of every list are written anew where they are not up to date. */
  'people.write': call({ input: z.strictObject({ set: people.PeopleId, survivors: Survivors.optional() }), output: people.PeopleSet, part: people.PeopleStep, fails: comparing }),
  /** Decisions and person fields are gone for good; the lists stay as they are. */
  'people.remove': call({ input: z.strictObject({ set: people.PeopleId }), output: nothing, fails: ['people/notFound'] }),

  /** With `personal` the answer is one to take away: personal values are written as it says. The screen asks without. */
  'query.run': call({ input: z.strictObject({ query: ReportQuery, personal: PersonalMode.optional() }), output: QueryResult, fails: asking }),
  /** All blocks touched by one interaction; answers come block by block as parts. */
  'query.batch': call({ input: z.strictObject({ blocks: z.array(z.strictObject({ block: BlockId, query: ReportQuery })).max(200) }), output: z.strictObject({ answered: z.number().int() }), part: z.union([z.strictObject({ block: BlockId, ok: z.literal(true), result: QueryResult }), z.strictObject({ block: BlockId, ok: z.literal(false), error: AppError })]), fails: asking }),
  'query.explain': call({ input: z.strictObject({ query: ReportQuery, personal: PersonalMode.optional() }), output: z.strictObject({ plan: z.string(), sql: z.array(z.string()) }), fails: asking }),
  /** Recomputes a shown number from its base rows read one by one; the part says how many were read so far. */
  'query.prove': call({ input: ProofAsk, output: Proof, part: z.strictObject({ rows: z.number().int() }), fails: asking }),
  'rows.open': call({ input: RowsRequest, output: RowList, fails: asking }),
  'rows.window': call({ input: z.strictObject({ key: z.string(), offset: z.number().int().min(0), limit: z.number().int().min(1).max(5000) }), output: RowsPage, fails: asking }),

  'report.open': call({ input: oneFile, output: reports.OpenedReport, fails: opening }),
  'report.save': call({ input: reports.SaveReport, output: reports.SavedReport, fails: [...keeping, 'report/changedOnDisk', 'report/locked', 'report/invalid'] }),
  'report.keepRecovery': call({ input: z.strictObject({ file: FileRef.nullable(), report: Report, bindings: Bindings }), output: nothing, fails: keeping }),
  'report.recoveries': call({ input: nothing, output: z.strictObject({ copies: z.array(reports.RecoveryCopy) }), fails: [] }),
  'report.openRecovery': call({ input: z.strictObject({ id: z.string() }), output: reports.OpenedReport, fails: opening }),
  'report.dropRecovery': call({ input: z.strictObject({ id: z.string() }), output: nothing, fails: [] }),
  'report.addImage': call({ input: oneFile, output: z.strictObject({ type: z.literal('image/png'), data: z.string() }), fails: [...keeping, 'template/unsafeContent', 'dataset/overLimit'] }),

  /** A bound slot is looked at as its dataset is tagged now, whatever the report was told once. */
  'template.literals': call({ input: z.strictObject({ report: Report, bindings: Bindings.default({}) }), output: z.strictObject({ literals: z.array(reports.TemplateLiteral) }), fails: [] }),
  'template.pack': call({ input: z.strictObject({ report: Report, bindings: Bindings.default({}), keep: z.array(z.string()), to: FileRef }), output: oneFile, fails: [...keeping, 'report/invalid'] }),
  'template.open': call({ input: oneFile, output: z.strictObject({ report: Report, proposals: z.array(reports.SlotProposal) }), fails: [...opening, 'template/unsafeContent', 'dataset/overLimit'] }),
  /** The starter report that comes with the product, in the language of the user, for her own datasets. */
  'template.starter': call({ input: nothing, output: z.strictObject({ report: Report }), fails: opening }),
  'template.propose': call({ input: z.strictObject({ report: Report, slot: z.string(), dataset: DatasetId }), output: reports.SlotProposal, fails: ['dataset/notFound'] }),

  'export.personal': call({ input: exporting.PersonalColumnsAsk, output: z.strictObject({ columns: z.array(exporting.PersonalColumn) }), fails: [] }),
  'export.run': call({ input: exporting.ExportRequest, output: exporting.ExportResult, part: exporting.ExportProgress, fails: [...asking, ...keeping, 'export/unsupportedBlock', 'export/printFailed', 'export/noBrowser', 'export/tooLarge'] }),
  'print.content': call({ input: z.strictObject({ jobId: z.string() }), output: exporting.PrintContent, fails: ['file/unknownReference'] }),
  'print.progress': call({ input: exporting.PrintProgress, output: nothing, fails: ['file/unknownReference'] }),
  'print.ready': call({ input: z.strictObject({ jobId: z.string(), pages: z.number().int(), notes: z.array(z.string().max(1000)).max(1000) }), output: nothing, fails: ['file/unknownReference'] }),
} as const satisfies Record<string, CallShape>

export const events = {
  'host.command': z.strictObject({ command: z.string().max(80) }),
  'host.opened': z.strictObject({ file: FileRef }),
  'host.browse': BrowseAsk,
  'host.closeAsked': z.strictObject({ askId: z.string() }),
  'workspace.changed': z.strictObject({ reason: z.enum(['opened', 'datasets', 'relationships']) }),
  'sample.changed': SampleState,
  'engine.restarted': z.strictObject({ process: z.enum(['engine', 'query']) }),
} as const satisfies Record<string, z.ZodType>

export type Calls = typeof calls
export type CallName = keyof Calls
export type Events = typeof events
export type EventName = keyof Events
export type EventOf<E extends EventName> = z.output<Events[E]>
export type Input<C extends CallName> = z.output<Calls[C]['input']>
export type Output<C extends CallName> = z.output<Calls[C]['output']>
export type Part<C extends CallName> = z.output<Calls[C]['part']>
/** The engine as the page sees it. */
export type Engine = { readonly [C in CallName]: ClientCall<Calls[C]> }
/** What the engine must provide: a total record, so a call without a handler does not compile. */
export type Handlers = { readonly [C in CallName]: CallHandler<Calls[C]> }
