import type { HandlerGroup } from './handler-group.ts'
import { notAvailable } from './handler-group.ts'

export function createSampleHandlers(): HandlerGroup<'sample'> {
  return {
    'sample.start': notAvailable,
    'sample.cancel': notAvailable,
    'sample.state': notAvailable,
    'sample.open': notAvailable,
  }
}
