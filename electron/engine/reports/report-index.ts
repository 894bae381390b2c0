import type { OfferedDataset } from '../../../shared/report/template/propose-fields.ts'
import type { Bindings } from '../../../shared/report/report.ts'

/** What the workspace knows about reports: which dataset each slot of a file is bound to, and what datasets there are. */
export interface ReportIndex {
  bindingsOf(path: string): Bindings
  /** Remembers an opened or saved report among the recent ones, with its bindings. */
  remember(path: string, title: string, bindings: Bindings): Promise<void>
  datasets(): readonly OfferedDataset[]
}
