/**
 * The work behind each job name; runs in a job process, and in tests also in place. Each job's modules are loaded when
 * it is asked for: a process does one job, and the others' modules would cost it a tenth of a second.
 */
import type { JobName, Jobs } from './job-messages.ts'

/** Files of threads a job may start. */
export interface Programs {
  readonly writeThread: string
  readonly tableThread: string
}

type Work<N extends JobName> = (
  order: Jobs[N]['order'],
  onStep: (step: Jobs[N]['step'], atOnce?: 'atOnce') => void,
  programs?: Programs,
) => Promise<Jobs[N]['outcome']>

type JobList = { readonly [N in JobName]: () => Promise<Work<N>> }

export const jobList: JobList = {
  import: async () => (await import('../import/run-import.ts')).runImport,
  inspect: async () => (await import('../import/inspect-files.ts')).inspectFiles,
  readHolidays: async () => (await import('../import/read-holidays.ts')).readHolidays,
  describe: async () => (await import('../sqlite/describe-live.ts')).describeLive,
  prepare: async () => (await import('../prepare/run-prepare.ts')).runPrepare,
  written: async () => (await import('../user-sql/run-written.ts')).runWritten,
  fileSql: async () => (await import('../user-sql/look-into-file.ts')).lookIntoFile,
  relate: async () => (await import('../relate/build-relationship.ts')).buildRelationship,
  matchKeys: async () => (await import('../relate/match-keys.ts')).matchKeys,
  findPeople: async () => (await import('../people/find-pairs.ts')).findPeople,
  writePersons: async () => (await import('../people/write-persons.ts')).writePersons,
  compare: async () => (await import('../compare/compare-versions.ts')).compareVersions,
  draw: async () => (await import('../exports/draw-chart.ts')).drawCharts,
  workbook: async () => (await import('../../exports/workbook/write-workbook.ts')).writeWorkbook,
  picture: async () => (await import('../pictures/redraw-picture.ts')).redrawPicture,
}
