import { z } from 'zod'
import { CalendarContent, CalendarId, Holiday, RetailCalendar } from './retail-calendar.ts'

export const Calendars = z.strictObject({
  /** The default one first. Without any the common calendar holds. */
  calendars: z.array(RetailCalendar),
  /** Years whose official holidays came with the product, with the notice that announced them. */
  announced: z.array(z.strictObject({ year: z.number().int(), notice: z.string() })),
})
export type Calendars = z.infer<typeof Calendars>

/** A new calendar without an id. */
export const SaveCalendar = z.strictObject({
  id: CalendarId.optional(),
  content: CalendarContent,
  isDefault: z.boolean().optional(),
})
export type SaveCalendar = z.infer<typeof SaveCalendar>

export const SavedCalendar = RetailCalendar
export const RemoveCalendar = z.strictObject({ id: CalendarId })

/** Of a table of dates, names and kinds; nothing is kept until a calendar with them is saved. */
export const refusedHolidayReasons = ['noDate', 'noName', 'unknownKind', 'order'] as const
export const ReadHolidays = z.strictObject({
  holidays: z.array(Holiday),
  /** Rows that could not be understood, by their number in the file from 1. */
  refused: z.array(
    z.strictObject({ row: z.number().int(), reason: z.enum(refusedHolidayReasons) }),
  ),
})
export type ReadHolidays = z.infer<typeof ReadHolidays>
