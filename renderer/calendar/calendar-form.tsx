import { Input } from 'antd'
import { fiscalYearOf, fiscalYearStart, weeksInYear } from '../../shared/calendar/fiscal.ts'
import type { CalendarContent, FiscalYear } from '../../shared/calendar/retail-calendar.ts'
import { weekPatterns } from '../../shared/calendar/retail-calendar.ts'
import { isoDay } from '../../shared/data/calendar-day.ts'
import type { Text } from '../../shared/text/messages.ts'
import { Choice, Setting } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import type { CalendarFlow } from './calendar-flow.ts'

interface PartProps {
  readonly flow: CalendarFlow
  readonly draft: CalendarContent
}

const months = Array.from({ length: 12 }, (_, index) => index + 1)
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
const patternName = (pattern: string): string => pattern.split('').join('-')

/** Fiscal year and weeks, and what they make of the year under way. */
export function CalendarForm({ flow, draft }: PartProps) {
  const text = useText()
  const { fiscal } = draft
  const change = (next: FiscalYear): void => flow.change({ fiscal: next })
  return (
    <section className="calendar-form" aria-label={text('calendar.year')}>
      <h3>{text('calendar.year')}</h3>
      <Choice
        label={text('calendar.by')}
        value={fiscal.by}
        options={[
          { value: 'month', label: text('calendar.by.month') },
          { value: 'week', label: text('calendar.by.week') },
        ]}
        onChange={(by) =>
          change(
            by === 'month'
              ? { by, startMonth: 1 }
              : { by, endMonth: 1, rule: 'nearest', pattern: '454' },
          )
        }
      />
      {fiscal.by === 'month' ? (
        <Pick
          label={text('calendar.startMonth')}
          value={fiscal.startMonth}
          options={months.map((month) => [month, text('calendar.month', { month })])}
          onPick={(startMonth) => change({ ...fiscal, startMonth: Number(startMonth) })}
        />
      ) : (
        <WeekYear fiscal={fiscal} onChange={change} />
      )}
      <Pick
        label={text('calendar.named')}
        value={draft.named}
        options={[
          ['end', text('calendar.named.end')],
          ['start', text('calendar.named.start')],
        ]}
        onPick={(named) => flow.change({ named: named === 'start' ? 'start' : 'end' })}
      />
      <Pick
        label={text('calendar.weekStart')}
        value={draft.weekStart}
        options={weekdays.map((day) => [day, text(`calendar.weekday.${day}`)])}
        onPick={(weekStart) => flow.change({ weekStart: Number(weekStart) })}
      />
      <Pick
        label={text('calendar.names')}
        value={draft.names}
        options={[
          ['zh-CN', '中文'],
          ['en', 'English'],
        ]}
        onPick={(names) => flow.change({ names: names === 'en' ? 'en' : 'zh-CN' })}
      />
      <Setting label={text('calendar.name')}>
        {(id) => (
          <Input
            id={id}
            value={draft.name}
            maxLength={80}
            onChange={({ target }) => flow.change({ name: target.value })}
          />
        )}
      </Setting>
      <p className="hint" role="status">
        {yearWords(draft, text)}
      </p>
    </section>
  )
}

function WeekYear({
  fiscal,
  onChange,
}: {
  readonly fiscal: Extract<FiscalYear, { by: 'week' }>
  readonly onChange: (next: FiscalYear) => void
}) {
  const text = useText()
  return (
    <>
      <Pick
        label={text('calendar.endMonth')}
        value={fiscal.endMonth}
        options={months.map((month) => [month, text('calendar.month', { month })])}
        onPick={(endMonth) => onChange({ ...fiscal, endMonth: Number(endMonth) })}
      />
      <Pick
        label={text('calendar.rule')}
        value={fiscal.rule}
        options={[
          ['nearest', text('calendar.rule.nearest')],
          ['last', text('calendar.rule.last')],
        ]}
        onPick={(rule) => onChange({ ...fiscal, rule: rule === 'last' ? 'last' : 'nearest' })}
      />
      <Pick
        label={text('calendar.pattern')}
        value={fiscal.pattern}
        options={weekPatterns.map((pattern) => [pattern, patternName(pattern)])}
        onPick={(picked) => {
          const pattern = weekPatterns.find((one) => one === picked)
          if (pattern) onChange({ ...fiscal, pattern })
        }}
      />
    </>
  )
}

interface PickProps {
  readonly label: string
  readonly value: string | number
  readonly options: readonly (readonly [value: string | number, label: string])[]
  readonly onPick: (value: string) => void
}

export function Pick({ label, value, options, onPick }: PickProps) {
  return (
    <Setting label={label}>
      {(id) => (
        <select id={id} value={value} onChange={({ target }) => onPick(target.value)}>
          {options.map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Setting>
  )
}

/** The fiscal year today lies in, with its first and last day. */
function yearWords(draft: CalendarContent, text: Text): string {
  const today = Math.floor(Date.now() / 86_400_000)
  const calendar = { ...draft, id: 'cal_preview' }
  const year = fiscalYearOf(calendar, today)
  const first = isoDay(fiscalYearStart(calendar, year))
  const last = isoDay(fiscalYearStart(calendar, year + 1) - 1)
  return draft.fiscal.by === 'month'
    ? text('calendar.thisYear', { year: String(year), first, last })
    : text('calendar.thisYearWeeks', {
        ...{ year: String(year), first, last },
        weeks: String(weeksInYear(calendar, year)),
      })
}
