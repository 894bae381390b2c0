import { Button } from 'antd'
import { useId } from 'react'
import { useStore } from 'zustand'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import { isTemporal } from '../../shared/data/field.ts'
import type { PeopleSource, Trait } from '../../shared/people/settings.ts'
import { comparable, traits } from '../../shared/people/settings.ts'
import { useApp } from '../state/app-context.ts'
import { useText } from '../ui/use-text.ts'
import type { PeopleStore } from './people-store.ts'

/** Which lists are compared, and by which of their columns; proposed, and changed here. */
export function SetupForm({ people }: { readonly people: PeopleStore }) {
  const app = useApp()
  const text = useText()
  const { sources, chosen, set } = useStore(people.store)
  const datasets = useStore(app.workspace.store, ({ current }) => current?.datasets ?? [])
  const used = sources.filter(({ dataset }) => chosen.has(dataset))
  const canFind = used.some(({ fields }) => comparable(fields))
  return (
    <div className="people-setup">
      <p className="people-about">{text('people.about')}</p>
      <h3>{text('people.lists')}</h3>
      {sources.map((source) => {
        const dataset = datasets.find(({ id }) => id === source.dataset)
        if (!dataset) return null
        return <Source key={source.dataset} people={people} source={source} dataset={dataset} />
      })}
      {!canFind && <p className="hint">{text('people.nothing')}</p>}
      <div className="people-actions">
        <Button type="primary" disabled={!canFind} onClick={() => void people.find()}>
          {text(set === null ? 'people.find' : 'people.findAgain')}
        </Button>
        {set !== null && <RemovePeople people={people} />}
      </div>
    </div>
  )
}

interface SourceProps {
  readonly people: PeopleStore
  readonly source: PeopleSource
  readonly dataset: DatasetInfo
}

function Source({ people, source, dataset }: SourceProps) {
  const text = useText()
  const isChosen = useStore(people.store, ({ chosen }) => chosen.has(source.dataset))
  const isAsked = source.dataset === people.dataset
  const own = dataset.fields.filter(({ derived }) => derived === undefined)
  const names = own.map(({ name }) => name)
  const change = (part: Partial<PeopleSource>): void => people.changeSource({ ...source, ...part })
  const changeTrait = (trait: Trait, name: string): void => {
    const { [trait]: _before, ...others } = source.fields
    change({ fields: name === '' ? others : { ...others, [trait]: name } })
  }
  return (
    <fieldset className="people-source">
      <legend>
        <label>
          <input
            type="checkbox"
            checked={isChosen}
            disabled={isAsked}
            onChange={({ target }) => people.choose(source.dataset, target.checked)}
          />{' '}
          {text('people.include', { name: dataset.name })}
        </label>
      </legend>
      {isChosen && (
        <div className="people-columns">
          <Column
            label={text('people.key')}
            none={text('people.key.none')}
            names={names}
            value={source.key}
            onChange={(name) => change({ key: name === '' ? null : name })}
          />
          {traits.map((trait) => (
            <Column
              key={trait}
              label={text(`people.trait.${trait}`)}
              none={text('people.noColumn')}
              names={names}
              value={source.fields[trait] ?? null}
              onChange={(name) => changeTrait(trait, name)}
            />
          ))}
          <Column
            label={text('people.newest')}
            none={text('people.newest.none')}
            names={own.filter(({ type }) => isTemporal(type)).map(({ name }) => name)}
            value={source.newest}
            onChange={(name) => change({ newest: name === '' ? null : name })}
          />
        </div>
      )}
    </fieldset>
  )
}

interface ColumnProps {
  readonly label: string
  readonly none: string
  readonly names: readonly string[]
  readonly value: string | null
  readonly onChange: (name: string) => void
}

function Column({ label, none, names, value, onChange }: ColumnProps) {
  const id = useId()
  return (
    <div className="people-column">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value ?? ''} onChange={({ target }) => onChange(target.value)}>
        <option value="">{none}</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

function RemovePeople({ people }: { readonly people: PeopleStore }) {
  const app = useApp()
  const text = useText()
  const remove = async (): Promise<void> => {
    const answer = await app.shell.ask({
      title: { key: 'people.removeAsk' },
      body: { key: 'people.removeBody' },
      choices: [
        { id: 'remove', label: 'people.removeIt', tone: 'danger' },
        { id: 'cancel', label: 'app.cancel', tone: 'primary' },
      ],
    })
    if (answer === 'remove') await people.remove()
  }
  return (
    <Button danger onClick={() => void remove()}>
      {text('people.remove')}
    </Button>
  )
}
