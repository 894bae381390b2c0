import { fail } from '../../../shared/errors.ts'
import type { EngineContext } from '../engine-context.ts'
import type { HandlerGroup } from './handler-group.ts'

export function createBrowseHandlers({ browser }: EngineContext): HandlerGroup<'browse'> {
  return {
    'browse.list': async ({ askId, folder }) =>
      browser === undefined ? fail('file/notFound') : browser.list(askId, folder),
    'browse.answer': ({ askId, ...answer }) =>
      Promise.resolve(browser?.answer(askId, answer) ?? fail('file/notFound')),
  }
}
