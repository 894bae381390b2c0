import type { Handlers } from '../../../shared/contract.ts'
import type { EngineContext } from '../engine-context.ts'
import { ReportFiles } from '../reports/report-files.ts'
import { reportIndex } from '../workspace/report-memory.ts'
import { LiveDescriptions } from '../workspace/live-descriptions.ts'
import { LiveRelations } from '../workspace/live-relations.ts'
import { SampleService } from '../workspace/sample-service.ts'
import { WorkspaceService } from '../workspace/workspace-service.ts'
import { createQueryService } from './create-query-service.ts'
import { createAppHandlers } from './app-handlers.ts'
import { createCalendarHandlers } from './calendar-handlers.ts'
import { createBrowseHandlers } from './browse-handlers.ts'
import { createRelationshipHandlers } from './relationship-handlers.ts'
import { createConnectionHandlers, createConnections } from './connection-handlers.ts'
import { createDatasetHandlers } from './dataset-handlers.ts'
import { PdfPrinter } from '../exports/pdf-printer.ts'
import { PersonalData } from '../exports/personal/personal-data.ts'
import { createExportHandlers } from './export-handlers.ts'
import { createExportService } from './create-export-service.ts'
import { createHostHandlers } from './host-handlers.ts'
import { createInboxHandlers } from './inbox-handlers.ts'
import { createPeopleHandlers } from './people-handlers.ts'
import { createPreparationHandlers } from './preparation-handlers.ts'
import { createQueryHandlers } from './query-handlers.ts'
import type { PictureOrder } from '../reports/pictures/picture-order.ts'
import { createSqlHandlers, createSqlService } from './sql-handlers.ts'
import { createRefreshHandlers } from './refresh-handlers.ts'
import { createRejectedHandlers } from './rejected-handlers.ts'
import { createReportHandlers } from './report-handlers.ts'
import { createSampleHandlers } from './sample-handlers.ts'
import { userLanguage } from '../user-language.ts'
import { createTemplateHandlers } from './template-handlers.ts'
import { createWorkspaceHandlers } from './workspace-handlers.ts'

/** Services shared by several groups are made here and handed to the groups that need them. */
export function createHandlers(context: EngineContext): Handlers {
  const workspaces = new WorkspaceService(context)
  context.onClose(() => workspaces.close())
  context.onClose(() => context.inbox.close())
  const live = new LiveDescriptions(workspaces, context.now)
  context.onClose(() => live.close())
  const { connections, serverDatasets } = createConnections(context, workspaces, () => servers)
  const sql = createSqlService(context, workspaces, connections)
  const requireAgreed = (id: string): Promise<void> => sql.requireAgreed(id)
  const { queries, previews, openFiles, servers } = createQueryService(context, {
    catalog: () => workspaces.queryCatalog(),
    files: () => workspaces.extractFiles(),
    freshen: async (dataset, signal) => {
      await requireAgreed(dataset)
      await live.freshen(dataset, signal)
      await serverDatasets.freshen(dataset, signal)
      await liveRelations.freshen(dataset, signal)
    },
    troubleWith: (written) => sql.troubleWith(written),
    access: (connection) => connections.access(connection),
  })
  const liveRelations = new LiveRelations(workspaces, servers, context.now)
  const reports = {
    files: new ReportFiles(`Storeboard ${context.version}`),
    index: reportIndex(workspaces, context.now),
    drawPicture: (order: PictureOrder, signal: AbortSignal) =>
      workspaces.runJob('picture', order, { signal }),
  }
  const sample = createSampleService(context, workspaces)
  context.onClose(() => sample.close())
  const pdf = new PdfPrinter(context.host)
  const personal = new PersonalData({
    catalog: () => workspaces.queryCatalog(),
    secret: () => workspaces.personalSecret(),
  })
  const background = queries.background
  const exports = createExportService(context, workspaces, background, pdf, personal, previews)
  return {
    ...createAppHandlers(context),
    ...createHostHandlers(context),
    ...createBrowseHandlers(context),
    ...createInboxHandlers(context),
    ...createWorkspaceHandlers(context, workspaces),
    ...createSampleHandlers(context, workspaces, sample, reports),
    ...createDatasetHandlers(context, workspaces, queries),
    ...createConnectionHandlers(connections, serverDatasets),
    ...createRelationshipHandlers(workspaces, reports.files, { runner: servers, requireAgreed }),
    ...createSqlHandlers(sql),
    ...createRefreshHandlers(context, workspaces, reports.files, openFiles, requireAgreed),
    ...createPreparationHandlers(context, workspaces, reports.files, previews),
    ...createRejectedHandlers(workspaces),
    ...createCalendarHandlers(context, workspaces),
    ...createPeopleHandlers(workspaces, queries),
    ...createQueryHandlers(queries, { personal, printing: (job) => pdf.answersFor(job) }),
    ...createReportHandlers(context, reports),
    ...createTemplateHandlers(context, reports),
    ...createExportHandlers(context, exports, pdf, personal),
  }
}

function createSampleService(context: EngineContext, workspaces: WorkspaceService): SampleService {
  return new SampleService({
    files: context.host.files,
    resources: context.host.folders.resources,
    workspaces,
    language: () => userLanguage(context),
    changed: (state) => context.emit('sample.changed', state),
  })
}
