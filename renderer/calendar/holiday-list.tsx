import { Button, Input } from 'antd'
import { useStore } from 'zustand'
import type { Calendars } from '../../shared/calendar/calendar-words.ts'
import type { CalendarContent } from '../../shared/calendar/retail-calendar.ts'
import { holidayKinds } from '../../shared/calendar/retail-calendar.ts'
import { IconButton } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import type { CalendarFlow } from './calendar-flow.ts'
import { typedHoliday } from './calendar-flow.ts'
import { Pick } from './calendar-form.tsx'

interface HolidayListProps {
  readonly flow: CalendarFlow
  readonly draft: CalendarContent
  readonly announced: Calendars['announced']
}

/** Days of one's own and official ones of later years, beside those that came with the product. */
export function HolidayList({ flow, draft, announced }: HolidayListProps) {
  const text = useText()
  const { busy, read } = useStore(flow.store)
  const years = announced.map(({ year }) => year)
  return (
    <section className="calendar-days" aria-label={text('calendar.days')}>
      <h3>{text('calendar.days')}</h3>
      <p className="hint">
        {text('calendar.announced', {
          from: String(Math.min(...years)),
          to: String(Math.max(...years)),
        })}
      </p>
      {draft.holidays.length === 0 ? (
        <p className="hint">{text('calendar.noDays')}</p>
      ) : (
        <ul>
          {draft.holidays.map((holiday) => {
            const { date, last, name, kind } = holiday
            const span = last === undefined ? date : `${date} – ${last}`
            return (
              <li key={`${date} ${name} ${kind}`}>
                <span className="calendar-date">{span}</span>
                <span className="calendar-name">{name}</span>
                <small>{text(`calendar.kind.${kind}`)}</small>
                <IconButton
                  icon="close"
                  small
                  label={text('calendar.removeDay', { name, date })}
                  onClick={() => flow.removeDay(holiday)}
                />
              </li>
            )
          })}
        </ul>
      )}
      <AddDay flow={flow} />
      <div className="calendar-read">
        <Button loading={busy === 'read'} onClick={() => void flow.readDays()}>
          {text('calendar.read')}
        </Button>
        {read && (
          <span className="hint" role="status">
            {text('calendar.didRead', { days: read.days, refused: read.refused })}
          </span>
        )}
      </div>
      <p className="hint">{text('calendar.readHint')}</p>
    </section>
  )
}

function AddDay({ flow }: { readonly flow: CalendarFlow }) {
  const text = useText()
  const { day } = useStore(flow.store)
  const complete = typedHoliday(day) !== undefined
  return (
    <form
      className="calendar-add"
      aria-label={text('calendar.addDay')}
      onSubmit={(event) => {
        event.preventDefault()
        flow.addDay()
      }}
    >
      <label>
        {text('calendar.from')}
        <Input
          type="date"
          value={day.date}
          onChange={({ target }) => flow.typeDay({ date: target.value })}
        />{' '}
        {/* prettier-ignore */}
      </label>
      <label>
        {text('calendar.to')}
        <Input
          type="date"
          value={day.last}
          onChange={({ target }) => flow.typeDay({ last: target.value })}
        />{' '}
        {/* prettier-ignore */}
      </label>
      <label className="calendar-add-name">
        {text('calendar.dayName')}
        <Input
          value={day.name}
          maxLength={80}
          onChange={({ target }) => flow.typeDay({ name: target.value })}
        />{' '}
        {/* prettier-ignore */}
      </label>
      <Pick
        label={text('calendar.kind')}
        value={day.kind}
        options={holidayKinds.map((kind) => [kind, text(`calendar.kind.${kind}`)])}
        onPick={(picked) => {
          const kind = holidayKinds.find((one) => one === picked)
          if (kind) flow.typeDay({ kind })
        }}
      />
      <Button htmlType="submit" disabled={!complete}>
        {text('calendar.addDay')}
      </Button>
    </form>
  )
}
