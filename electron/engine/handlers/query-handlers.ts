import type { HandlerGroup } from './handler-group.ts'
import { notAvailable } from './handler-group.ts'

export function createQueryHandlers(): HandlerGroup<'query' | 'rows'> {
  return {
    'query.run': notAvailable,
    'query.batch': notAvailable,
    'query.explain': notAvailable,
    'rows.open': notAvailable,
    'rows.window': notAvailable,
  }
}
