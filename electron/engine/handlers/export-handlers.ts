import type { HandlerGroup } from './handler-group.ts'
import { notAvailable } from './handler-group.ts'

export function createExportHandlers(): HandlerGroup<'export' | 'print'> {
  return {
    'export.run': notAvailable,
    'print.content': notAvailable,
    'print.ready': notAvailable,
  }
}
