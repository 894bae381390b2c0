import { useDocument } from '../state/app-context.ts'
import type { BlockContentProps } from '../state/block-content.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import './blocks.css'

export function ImageContent({ block }: BlockContentProps<'image'>) {
  const text = useText()
  const image = useDocument(({ history }) =>
    block.image === undefined ? undefined : history.report.images[block.image],
  )
  if (!image) {
    return (
      <div className="block-nothing">
        <Icon name="image" size={24} />
        <p>{text('block.empty.image')}</p>
      </div>
    )
  }
  return (
    <img
      className="image-content"
      src={`data:${image.type};base64,${image.data}`}
      alt={block.alt}
      draggable={false}
      style={{ objectFit: block.fit }}
    />
  )
}
