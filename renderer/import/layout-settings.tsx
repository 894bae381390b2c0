import { Checkbox } from 'antd'
import type { SheetLayout, Unpivot } from '../../shared/data/sheet-layout.ts'
import { namesColumns } from '../../shared/data/source-kind.ts'
import { DelimiterChoice } from './delimiter-choice.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { useText } from '../ui/use-text.ts'
import type { PlannedDataset } from './import-plan.ts'

interface LayoutProps {
  readonly dataset: PlannedDataset
  readonly onChange: (change: Partial<SheetLayout>) => void
}

/** How the cells of the sheet are understood: where names stand, what is no data, whether periods become rows. */
export function LayoutSettings({ dataset, onChange }: LayoutProps) {
  const text = useText()
  const [first] = dataset.parts
  if (!first || namesColumns(first.kind) || dataset.live) return null
  const { layout, periods, periodTotals } = first
  const { headerRow = 0, headerRows = 1 } = layout
  return (
    <div className="plan-layout" role="group" aria-label={text('import.layout')}>
      <DelimiterChoice part={first} onChange={onChange} />
      <label>
        <span>{text('import.headerRow')}</span>
        <NumberField
          size="small"
          min={0}
          max={1_048_576}
          value={headerRow}
          onChange={(row) => onChange({ headerRow: row ?? 0 })}
        />
      </label>
      {headerRow > 0 && (
        <label>
          <span>{text('import.headerRows')}</span>
          <NumberField
            size="small"
            min={1}
            max={10}
            value={headerRows}
            onChange={(rows) => onChange({ headerRows: rows ?? 1 })}
          />
        </label>
      )}
      <Checkbox
        checked={layout.keepTotals !== true}
        onChange={(event) => onChange({ keepTotals: !event.target.checked })}
      >
        {text('import.leaveOutTotals')}
      </Checkbox>
      {layout.totalsByWord === true && layout.keepTotals !== true && (
        <Checkbox checked onChange={() => onChange({ totalsByWord: false })}>
          {text('import.totalsByWord')}
        </Checkbox>
      )}
      {periods && <TurnPeriods periods={periods} layout={layout} onChange={onChange} />}
      {periodTotals && layout.unpivot && (
        <LeaveOutSums names={periodTotals} unpivot={layout.unpivot} onChange={onChange} />
      )}
    </div>
  )
}

interface TurnProps {
  readonly periods: readonly string[]
  readonly layout: SheetLayout
  readonly onChange: (change: Partial<SheetLayout>) => void
}

function TurnPeriods({ periods, layout, onChange }: TurnProps) {
  const text = useText()
  const unpivot = {
    columns: [...periods],
    name: text('import.periodColumn'),
    value: text('import.valueColumn'),
  }
  const [first = '', last = ''] = [periods[0], periods.at(-1)]
  return (
    <Checkbox
      checked={layout.unpivot !== undefined}
      onChange={(event) => onChange({ unpivot: event.target.checked ? unpivot : undefined })}
    >
      {text('import.turnPeriods', { count: periods.length, first, last })}
    </Checkbox>
  )
}

interface SumsProps {
  readonly names: readonly string[]
  readonly unpivot: Unpivot
  readonly onChange: (change: Partial<SheetLayout>) => void
}

/** Only for months that are turned: before, nothing is left out. */
function LeaveOutSums({ names, unpivot, onChange }: SumsProps) {
  const text = useText()
  const { keepTotals, ...turned } = unpivot
  return (
    <Checkbox
      checked={keepTotals !== true}
      onChange={({ target }) =>
        onChange({ unpivot: target.checked ? turned : { ...turned, keepTotals: true } })
      }
    >
      {text('import.leaveOutSums', { names: names.join(text('list.separator')) })}
    </Checkbox>
  )
}
