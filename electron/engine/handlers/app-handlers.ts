import { fail, ok } from '../../../shared/errors.ts'
import type { EngineContext } from '../engine-context.ts'
import { fileFaultOf } from '../file-faults.ts'
import type { HandlerGroup } from './handler-group.ts'

export function createAppHandlers(context: EngineContext): HandlerGroup<'app' | 'settings'> {
  return {
    'app.info': async () =>
      ok({
        version: context.version,
        hostKind: context.host.kind,
        platform: process.platform,
        nativeMenu: context.host.kind === 'electron',
        systemLanguage: context.systemLanguage,
        settings: await context.settings.read(),
      }),
    'settings.save': async (settings) => {
      try {
        await context.settings.save(settings)
        return ok({})
      } catch (error) {
        const fault = fileFaultOf(error)
        if (fault === undefined) throw error
        return fail(fault === 'file/diskFull' ? fault : 'file/denied', {}, true)
      }
    },
  }
}
