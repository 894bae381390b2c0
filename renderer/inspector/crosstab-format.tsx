import { Checkbox, Select } from 'antd'
import type { AxisTotals } from '../../shared/query/report-query.ts'
import type { CrosstabBlock } from '../../shared/report/blocks/crosstab-block.ts'
import { pillCaption, shownMeasures } from '../../shared/report/captions.ts'
import { Setting } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import { useConfigure } from './configure.ts'
import { OverflowSetting } from './overflow-setting.tsx'

const totals: readonly AxisTotals[] = ['none', 'grand', 'all']

interface Props {
  readonly block: CrosstabBlock
}

export function CrosstabFormat({ block }: Props) {
  return (
    <>
      <TotalsSettings block={block} />
      <MeasuresSetting block={block} />
      <TintSettings block={block} />
      <OverflowSetting block={block} />
    </>
  )
}

function TotalsSettings({ block }: Props) {
  const configure = useConfigure(block)
  const text = useText()
  const options = totals.map((value) => ({ value, label: text(`crosstab.totals.${value}`) }))
  const { singles, over, ...axes } = block.totals
  const set = (to: Partial<CrosstabBlock['totals']>): void =>
    configure({ totals: JSON.parse(JSON.stringify({ ...block.totals, ...to })) as unknown })
  return (
    <>
      {(['rows', 'columns'] as const).map((axis) => (
        <Setting key={axis} label={text(`crosstab.totals.of.${axis}`)}>
          {(id) => (
            <Select
              id={id}
              value={axes[axis]}
              options={options}
              onChange={(value) => set({ [axis]: value })}
            />
          )}
        </Setting>
      ))}
      <Checkbox
        checked={singles !== 'hide'}
        onChange={({ target }) => set({ singles: target.checked ? undefined : 'hide' })}
      >
        {text('crosstab.totals.singles')}
      </Checkbox>
      <Checkbox
        checked={over === 'all'}
        onChange={({ target }) => set({ over: target.checked ? 'all' : undefined })}
      >
        {text('crosstab.totals.over')}
      </Checkbox>
    </>
  )
}

/** Every place the measures can stand: before, between and after the fields of either edge. */
function MeasuresSetting({ block }: Props) {
  const configure = useConfigure(block)
  const text = useText()
  const places = (['columns', 'rows'] as const).flatMap((axis) => {
    const fields = block.shelves[axis]
    return Array.from({ length: fields.length + 1 }, (_, after) => {
      const before = fields[after - 1]
      const label = before
        ? text(`crosstab.measures.${axis}.after`, { field: pillCaption(before, text) })
        : text(`crosstab.measures.${axis}.first`)
      return { value: `${axis} ${after}`, label }
    })
  })
  const on = block.measuresOn ?? { axis: 'columns', after: block.shelves.columns.length }
  const after = Math.min(on.after, block.shelves[on.axis].length)
  return (
    <Setting label={text('crosstab.measuresOn')}>
      {(id) => (
        <Select
          id={id}
          value={`${on.axis} ${after}`}
          options={places}
          onChange={(value) => {
            const [axis, place] = value.split(' ')
            configure({ measuresOn: { axis, after: Number(place) } })
          }}
        />
      )}
    </Setting>
  )
}

const tintOver = ['leaves', 'totals', 'parent'] as const

function TintSettings({ block }: Props) {
  const configure = useConfigure(block)
  const text = useText()
  const { tint } = block
  const measures = shownMeasures(block).map((use) => ({
    value: use.id,
    label: pillCaption(use, text),
  }))
  return (
    <>
      <Setting label={text('crosstab.tint')}>
        {(id) => (
          <Select
            id={id}
            value={tint?.pill ?? ''}
            options={[{ value: '', label: text('crosstab.tint.none') }, ...measures]}
            onChange={(pill) =>
              configure({ tint: pill === '' ? undefined : { pill, over: tint?.over ?? 'leaves' } })
            }
          />
        )}
      </Setting>
      {tint && (
        <Setting label={text('crosstab.tint.over')}>
          {(id) => (
            <Select
              id={id}
              value={tint.over}
              options={tintOver.map((value) => ({
                value,
                label: text(`crosstab.tint.over.${value}`),
              }))}
              onChange={(over) => configure({ tint: { ...tint, over } })}
            />
          )}
        </Setting>
      )}
    </>
  )
}
