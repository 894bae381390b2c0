import type { HandlerGroup } from './handler-group.ts'
import { notAvailable } from './handler-group.ts'

export function createReportHandlers(): HandlerGroup<'report'> {
  return {
    'report.open': notAvailable,
    'report.save': notAvailable,
    'report.keepRecovery': notAvailable,
    'report.recoveries': notAvailable,
    'report.openRecovery': notAvailable,
    'report.dropRecovery': notAvailable,
    'report.addImage': notAvailable,
  }
}
