import { fail, ok } from '../../../shared/errors.ts'
import type { EngineContext } from '../engine-context.ts'
import type { HandlerGroup } from './handler-group.ts'

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:'
}

export function createHostHandlers({ host, closeGuard }: EngineContext): HandlerGroup<'host'> {
  return {
    'host.pickOpen': async (ask) => ok({ files: await host.pickToOpen(ask) }),
    'host.pickSave': async (ask) => ok({ file: await host.pickToSave(ask) }),
    'host.reveal': async ({ file }) => {
      if (host.files.pathOf(file.id) === undefined) return fail('file/unknownReference')
      return ok({ done: (await host.reveal(file)) === 'done' })
    },
    'host.openLink': async ({ url }) => {
      if (!isHttps(url)) return fail('file/denied', { url })
      return ok({ done: (await host.openLink(url)) === 'done' })
    },
    'host.showDocument': (state) => {
      host.showDocument(state)
      return Promise.resolve(ok({}))
    },
    'host.notify': async (notice) => {
      await host.notify(notice)
      return ok({})
    },
    'host.answerClose': ({ askId, close }) => {
      closeGuard.answer(askId, close)
      return Promise.resolve(ok({}))
    },
  }
}
