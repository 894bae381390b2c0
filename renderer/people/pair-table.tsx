import { useStore } from 'zustand'
import type { CellValue } from '../../shared/data/cell-value.ts'
import type { ReviewPair } from '../../shared/people/people-words.ts'
import type { Trait } from '../../shared/people/settings.ts'
import { comparisonOf } from '../../shared/people/weights.ts'
import { useApp } from '../state/app-context.ts'
import { useText } from '../ui/use-text.ts'
import { differingParts } from './differing-parts.ts'
import type { PairRow } from './pair-rows.ts'
import { pairRows } from './pair-rows.ts'

/** The accounts side by side, with what differs marked; accounts joined before stand beside them. */
export function PairTable({ pair }: { readonly pair: ReviewPair }) {
  const app = useApp()
  const text = useText()
  const datasets = useStore(app.workspace.store, ({ current }) => current?.datasets ?? [])
  const { records } = pair
  const comparison = comparisonOf(pair.levels)
  // Written in another way alone, or not compared at all: nothing to look at.
  const isSame = (trait: Trait | null): boolean => trait === null || comparison[trait] === 'same'
  const rows = pairRows(records, (trait) => text(`people.trait.${trait}`))
  return (
    <div className="people-table-scroll" tabIndex={0} role="region" aria-label={text('people.title')}>
      <table className="people-table">
        <thead>
          <tr>
            <td />
            {records.map(({ dataset, key }, place) => (
              <th key={`${dataset} ${key}`} scope="col" className={place > 1 ? 'joined' : ''}>
                <span>{datasets.find(({ id }) => id === dataset)?.name}</span>
                <strong className="selectable">{accountLabel(key, (shown) => text('people.account', { key: shown }))}</strong>
                {place > 1 && <small>{text('people.joined')}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={`${row.trait ?? ''} ${row.label}`} row={row} isSame={isSame(row.trait)} />
          ))}
        </tbody>
      </table>
    </div>
  )
} // prettier-ignore

/** An account without a key of its own has nothing to be called by. */
const accountLabel = (key: string, words: (key: string) => string): string =>
  key.startsWith('~') ? '' : words(key)

interface LineProps {
  readonly row: PairRow
  readonly isSame: boolean
}

function Line({ row, isSame }: LineProps) {
  const text = useText()
  const [one = null, other = null] = row.values
  const differs = !isSame && one !== null && other !== null && one !== other
  return (
    <tr className={row.trait === null ? 'beside' : ''}>
      <th scope="row">
        {row.label}
        {differs && <span className="visually-hidden"> ({text('people.differs')})</span>}
      </th>
      {row.values.map((value, place) => (
        <td
          // Accounts never change their place within a pair.
          key={place}
          className={place < 2 && differs ? 'selectable differs' : 'selectable'}
        >
          <Cell value={value} other={place === 0 ? other : one} marked={differs && place < 2} />
        </td>
      ))}
    </tr>
  )
}

interface CellProps {
  readonly value: CellValue
  readonly other: CellValue
  readonly marked: boolean
}

function Cell({ value, other, marked }: CellProps) {
  if (value === null) return <span className="hint">–</span>
  const shown = String(value)
  if (!marked) return <>{shown}</>
  return (
    <>
      {differingParts(shown, String(other ?? '')).map((part, place) =>
        part.differs ? <mark key={place}>{part.text}</mark> : <span key={place}>{part.text}</span>,
      )}
    </>
  )
}
