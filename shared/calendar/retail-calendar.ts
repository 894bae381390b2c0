import { z } from 'zod'
import { parseIsoDay } from '../data/calendar-day.ts'

export const CalendarId = z.string().regex(/^cal_[a-z0-9]{6,24}$/)
export type CalendarId = z.infer<typeof CalendarId>

const isoDate = z.string().refine((text) => parseIsoDay(text) !== undefined)
/** Monday is 1. */
const Weekday = z.number().int().min(1).max(7)
const Month = z.number().int().min(1).max(12)

/**
 * `off`: an official holiday, `work`: a weekend day worked for one, `own`: an event of the chain's own, `closed`: a day without
 * trade. The first two make the year an announced one.
 */
export const holidayKinds = ['off', 'work', 'own', 'closed'] as const
export const Holiday = z
  .strictObject({
    date: isoDate,
    /** Included; absent for a single day. */
    last: isoDate.optional(),
    name: z.string().trim().min(1).max(80),
    kind: z.enum(holidayKinds),
  })
  .refine(({ date, last }) => last === undefined || last >= date)
export type Holiday = z.infer<typeof Holiday>

export const weekPatterns = ['445', '454', '544'] as const

/**
 * Years of months begin on the first of one; years of whole weeks end on the last day of the week that is nearest to the end
 * of a month, or the last in it, so that every fifth or sixth year has a 53rd week.
 */
export const FiscalYear = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('month'), startMonth: Month }),
  z.strictObject({
    by: z.literal('week'),
    endMonth: Month,
    rule: z.enum(['nearest', 'last']),
    pattern: z.enum(weekPatterns),
  }),
])
export type FiscalYear = z.infer<typeof FiscalYear>

const shape = {
  name: z.string().trim().min(1).max(80),
  fiscal: FiscalYear,
  /** Whether a fiscal year has the number of the year it ends in, or that it begins in. */
  named: z.enum(['end', 'start']),
  /** First day of fiscal weeks and of those counted from 1 January. ISO weeks begin on Monday whatever is set here. */
  weekStart: Weekday,
  /** Language of the names of festivals and holidays: they are members of dimensions. */
  names: z.enum(['zh-CN', 'en']),
  holidays: z.array(Holiday).max(5000),
}
export const CalendarContent = z.strictObject(shape)
export type CalendarContent = z.infer<typeof CalendarContent>

export const RetailCalendar = z.strictObject({ id: CalendarId, ...shape })
export type RetailCalendar = z.infer<typeof RetailCalendar>

/** What holds until a workspace has a calendar of its own. */
export const plainCalendar: RetailCalendar = {
  id: 'cal_default',
  name: 'Default',
  fiscal: { by: 'month', startMonth: 1 },
  named: 'end',
  weekStart: 1,
  names: 'zh-CN',
  holidays: [],
}
