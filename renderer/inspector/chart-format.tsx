import { Select, Switch } from 'antd'
import type { ChartBlock } from '../../shared/report/blocks/chart-block.ts'
import { Choice, Setting } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import { useConfigure } from './configure.ts'

const stackings = ['grouped', 'stacked', 'percent'] as const
const legends = ['top', 'right', 'bottom', 'none'] as const

export function ChartFormat({ block }: { readonly block: ChartBlock }) {
  const configure = useConfigure(block)
  const text = useText()
  const bars = block.mark === 'bar'
  return (
    <>
      {bars && (
        <Choice
          label={text('chart.orientation')}
          value={block.orientation}
          options={[
            { value: 'vertical', label: text('mark.column'), icon: 'column' },
            { value: 'horizontal', label: text('mark.bar'), icon: 'bar' },
          ]}
          onChange={(orientation) => configure({ orientation })}
        />
      )}
      {(bars || block.mark === 'line') && (
        <Choice
          label={text('chart.stacking')}
          value={block.stacking}
          options={stackings.map((value) => ({ value, label: text(`chart.stacking.${value}`) }))}
          onChange={(stacking) => configure({ stacking })}
        />
      )}
      <Setting label={text('chart.legend')}>
        {(id) => (
          <Select
            id={id}
            value={block.legend}
            options={legends.map((value) => ({ value, label: text(`chart.legend.${value}`) }))}
            onChange={(legend) => configure({ legend })}
          />
        )}
      </Setting>
      <Setting label={text('chart.labels')}>
        {(id) => (
          <Switch
            id={id}
            size="small"
            checked={block.showLabels}
            onChange={(showLabels) => configure({ showLabels })}
          />
        )}
      </Setting>
      {block.mark !== 'arc' && (
        <Setting label={text('chart.axisTitles')}>
          {(id) => (
            <Switch
              id={id}
              size="small"
              checked={block.axisTitles}
              onChange={(axisTitles) => configure({ axisTitles })}
            />
          )}
        </Setting>
      )}
    </>
  )
}
