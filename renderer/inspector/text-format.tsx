import { Select, Switch } from 'antd'
import type { TextBlock } from '../../shared/report/blocks/text-block.ts'
import { Choice, Setting } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import { useConfigure } from './configure.ts'

const sizes = ['title', 'heading', 'large', 'normal', 'small'] as const

export function TextFormat({ block }: { readonly block: TextBlock }) {
  const configure = useConfigure(block)
  const text = useText()
  const set = (part: Partial<TextBlock['style']>): void =>
    configure({ style: { ...block.style, ...part } })
  return (
    <>
      <Setting label={text('text.size')}>
        {(id) => (
          <Select
            id={id}
            value={block.style.size}
            options={sizes.map((value) => ({ value, label: text(`text.size.${value}`) }))}
            onChange={(size) => set({ size })}
          />
        )}
      </Setting>
      <Choice
        label={text('text.align')}
        value={block.style.align}
        options={(['left', 'center', 'right'] as const).map((value) => ({
          value,
          label: text(`text.align.${value}`),
        }))}
        onChange={(align) => set({ align })}
      />
      <Choice
        label={text('text.tone')}
        value={block.style.tone}
        options={(['normal', 'muted', 'accent'] as const).map((value) => ({
          value,
          label: text(`text.tone.${value}`),
        }))}
        onChange={(tone) => set({ tone })}
      />
      <Setting label={text('text.bold')}>
        {(id) => (
          <Switch
            id={id}
            size="small"
            checked={block.style.bold}
            onChange={(bold) => set({ bold })}
          />
        )}
      </Setting>
    </>
  )
}
