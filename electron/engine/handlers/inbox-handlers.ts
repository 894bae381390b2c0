import type { EngineContext } from '../engine-context.ts'
import type { HandlerGroup } from './handler-group.ts'

export function createInboxHandlers({ inbox }: EngineContext): HandlerGroup<'inbox'> {
  return {
    'inbox.begin': ({ name, bytes }) => inbox.begin(name, bytes),
    'inbox.chunk': ({ id, bytes }) => inbox.chunk(id, bytes),
    'inbox.finish': ({ id }) => inbox.finish(id),
  }
}
