import { Button } from 'antd'
import { useStore } from 'zustand'
import type { MergedPerson } from '../../shared/people/people-words.ts'
import { traits } from '../../shared/people/settings.ts'
import { useApp } from '../state/app-context.ts'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { PeopleStore } from './people-store.ts'

/** People of several accounts, the newest first, each to be taken apart again. */
export function MergedList({ people }: { readonly people: PeopleStore }) {
  const text = useText()
  const { merged, mergedTotal } = useStore(people.store)
  if (merged.length === 0)
    return (
      <div className="people-none" role="status">
        <h3>{text('people.merged.none')}</h3>
        <p className="hint">{text('people.merged.hint')}</p>
      </div>
    )
  return (
    <div className="people-merged">
      <UndoMany people={people} />
      <ul>
        {merged.map((person) => (
          <li key={`${person.founder.dataset} ${person.founder.key}`}>
            <Merged people={people} person={person} />
          </li>
        ))}
      </ul>
      {merged.length < mergedTotal && (
        <Button onClick={() => void people.moreMerged()}>{text('people.merged.more')}</Button>
      )}
    </div>
  )
}

function nameOf({ records, founder }: MergedPerson): string {
  const values = records.flatMap((record) => record.values)
  return String(values.find(({ trait, value }) => trait === 'name' && value !== null)?.value ?? founder.key) // prettier-ignore
}

interface MergedProps {
  readonly people: PeopleStore
  readonly person: MergedPerson
}

function Merged({ people, person }: MergedProps) {
  const app = useApp()
  const text = useText()
  const busy = useStore(people.store, (state) => state.busy)
  const datasets = useStore(app.workspace.store, ({ current }) => current?.datasets ?? [])
  const name = nameOf(person)
  const apart = async (): Promise<void> => {
    const done = await people.undo({ what: 'person', ...person.founder })
    if (done) app.shell.tell('success', { key: 'people.merged.done', values: { name } })
  }
  return (
    <>
      <div className="people-person">
        <strong className="selectable">{name}</strong>
        {person.unasked && <span className="hint">{text('people.merged.by')}</span>}
        {person.missing > 0 && (
          <span className="hint">{text('people.merged.missing', { count: person.missing })}</span>
        )}
        <Button
          size="small"
          disabled={busy}
          aria-label={text('people.merged.apartOf', { name })}
          onClick={() => void apart()}
        >
          {text('people.merged.apart')}
        </Button>
      </div>
      <ul className="people-accounts">
        {person.records.map(({ dataset, key, values }) => (
          <li key={`${dataset} ${key}`} className="selectable">
            <span className="hint">{datasets.find(({ id }) => id === dataset)?.name}</span>{' '}
            {!key.startsWith('~') && <span>{key}</span>}{' '}
            {traits
              .flatMap((trait) => values.find((one) => one.trait === trait)?.value ?? [])
              .join(' · ')}
          </li>
        ))}
      </ul>
    </>
  )
}

function UndoMany({ people }: { readonly people: PeopleStore }) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const { set, busy } = useStore(people.store)
  const { unasked = 0, accepted = 0, rejected = 0 } = set?.counts ?? {}
  const undoAll = async (): Promise<void> => {
    const values = { accepted: showCount(accepted, language), rejected: showCount(rejected, language) } // prettier-ignore
    const answer = await app.shell.ask({
      title: { key: 'people.merged.ask' },
      body: { key: 'people.merged.askBody', values },
      choices: [
        { id: 'undo', label: 'people.merged.undoIt', tone: 'danger' },
        { id: 'cancel', label: 'app.cancel', tone: 'primary' },
      ],
    })
    if (answer === 'undo') await people.undo({ what: 'all' })
  }
  return (
    <div className="people-actions">
      <Button
        size="small"
        disabled={unasked === 0 || busy}
        onClick={() => void people.undo({ what: 'unasked' })}
      >
        {text('people.merged.undoUnasked', { count: showCount(unasked, language) })}
      </Button>
      <Button size="small" danger disabled={busy} onClick={() => void undoAll()}>
        {text('people.merged.undoAll')}
      </Button>
    </div>
  )
}
