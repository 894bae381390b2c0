import { resolve } from 'node:path'
import type { RetailCalendar } from '../../../../shared/calendar/retail-calendar.ts'
import { CalendarContent, plainCalendar } from '../../../../shared/calendar/retail-calendar.ts'
import { withHolidays } from '../../../../shared/calendar/holiday-table.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { exactlyOne, readArguments, readInput, required, UsageError } from '../arguments.ts'
import type { Command, CommandRun } from '../command.ts'
import type { Session } from '../session.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'

const options = {
  workspace: { type: 'string' },
  default: { type: 'boolean' },
  into: { type: 'string' },
} as const

/** Lists the workspace's calendars; saves or removes one; brings official holidays of later years into one. */
export const calendarCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, options)
  const folder = resolve(required(values.workspace, '--workspace'))
  const [action, ...rest] = positionals
  await withSession(run, { workspace: folder }, async (session) => {
    switch (action) {
      case undefined:
        return list(run, session)
      case 'save':
        return save(run, session, exactlyOne(rest, 'FILE'), values.default)
      case 'remove':
        return remove(session, exactlyOne(rest, 'NAME'))
      case 'holidays':
        return holidays(run, session, exactlyOne(rest, 'FILE'), values.into)
      default:
        throw new UsageError(`Unexpected: ${action}`, { name: action })
    }
  })
}

async function list({ terminal }: CommandRun, session: Session): Promise<void> {
  const { calendars, announced } = await session.call('calendar.list', {})
  terminal.result(jsonText({ default: calendars[0]?.name ?? null, calendars, announced }))
}

async function known(session: Session, name: string): Promise<RetailCalendar | undefined> {
  const { calendars } = await session.call('calendar.list', {})
  return calendars.find((one) => one.name.toLowerCase() === name.toLowerCase() || one.id === name)
}

const notFound = (calendar: string): AppErrorException =>
  new AppErrorException(appError('calendar/notFound', { calendar }))

/** A calendar of that name is replaced. */
async function save(
  run: CommandRun,
  session: Session,
  file: string,
  isDefault: boolean | undefined,
): Promise<void> {
  const content = contentOf(await readInput(file))
  const before = await known(session, content.name)
  const saved = await session.call('calendar.save', {
    ...(before ? { id: before.id } : {}),
    content,
    ...(isDefault === undefined ? {} : { isDefault }),
  })
  run.terminal.result(jsonText(saved))
}

/** What a file leaves out is as in the common calendar. */
function contentOf(text: string): CalendarContent {
  const { id, ...common } = plainCalendar
  try {
    const given: unknown = JSON.parse(text)
    return CalendarContent.parse({ ...common, ...(given as object) })
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, 500) : ''
    throw new AppErrorException(appError('calendar/invalid', { detail }))
  }
}

async function remove(session: Session, name: string): Promise<void> {
  const calendar = await known(session, name)
  if (!calendar) throw notFound(name)
  await session.call('calendar.remove', { id: calendar.id })
}

async function holidays(
  run: CommandRun,
  session: Session,
  path: string,
  into: string | undefined,
): Promise<void> {
  const { calendars } = await session.call('calendar.list', {})
  const calendar = into === undefined ? calendars[0] : await known(session, into)
  if (into !== undefined && !calendar) throw notFound(into)
  const file = session.file(resolve(path))
  const read = await session.call('calendar.readHolidays', { file })
  const { id, ...content } = calendar ?? plainCalendar
  const saved = await session.call('calendar.save', {
    ...(calendar ? { id } : {}),
    content: { ...content, holidays: withHolidays(content.holidays, read.holidays) },
  })
  const { length } = read.holidays
  run.terminal.result(jsonText({ calendar: saved.name, read: length, refused: read.refused }))
}
