import { Button } from 'antd'
import { useId } from 'react'
import { useStore } from 'zustand'
import type { PeopleSet } from '../../shared/people/people-words.ts'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { PeopleStore } from './people-store.ts'

interface AutoAcceptProps {
  readonly people: PeopleStore
  readonly set: PeopleSet
}

/** Accepts what scores high without being asked pair by pair; how many that is, is seen before. */
export function AutoAccept({ people, set }: AutoAcceptProps) {
  const text = useText()
  const language = useLanguage()
  const { percent, busy, running } = useStore(people.store)
  const own = useId()
  const count = set.outdated ? 0 : set.byPercent.slice(percent).reduce((sum, one) => sum + one, 0)
  const shown = showCount(count, language)
  return (
    <section className="people-part" aria-label={text('people.auto')}>
      <h3>{text('people.auto')}</h3>
      <div className="people-percent">
        <label htmlFor={own}>{text('people.auto.from')}</label>
        <input
          id={own}
          type="range"
          min={50}
          max={99}
          value={percent}
          onChange={({ target }) => people.changePercent(Number(target.value))}
        />
        <output htmlFor={own}>{percent}%</output>
      </div>
      <p>{text('people.auto.count', { count: shown })}</p>
      <p className="hint">{text('people.auto.hint')}</p>
      <Button
        size="small"
        disabled={count === 0 || busy || running !== null}
        onClick={() => void people.acceptOver()}
      >
        {text('people.auto.accept', { count: shown })}
      </Button>
    </section>
  )
}
