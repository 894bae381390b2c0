/** The work behind each job name; runs in a job process, and in tests also in place. */
import { drawCharts } from '../exports/draw-chart.ts'
import { writeWorkbook } from '../../exports/workbook/write-workbook.ts'
import { runImport } from '../import/run-import.ts'
import { inspectFiles } from '../import/inspect-files.ts'
import { describeLive } from '../sqlite/describe-live.ts'
import { compareVersions } from '../compare/compare-versions.ts'
import { redrawPicture } from '../pictures/redraw-picture.ts'
import { runPrepare } from '../prepare/run-prepare.ts'
import { buildRelationship } from '../relate/build-relationship.ts'
import type { JobName, Jobs } from './job-messages.ts'

type JobWork = {
  readonly [N in JobName]: (
    order: Jobs[N]['order'],
    onStep: (step: Jobs[N]['step'], atOnce?: 'atOnce') => void,
  ) => Promise<Jobs[N]['outcome']>
}

export const jobList: JobWork = {
  import: (order, onStep) => runImport(order, onStep),
  inspect: (order, onStep) => inspectFiles(order, onStep),
  describe: (order, onStep) => describeLive(order, onStep),
  prepare: (order, onStep) => runPrepare(order, onStep),
  relate: (order) => buildRelationship(order),
  compare: (order) => compareVersions(order),
  draw: (order) => drawCharts(order),
  workbook: (order) => writeWorkbook(order),
  picture: (order) => redrawPicture(order),
}
