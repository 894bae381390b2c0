import { Select } from 'antd'
import type { TableBlock } from '../../shared/report/blocks/table-block.ts'
import { Choice, Setting } from '../ui/controls.tsx'
import { pillCaption } from '../../shared/report/captions.ts'
import { useText } from '../ui/use-text.ts'
import { useConfigure } from './configure.ts'
import { OverflowSetting } from './overflow-setting.tsx'

export function TableFormat({ block }: { readonly block: TableBlock }) {
  const configure = useConfigure(block)
  const text = useText()
  const first = block.sort[0]
  return (
    <>
      <Setting label={text('table.sort')}>
        {(id) => (
          <Select
            id={id}
            allowClear
            placeholder={text('table.sort.none')}
            value={first?.pill}
            options={block.shelves.columns.map((use) => ({
              value: use.id,
              label: pillCaption(use, text),
            }))}
            onChange={(pill: string | undefined) =>
              configure({
                sort:
                  pill === undefined ? [] : [{ pill, direction: first?.direction ?? 'ascending' }],
              })
            }
          />
        )}
      </Setting>
      {first && (
        <Choice
          label={text('table.direction')}
          value={first.direction}
          options={(['ascending', 'descending'] as const).map((value) => ({
            value,
            label: text(`sort.${value}`),
          }))}
          onChange={(direction) => configure({ sort: [{ ...first, direction }] })}
        />
      )}
      <OverflowSetting block={block} />
    </>
  )
}
