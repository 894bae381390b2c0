import { Button, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { PeopleStep } from '../../shared/people/people-words.ts'
import { useApp } from '../state/app-context.ts'
import { Choice } from '../ui/controls.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { AutoAccept } from './auto-accept.tsx'
import { MergedList } from './merged-list.tsx'
import { PeopleCountsTable } from './people-counts.tsx'
import type { PeopleTab } from './people-state.ts'
import type { PeopleStore } from './people-store.ts'
import { createPeopleStore } from './people-store.ts'
import { Review } from './review.tsx'
import { Rules } from './rules.tsx'
import { SetupForm } from './setup-form.tsx'
import './people.css'

/** The Data page while accounts of one person are looked for: the review in the middle, what it comes to beside it. */
export function PeoplePanel({ dataset }: { readonly dataset: DatasetInfo }) {
  const app = useApp()
  const text = useText()
  const [people] = useState(() => createPeopleStore(app, dataset.id))
  const { status, error } = useStore(people.store)
  const { version } = dataset
  useEffect(() => {
    void people.load()
  }, [people, version])
  useEffect(
    () => () => {
      // Whoever leaves the review wants it counted.
      void people.write()
    },
    [people],
  )
  if (status === 'loading')
    return (
      <main className="people-main" role="status" aria-label={text('people.loading')}>
        <Skeleton active paragraph={{ rows: 6 }} />
      </main>
    )
  if (status === 'failed' && error)
    return (
      <main className="people-main">
        <ErrorNotice error={error} />
      </main>
    )
  return <Ready people={people} />
}

function Ready({ people }: { readonly people: PeopleStore }) {
  const text = useText()
  const { set, running, error, tab } = useStore(people.store)
  return (
    <>
      <main className="people-main" aria-label={text('people.title')}>
        <Tabs people={people} />
        {error && (
          <div role="alert">
            <ErrorNotice error={error} />
          </div>
        )}
        {running && <Running people={people} step={running} />}
        {!running && <Notes people={people} />}
        {!running && (set === null || tab === 'setup') && <SetupForm people={people} />}
        {!running && set !== null && tab === 'review' && <Review people={people} />}
        {!running && set !== null && tab === 'merged' && <MergedList people={people} />}
      </main>
      {set?.search && (
        <aside className="data-side people-side" aria-label={text('people.counts')}>
          <PeopleCountsTable people={people} set={set} />
          <AutoAccept people={people} set={set} />
          <Rules people={people} set={set} />
        </aside>
      )}
    </>
  )
}

function Tabs({ people }: { readonly people: PeopleStore }) {
  const text = useText()
  const language = useLanguage()
  const { set, tab, running } = useStore(people.store)
  if (set === null) return <h2 className="people-title">{text('people.title')}</h2>
  const { open, merged } = set.counts
  return (
    <div className="people-tabs">
      <Choice<PeopleTab>
        label={text('people.title')}
        value={tab}
        options={[
          {
            value: 'review',
            label: text('people.tab.review.count', { count: showCount(open, language) }),
          },
          {
            value: 'merged',
            label: text('people.tab.merged.count', { count: showCount(merged, language) }),
          },
          { value: 'setup', label: text('people.tab.setup') },
        ]}
        onChange={(next) => void people.show(next)}
      />
      <Button size="small" disabled={running !== null} onClick={() => void people.find()}>
        {text('people.findAgain')}
      </Button>
    </div>
  )
}

interface RunningProps {
  readonly people: PeopleStore
  readonly step: PeopleStep | 'starting'
}

function Running({ people, step }: RunningProps) {
  const text = useText()
  const language = useLanguage()
  const { stage, done, of } = step === 'starting' ? { stage: 'reading' as const, done: 0, of: 0 } : step // prettier-ignore
  const words = { done: showCount(done, language), of: showCount(of, language) }
  return (
    <div className="people-running" role="status" aria-busy="true">
      <progress
        aria-label={text('people.find')}
        {...(of > 0 && stage !== 'grouping' ? { value: done, max: of } : {})}
      />
      <p>{text(`people.stage.${stage}`, words)}</p>
      <Button onClick={() => people.cancel()}>{text('people.cancel')}</Button>
    </div>
  )
}

/** What the search could not do, and what the reports do not know yet. */
function Notes({ people }: { readonly people: PeopleStore }) {
  const text = useText()
  const language = useLanguage()
  const { set } = useStore(people.store)
  const search = set?.search
  if (!set || !search) return null
  const count = (value: number): string => showCount(value, language)
  const { groups, pairs } = search.crowded
  return (
    <div className="people-notes">
      {set.outdated && (
        <p role="alert">
          {text('people.outdated')}{' '}
          <Button size="small" onClick={() => void people.find()}>
            {text('people.findAgain')}
          </Button>
        </p>
      )}
      {!set.outdated && search.worth > search.kept && (
        <p>{text('people.tooMany', { worth: count(search.worth), kept: count(search.kept) })}</p>
      )}
      {!set.outdated && groups > 0 && (
        <p>{text('people.crowded', { groups: count(groups), pairs: count(pairs) })}</p>
      )}
      {set.unwritten > 0 && (
        <p>
          {text('people.unwritten')}{' '}
          <Button size="small" onClick={() => void people.write()}>
            {text('people.write')}
          </Button>
        </p>
      )}
    </div>
  )
}
