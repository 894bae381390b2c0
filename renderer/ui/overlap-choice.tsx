import { Button } from 'antd'
import type { OverlapChoice as Choice } from '../../shared/data/import-words.ts'
import type { AppError } from '../../shared/errors.ts'
import { useText } from './use-text.ts'

interface OverlapChoiceProps {
  readonly error: AppError
  readonly onChoose: (choice: Choice) => void
}

/** Files repeat rows of each other, or say them otherwise: which of them count? */
export function OverlapChoice({ error: { details }, onChoose }: OverlapChoiceProps) {
  const text = useText()
  const isRestated = details.reason === 'receipts' || details.reason === 'summary'
  return (
    <p className="overlap-choice">
      {isRestated && (
        <Button type="primary" onClick={() => onChoose('replace')}>
          {text('import.overlap.replace')}
        </Button>
      )}
      <Button type={isRestated ? 'default' : 'primary'} onClick={() => onChoose('skip')}>
        {text(isRestated ? 'import.overlap.leaveOut' : 'import.overlap.skip')}
      </Button>
      <Button onClick={() => onChoose('keep')}>
        {text(isRestated ? 'import.overlap.keepBoth' : 'import.overlap.keep')}
      </Button>
    </p>
  )
}
