import { Button } from 'antd'
import type { JoinConflict } from '../../shared/people/people-words.ts'
import { useText } from '../ui/use-text.ts'
import type { PeopleStore } from './people-store.ts'

interface ConflictNoticeProps {
  readonly people: PeopleStore
  readonly conflict: JoinConflict
}

/** Joining these two would make one person of others as well: which, and why that is doubtful. */
export function ConflictNotice({ people, conflict }: ConflictNoticeProps) {
  const text = useText()
  const names = { a: conflict.a.key, b: conflict.b.key }
  return (
    <div className="people-conflict" role="alert">
      <strong>{text('people.conflict')}</strong>
      <p>{text(`people.conflict.${conflict.mark ?? 'rejected'}`, names)}</p>
      <div className="people-actions">
        <Button size="small" onClick={() => people.dropConflict()}>
          {text('people.conflict.leave')}
        </Button>
        <Button size="small" danger onClick={() => void people.decide('same', true)}>
          {text('people.conflict.anyway')}
        </Button>
      </div>
    </div>
  )
}
