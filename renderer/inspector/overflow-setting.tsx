import { Select } from 'antd'
import type { Block } from '../../shared/report/blocks/block.ts'
import { Setting } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import { useConfigure } from './configure.ts'

/** What print does with a table taller than its block. */
export function OverflowSetting({
  block,
}: {
  readonly block: Extract<Block, { overflow: unknown }>
}) {
  const configure = useConfigure(block)
  const text = useText()
  return (
    <Setting label={text('print.overflow')}>
      {(id) => (
        <Select
          id={id}
          value={block.overflow}
          options={(['continue', 'cut'] as const).map((value) => ({
            value,
            label: text(`print.overflow.${value}`),
          }))}
          onChange={(overflow) => configure({ overflow })}
        />
      )}
    </Setting>
  )
}
