import { Button, Input } from 'antd'
import type { ImageBlock } from '../../shared/report/blocks/image-block.ts'
import { useApp } from '../state/app-context.ts'
import { pickImage } from '../state/pick-image.ts'
import { Choice, Setting } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import { useConfigure } from './configure.ts'

export function ImageFormat({ block }: { readonly block: ImageBlock }) {
  const app = useApp()
  const configure = useConfigure(block)
  const text = useText()
  return (
    <>
      <Button onClick={() => void pickImage(app, block.id)}>
        {text(block.image === undefined ? 'image.choose' : 'image.replace')}
      </Button>
      <Choice
        label={text('image.fit')}
        value={block.fit}
        options={(['contain', 'cover'] as const).map((value) => ({
          value,
          label: text(`image.fit.${value}`),
        }))}
        onChange={(fit) => configure({ fit })}
      />
      <Setting label={text('image.alt')} tall>
        {(id) => (
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 2, maxRows: 4 }}
            maxLength={400}
            value={block.alt}
            placeholder={text('image.alt.hint')}
            onChange={(event) => configure({ alt: event.target.value }, 'typing')}
          />
        )}
      </Setting>
    </>
  )
}
