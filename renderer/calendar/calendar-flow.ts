import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import { holidayKinds, plainCalendar } from '../../shared/calendar/retail-calendar.ts'
import type { CalendarContent, Holiday } from '../../shared/calendar/retail-calendar.ts'
import { CalendarContent as Content } from '../../shared/calendar/retail-calendar.ts'
import type { Calendars } from '../../shared/calendar/calendar-words.ts'
import { withHolidays } from '../../shared/calendar/holiday-table.ts'
import type { AppError } from '../../shared/errors.ts'
import type { App } from '../state/app.ts'

/** A day as typed: it may not be a date yet. */
export interface HolidayDraft {
  readonly date: string
  readonly last: string
  readonly name: string
  readonly kind: Holiday['kind']
}

export interface CalendarState {
  readonly known: Calendars | null
  /** The calendar blocks use, as changed here; null while it is read. */
  readonly draft: CalendarContent | null
  readonly day: HolidayDraft
  readonly busy: 'save' | 'read' | null
  /** Days read from a file, and rows of it that could not be understood. */
  readonly read: { readonly days: number; readonly refused: number } | null
  readonly error: AppError | null
}

export interface CalendarFlow {
  readonly store: StoreApi<CalendarState>
  look(): Promise<void>
  change(part: Partial<CalendarContent>): void
  typeDay(part: Partial<HolidayDraft>): void
  addDay(): void
  removeDay(holiday: Holiday): void
  /** Adds the days of a table the user chooses. */
  readDays(): Promise<void>
  /** True when it is kept. */
  save(): Promise<boolean>
  leave(): void
}

const noDay: HolidayDraft = { date: '', last: '', name: '', kind: holidayKinds[2] }

/** The holiday that was typed; undefined while it is none. */
export function typedHoliday({ date, last, name, kind }: HolidayDraft): Holiday | undefined {
  const until = last === '' || last === date ? {} : { last }
  const all = Content.shape.holidays.safeParse([{ date, ...until, name, kind }])
  return all.success ? all.data[0] : undefined
}

export const isComplete = (draft: CalendarContent): boolean => Content.safeParse(draft).success

export function createCalendarFlow(app: App): CalendarFlow {
  const store = createStore<CalendarState>(() => {
    return { known: null, draft: null, day: noDay, busy: null, read: null, error: null }
  })
  let abort = new AbortController()
  const change = (part: Partial<CalendarContent>): void =>
    store.setState(({ draft }) => ({ draft: draft && { ...draft, ...part }, error: null }))
  const holidays = (): readonly Holiday[] => store.getState().draft?.holidays ?? []

  return {
    store,
    change,
    async look() {
      const answer = await app.engine['calendar.list']({})
      if (!answer.ok) store.setState({ error: answer.error })
      else {
        const { id: _own, ...draft } = answer.value.calendars[0] ?? plainCalendar
        store.setState({ known: answer.value, draft })
      }
    },
    typeDay: (part) => store.setState(({ day }) => ({ day: { ...day, ...part } })),
    addDay() {
      const holiday = typedHoliday(store.getState().day)
      if (!holiday) return
      change({ holidays: withHolidays(holidays(), [holiday]) })
      store.setState(({ day }) => ({ day: { ...noDay, kind: day.kind } }))
    },
    removeDay: (gone) => change({ holidays: holidays().filter((one) => one !== gone) }),
    async readDays() {
      const picked = await app.engine['host.pickOpen']({ purpose: 'data', multiple: false })
      const file = picked.ok ? picked.value.files[0] : undefined
      if (!file) return
      abort = new AbortController()
      const { signal } = abort
      store.setState({ busy: 'read', error: null, read: null })
      const answer = await app.engine['calendar.readHolidays']({ file }, { signal })
      if (signal.aborted) return
      store.setState({ busy: null })
      if (!answer.ok) {
        store.setState({ error: answer.error })
        return
      }
      const { holidays: found, refused } = answer.value
      change({ holidays: withHolidays(holidays(), found) })
      store.setState({ read: { days: found.length, refused: refused.length } })
    },
    async save() {
      const { draft, known } = store.getState()
      if (!draft || !known) return false
      const id = known.calendars[0]?.id
      store.setState({ busy: 'save', error: null })
      const answer = await app.engine['calendar.save']({
        content: draft,
        isDefault: true,
        ...(id === undefined ? {} : { id }),
      })
      store.setState({ busy: null })
      if (!answer.ok) store.setState({ error: answer.error })
      return answer.ok
    },
    leave: () => abort.abort(),
  }
}
