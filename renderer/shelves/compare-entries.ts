/** What a measure can be compared with over time, along a date field of its block or of its dataset. */
import { isTemporal } from '../../shared/data/field.ts'
import type { PillCompare } from '../../shared/report/field-use.ts'
import { fieldId, fieldNameOf, slotOf } from '../../shared/report/field-use.ts'
import { comparedCaption, fieldOf } from '../../shared/report/captions.ts'
import { allPills } from '../../shared/report/shelves.ts'
import type { Change, Entry, PillMenuAsk } from './pill-menu.tsx'

type Choice = Omit<PillCompare, 'field'>

const previous = { with: 'previous' } as const
const year = { with: 'year' } as const
const choices: readonly Choice[] = [
  { with: previous },
  { with: previous, show: 'difference' },
  { with: previous, show: 'percent' },
  { with: year },
  { with: year, show: 'difference' },
  { with: year, show: 'percent' },
  { with: { ...year, align: 'weekday' } },
  { with: { ...year, align: 'weekday' }, show: 'percent' },
  { with: { ...year, align: 'festival' } },
  { with: { ...year, align: 'festival' }, show: 'percent' },
  { with: { ...year, align: 'workdays' }, show: 'percent' },
  { with: { ...year, align: 'tradingDays' }, show: 'percent' },
  { toDate: 'month' },
  { toDate: 'quarter' },
  { toDate: 'year' },
  { toDate: 'year', with: year },
  { toDate: 'year', with: year, show: 'percent' },
]

/** Dates on the block come first: its lines are periods of them; else those of the measure's own dataset. */
function datesOf({ app, block, use }: PillMenuAsk): string[] {
  const report = app.documents.current()?.history.report
  if (!report) return []
  const isDate = (id: string): boolean => {
    const field = fieldOf(report, id)
    return field !== undefined && isTemporal(field.type)
  }
  const onBlock = allPills(block).flatMap((one) =>
    one.use.aggregate === undefined && isDate(one.use.field) ? [one.use.field] : [],
  )
  if (onBlock.length > 0) return [...new Set(onBlock)]
  const slot = slotOf(use.field)
  return (report.datasets[slot]?.fields ?? [])
    .map(({ name }) => fieldId(slot, name))
    .filter(isDate)
    .slice(0, 3)
}

export function compareEntries(
  ask: PillMenuAsk,
  change: (to: Change) => void,
): (readonly [string, Entry[]])[] {
  const { text, use } = ask
  const dates = datesOf(ask)
  const now = JSON.stringify(use.compare ?? null)
  return dates.map((field) => {
    const label =
      dates.length === 1
        ? text('pill.compare')
        : text('pill.compare.along', { field: fieldNameOf(field) })
    const entries = choices.map((choice): Entry => {
      const compare: PillCompare = { field, ...choice }
      return {
        label: comparedCaption(compare, text),
        checked: JSON.stringify(compare) === now,
        run: () => change({ set: { compare } }),
      }
    })
    const none: Entry = {
      label: text('pill.compare.none'),
      checked: !use.compare,
      run: () => change({ set: {}, clear: ['compare'] }),
    }
    return [label, [none, ...entries]] as const
  })
}
