import { calls } from '../../../shared/contract.ts'
import { ok } from '../../../shared/errors.ts'
import type { EngineContext } from '../engine-context.ts'
import type { SampleService } from '../workspace/sample-service.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'
import { answer } from './answer.ts'
import type { HandlerGroup } from './handler-group.ts'
import type { ReportServices } from './report-handlers.ts'
import { openReport } from './report-handlers.ts'

export function createSampleHandlers(
  context: EngineContext,
  workspaces: WorkspaceService,
  sample: SampleService,
  reports: ReportServices,
): HandlerGroup<'sample'> {
  return {
    'sample.start': () => answer(calls['sample.start'].fails, () => sample.start()),
    'sample.cancel': async () => ok(await sample.cancel()),
    'sample.state': async () => ok(await sample.state()),
    'sample.open': async () => {
      const opened = await answer(calls['sample.open'].fails, async () => {
        await workspaces.open(workspaces.samplePath)
        await sample.restoreReport()
      })
      if (!opened.ok) return opened
      return openReport(context, reports, context.host.files.register(sample.reportPath))
    },
  }
}
