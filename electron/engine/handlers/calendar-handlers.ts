import { randomBytes } from 'node:crypto'
import { announcedYears, noticeOf } from '../../../shared/calendar/official-holidays.ts'
import type { RetailCalendar } from '../../../shared/calendar/retail-calendar.ts'
import { calls } from '../../../shared/contract.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type { EngineContext } from '../engine-context.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'
import { answer } from './answer.ts'
import type { HandlerGroup } from './handler-group.ts'
import { pathOf } from './workspace-handlers.ts'

export function createCalendarHandlers(
  context: EngineContext,
  workspaces: WorkspaceService,
): HandlerGroup<'calendar'> {
  const stored = async () => (await workspaces.require()).catalogue.calendars
  return {
    'calendar.list': () =>
      answer(calls['calendar.list'].fails, async () => ({
        calendars: [...(await stored()).all()],
        announced: announcedYears.map((year) => ({ year, notice: noticeOf(year) ?? '' })),
      })),
    'calendar.save': ({ id, content, isDefault }) =>
      answer(calls['calendar.save'].fails, async () => {
        const calendars = await stored()
        if (id !== undefined && !calendars.all().some((one) => one.id === id)) {
          throw new AppErrorException(appError('calendar/notFound', { calendar: id }))
        }
        const lower = content.name.toLowerCase()
        const taken = calendars
          .all()
          .some((one) => one.id !== id && one.name.toLowerCase() === lower)
        if (taken) {
          throw new AppErrorException(appError('calendar/nameTaken', { name: content.name }))
        }
        const made = `cal_${randomBytes(6).toString('hex')}`
        const calendar: RetailCalendar = { ...content, id: id ?? made }
        calendars.save(calendar, isDefault)
        // Every question that has a fiscal grain or a comparison has another answer now.
        workspaces.announce('datasets')
        return calendar
      }),
    'calendar.remove': ({ id }) =>
      answer(calls['calendar.remove'].fails, async () => {
        if (!(await stored()).remove(id)) {
          throw new AppErrorException(appError('calendar/notFound', { calendar: id }))
        }
        workspaces.announce('datasets')
        return {}
      }),
    'calendar.readHolidays': ({ file }, { signal }) =>
      answer(calls['calendar.readHolidays'].fails, async () => {
        const tempFolder = await (await workspaces.require()).jobFolder()
        const order = { path: pathOf(context, file.id), tempFolder }
        return workspaces.runJob('readHolidays', order, { signal })
      }),
  }
}
