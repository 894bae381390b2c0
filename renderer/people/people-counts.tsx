import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { DatasetInfo, Relationship } from '../../shared/data/dataset.ts'
import type { PeopleSet } from '../../shared/people/people-words.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { App } from '../state/app.ts'
import { useApp } from '../state/app-context.ts'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { PeopleStore } from './people-store.ts'

interface PeopleCountsProps {
  readonly people: PeopleStore
  readonly set: PeopleSet
}

/** One way to count, per account and per person. */
interface Counted {
  readonly name: string
  /** The list whose members are counted in another dataset; null for the list itself. */
  readonly list: string | null
  readonly accounts: number
  readonly persons: number
}

/** What the same question answers per account and per person, and why the answers differ. */
export function PeopleCountsTable({ set }: PeopleCountsProps) {
  const text = useText()
  const language = useLanguage()
  const lines = useCounted(set)
  const { accounts, persons, merged } = set.counts
  const count = (value: number): string => showCount(value, language)
  const words = { accounts: count(accounts), persons: count(persons), merged: count(merged), more: count(accounts - persons) } // prettier-ignore
  return (
    <section className="people-part" aria-label={text('people.counts')}>
      <h3>{text('people.counts')}</h3>
      <p>{text(accounts === persons ? 'people.counts.equal' : 'people.counts.explain', words)}</p>
      {lines.length > 0 && (
        <table className="people-counts">
          <thead>
            <tr>
              <th scope="col">{text('people.counts.where')}</th>
              <th scope="col">{text('people.counts.accounts')}</th>
              <th scope="col">{text('people.counts.persons')}</th>
              <th scope="col">{text('people.counts.difference')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ name, list, ...line }) => (
              <tr key={`${name} ${list ?? ''}`}>
                <th scope="row">
                  {list === null
                    ? text('people.counts.members', { name })
                    : text('people.counts.buyers', { name, list })}
                </th>
                <td>{count(line.accounts)}</td>
                <td>{count(line.persons)}</td>
                <td>{count(line.accounts - line.persons)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="hint">{text('people.counts.field', { field: set.settings.words.person })}</p>
    </section>
  )
}

/** Asked anew when who is whom was written. */
function useCounted(set: PeopleSet): readonly Counted[] {
  const app = useApp()
  const workspace = useStore(app.workspace.store, ({ current }) => current)
  const [lines, setLines] = useState<readonly Counted[]>([])
  const { settings, counts, unwritten } = set
  const isWritten = unwritten === 0
  useEffect(() => {
    if (workspace === null || !isWritten) return
    const abort = new AbortController()
    const { datasets, relationships } = workspace
    const asks = settings.sources.flatMap(({ dataset, key }) =>
      key === null ? [] : questionsOn(dataset, key, datasets, relationships),
    )
    const answers = asks.map((ask) => counted(app, ask, settings.words.person, abort.signal))
    void Promise.all(answers).then((found) => {
      if (!abort.signal.aborted) setLines(found.flatMap((one) => one ?? []))
    })
    return () => abort.abort()
  }, [app, workspace, settings, counts.persons, isWritten])
  return lines
}

interface Question {
  readonly dataset: DatasetInfo
  readonly list: DatasetInfo | null
  /** As the dataset names them. */
  readonly account: string
  readonly prefix: string
}

/** The list itself, and every dataset whose rows name its members. */
function questionsOn(
  id: string,
  key: string,
  datasets: readonly DatasetInfo[],
  relationships: readonly Relationship[],
): Question[] {
  const list = datasets.find((one) => one.id === id)
  if (list === undefined) return []
  const naming = relationships.filter(
    ({ to, broken }) =>
      to.dataset === id && to.fields.length === 1 && to.fields[0] === key && broken === null,
  )
  const others = naming.flatMap(({ from }): Question[] => {
    const dataset = datasets.find((one) => one.id === from.dataset)
    return dataset ? [{ dataset, list, account: `${id}.${key}`, prefix: `${id}.` }] : []
  })
  return [{ dataset: list, list: null, account: key, prefix: '' }, ...others]
}

async function counted(
  app: App,
  { dataset, list, account, prefix }: Question,
  person: string,
  signal: AbortSignal,
): Promise<Counted | undefined> {
  const query = ReportQuery.parse({
    dataset: dataset.id,
    measures: [
      { field: account, aggregate: 'countDistinct', as: 'accounts' },
      { field: `${prefix}${person}`, aggregate: 'countDistinct', as: 'persons' },
    ],
  })
  const answer = await app.engine['query.run']({ query }, { signal })
  if (!answer.ok) return undefined
  const [accounts, persons] = answer.value.cells.map(({ values }) => Number(values[0] ?? 0))
  return { name: dataset.name, list: list?.name ?? null, accounts: accounts ?? 0, persons: persons ?? 0 } // prettier-ignore
}
