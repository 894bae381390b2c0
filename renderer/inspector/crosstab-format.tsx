import { Select } from 'antd'
import type { AxisTotals } from '../../shared/query/report-query.ts'
import type { CrosstabBlock } from '../../shared/report/blocks/crosstab-block.ts'
import { Setting } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import { useConfigure } from './configure.ts'
import { OverflowSetting } from './overflow-setting.tsx'

const totals: readonly AxisTotals[] = ['none', 'grand', 'all']

export function CrosstabFormat({ block }: { readonly block: CrosstabBlock }) {
  const configure = useConfigure(block)
  const text = useText()
  const options = totals.map((value) => ({ value, label: text(`crosstab.totals.${value}`) }))
  return (
    <>
      {(['rows', 'columns'] as const).map((axis) => (
        <Setting key={axis} label={text(`crosstab.totals.of.${axis}`)}>
          {(id) => (
            <Select
              id={id}
              value={block.totals[axis]}
              options={options}
              onChange={(value) => configure({ totals: { ...block.totals, [axis]: value } })}
            />
          )}
        </Setting>
      ))}
      <OverflowSetting block={block} />
    </>
  )
}
