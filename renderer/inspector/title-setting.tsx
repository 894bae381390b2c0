import { Input } from 'antd'
import { useEffect, useState } from 'react'
import type { Block } from '../../shared/report/blocks/block.ts'
import { Setting } from '../ui/controls.tsx'
import { blockTitle } from '../../shared/report/captions.ts'
import { useText } from '../ui/use-text.ts'
import { useConfigure } from './configure.ts'

/** The title; empty means the one made from the fields. */
export function TitleSetting({ block }: { readonly block: Block }) {
  const configure = useConfigure(block)
  const text = useText()
  const [draft, setDraft] = useState(block.title ?? '')
  useEffect(() => setDraft(block.title ?? ''), [block.title])
  const keep = (): void => {
    const title = draft.trim()
    if (title !== (block.title ?? '')) configure({ title: title === '' ? undefined : title })
  }
  const made = { ...block, title: undefined } as unknown as Block // Only to read the made title.
  return (
    <Setting label={text('inspector.title')}>
      {(id) => (
        <Input
          id={id}
          value={draft}
          maxLength={200}
          placeholder={blockTitle(made, text)}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={keep}
          onPressEnter={keep}
        />
      )}
    </Setting>
  )
}
