import type { HandlerGroup } from './handler-group.ts'
import { notAvailable } from './handler-group.ts'

export function createWorkspaceHandlers(): HandlerGroup<'workspace'> {
  return {
    'workspace.state': notAvailable,
    'workspace.create': notAvailable,
    'workspace.open': notAvailable,
    'workspace.openDefault': notAvailable,
    'workspace.backUp': notAvailable,
    'workspace.move': notAvailable,
  }
}
