import type { HandlerGroup } from './handler-group.ts'
import { notAvailable } from './handler-group.ts'

export function createDatasetHandlers(): HandlerGroup<'files' | 'dataset' | 'relationship'> {
  return {
    'files.inspect': notAvailable,
    'dataset.import': notAvailable,
    'dataset.connectLive': notAvailable,
    'dataset.rename': notAvailable,
    'dataset.remove': notAvailable,
    'dataset.values': notAvailable,
    'relationship.create': notAvailable,
    'relationship.remove': notAvailable,
    'relationship.propose': notAvailable,
  }
}
