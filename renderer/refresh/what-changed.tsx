import { useEffect, useState } from 'react'
import type { DatasetChanges } from '../../shared/data/refresh-words.ts'
import { useApp } from '../state/app-context.ts'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'

interface WhatChangedProps {
  readonly dataset: string
  readonly version: number
}

/** Rows by their key and values that are new or gone, in a few lines; nothing where it cannot be told. */
export function WhatChanged({ dataset, version }: WhatChangedProps) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const [changes, setChanges] = useState<DatasetChanges>()
  useEffect(() => {
    const abort = new AbortController()
    void app.engine['dataset.changes']({ dataset, to: version }, { signal: abort.signal }).then(
      (answer) => {
        if (answer.ok) setChanges(answer.value)
      },
    )
    return () => abort.abort()
  }, [app, dataset, version])
  if (changes === undefined) return null
  const { rows, rowsBecause, members, people } = changes
  const count = (number: number): string => showCount(number, language)
  return (
    <>
      {rows && (
        <p>
          {text('refresh.byKey', {
            key: rows.key.join(' · '),
            added: count(rows.added),
            vanished: count(rows.vanished),
            restated: count(rows.restated),
          })}
        </p>
      )}
      {rowsBecause && <p>{text('refresh.noKey')}</p>}
      {members.map(({ field, added, vanished }) => (
        <p key={field}>
          {text('refresh.members', {
            field,
            added: [count(added.count), ...added.examples].join(' · '),
            vanished: [count(vanished.count), ...vanished.examples].join(' · '),
          })}
        </p>
      ))}
      {people && (
        <p>{text('refresh.people', { fresh: count(people.fresh), open: count(people.open) })}</p>
      )}
    </>
  )
}
