import type { HandlerGroup } from './handler-group.ts'
import { notAvailable } from './handler-group.ts'

export function createTemplateHandlers(): HandlerGroup<'template'> {
  return {
    'template.literals': notAvailable,
    'template.pack': notAvailable,
    'template.open': notAvailable,
    'template.propose': notAvailable,
  }
}
