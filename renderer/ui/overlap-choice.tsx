import { Button } from 'antd'
import type { OverlapChoice as Choice } from '../../shared/data/import-words.ts'
import { useText } from './use-text.ts'

/** Files repeat rows of each other: without them, or counted again? */
export function OverlapChoice({ onChoose }: { readonly onChoose: (choice: Choice) => void }) {
  const text = useText()
  return (
    <p className="overlap-choice">
      <Button type="primary" onClick={() => onChoose('skip')}>
        {text('import.overlap.skip')}
      </Button>
      <Button onClick={() => onChoose('keep')}>{text('import.overlap.keep')}</Button>
    </p>
  )
}
