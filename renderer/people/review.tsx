import { Button, Skeleton } from 'antd'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { Reason } from '../../shared/people/weights.ts'
import { comparisonOf, percentOf, reasonsOf } from '../../shared/people/weights.ts'
import type { ReviewPair } from '../../shared/people/people-words.ts'
import type { MessageKey } from '../../shared/text/messages.ts'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { ConflictNotice } from './conflict-notice.tsx'
import { PairTable } from './pair-table.tsx'
import type { PeopleStore } from './people-store.ts'

type Key = 'y' | 'n' | 's' | 'z' | 'arrowleft' | 'arrowright'

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio')

/** One pair after the other, by mouse or keys alone. */
export function Review({ people }: { readonly people: PeopleStore }) {
  const text = useText()
  const { pairs, place, set, conflict } = useStore(people.store)
  const box = useRef<HTMLDivElement>(null)
  const pair = pairs[place]
  useEffect(() => {
    // What had the focus may be gone with the pair: the keys go on working.
    if (document.activeElement === document.body) box.current?.focus()
  }, [pair, conflict])
  const acts: Readonly<Record<Key, () => void>> = {
    y: () => void people.decide('same'),
    n: () => void people.decide('different'),
    s: () => void people.decide('skip'),
    z: () => void people.undo({ what: 'last' }),
    arrowleft: () => void people.move(-1),
    arrowright: () => void people.move(1),
  }
  const onKey = (event: React.KeyboardEvent): void => {
    const key = event.key.toLowerCase()
    const isUndo = key === 'z'
    if (isTyping(event.target) || event.altKey || ((event.ctrlKey || event.metaKey) && !isUndo)) return // prettier-ignore
    if (!Object.hasOwn(acts, key)) return
    event.preventDefault()
    event.stopPropagation()
    // Checked against the very keys above.
    acts[key as Key]()
  }
  if (!set) return null
  return (
    <div ref={box} tabIndex={-1} className="people-review" onKeyDown={onKey}>
      {pair === undefined ? (
        <NothingLeft people={people} />
      ) : (
        <>
          <PairHead people={people} pair={pair} place={place} count={set.counts.open} />
          <PairTable pair={pair} />
          {conflict?.pair === pair.id && (
            <ConflictNotice people={people} conflict={conflict.conflict} />
          )}
        </>
      )}
      <ReviewKeys people={people} hasPair={pair !== undefined} />
      <p className="hint">{text('people.keys')}</p>
    </div>
  )
}

interface PairHeadProps {
  readonly people: PeopleStore
  readonly pair: ReviewPair
  readonly place: number
  readonly count: number
}

function PairHead({ people, pair, place, count }: PairHeadProps) {
  const text = useText()
  const language = useLanguage()
  const at = { place: showCount(place + 1, language), count: showCount(count, language) }
  return (
    <header className="people-pair-head">
      <div className="people-pair-place">
        <p className="hint" role="status">
          {text('people.place', at)}
          {pair.skipped && ` · ${text('people.putOff')}`}
        </p>
        <Button size="small" disabled={place === 0} onClick={() => void people.move(-1)}>
          {text('people.previous')} <kbd>←</kbd>
        </Button>
        <Button size="small" disabled={count <= place + 1} onClick={() => void people.move(1)}>
          {text('people.next')} <kbd>→</kbd>
        </Button>
      </div>
      <h3>{text('people.score', { percent: percentOf(pair.total) })}</h3>
      <ul className="people-reasons">
        {reasonsOf(comparisonOf(pair.levels)).map((reason) => (
          <ReasonChip key={reason.trait} reason={reason} />
        ))}
      </ul>
    </header>
  )
}

function ReasonChip({ reason: { trait, level, speaks } }: { readonly reason: Reason }) {
  const text = useText()
  // Every level of every trait has its words; a test looks.
  const reason = text(`people.reason.${trait}.${level}` as MessageKey)
  const spoken = text(speaks === 'for' ? 'people.speaksFor' : 'people.speaksAgainst', { reason })
  return (
    <li className={`people-reason ${speaks}`} aria-label={spoken}>
      <span aria-hidden="true">{speaks === 'for' ? '+' : '−'}</span> {reason}
    </li>
  )
}

function NothingLeft({ people }: { readonly people: PeopleStore }) {
  const text = useText()
  const language = useLanguage()
  const { set } = useStore(people.store)
  if (!set || set.outdated) return null
  // They are on their way.
  if (set.counts.open > 0)
    return (
      <div role="status" aria-label={text('people.loading')}>
        <Skeleton active paragraph={{ rows: 6 }} />
      </div>
    )
  const { accepted, rejected, rows } = set.counts
  const isDone = accepted + rejected > 0
  const counts = {
    accepted: showCount(accepted, language),
    rejected: showCount(rejected, language),
    rows: showCount(set.search?.rows ?? rows, language),
  }
  return (
    <div className="people-none" role="status">
      <h3>{text(isDone ? 'people.allDone' : 'people.noneFound')}</h3>
      <p className="hint">
        {text(isDone ? 'people.allDone.hint' : 'people.noneFound.hint', counts)}
      </p>
    </div>
  )
}

interface ReviewKeysProps {
  readonly people: PeopleStore
  readonly hasPair: boolean
}

function ReviewKeys({ people, hasPair }: ReviewKeysProps) {
  const text = useText()
  const { set, busy } = useStore(people.store)
  const last = set?.last ?? null
  return (
    <div className="people-keys">
      <Button type="primary" disabled={!hasPair} onClick={() => void people.decide('same')}>
        {text('people.same')} <kbd>Y</kbd>
      </Button>
      <Button disabled={!hasPair} onClick={() => void people.decide('different')}>
        {text('people.different')} <kbd>N</kbd>
      </Button>
      <Button disabled={!hasPair} onClick={() => void people.decide('skip')}>
        {text('people.skip')} <kbd>S</kbd>
      </Button>
      <Button disabled={last === null || busy} onClick={() => void people.undo({ what: 'last' })}>
        {text(last === null ? 'people.undo' : `people.undo.${last}`)} <kbd>Z</kbd>
      </Button>
    </div>
  )
}
