/** Customers counted by their accounts, or by the persons behind them: which field stands for the other. Pure. */
import type { DatasetInfo, Relationship } from './dataset.ts'

export interface DatasetField {
  readonly dataset: string
  readonly field: string
}

type Listed = Pick<DatasetInfo, 'id' | 'person'>
type Related = Pick<Relationship, 'from' | 'to' | 'broken'>

interface Known {
  readonly datasets: readonly Listed[]
  readonly relationships: readonly Related[]
}

/** The person field for a key of accounts: of the list itself, or of the list the key leads to. */
export function personBehind({ dataset, field }: DatasetField, known: Known): DatasetField | null {
  const listed = known.datasets.find(({ id }) => id === dataset)?.person
  if (listed?.key === field) return { dataset, field: listed.field }
  for (const { from, to, broken } of known.relationships) {
    if (broken !== null || from.dataset !== dataset || from.fields.join('\n') !== field) continue
    const person = known.datasets.find(({ id }) => id === to.dataset)?.person
    if (person && to.fields.join('\n') === person.key) {
      return { dataset: to.dataset, field: person.field }
    }
  }
  return null
}

/** The key of accounts for a person field: that of a dataset in use which leads to the list, else the list's own. */
export function accountsOf(
  { dataset, field }: DatasetField,
  inUse: ReadonlySet<string>,
  known: Known,
): DatasetField | null {
  const person = known.datasets.find(({ id }) => id === dataset)?.person
  if (person?.field !== field || person.key === null) return null
  const leading = known.relationships.find(
    ({ from, to, broken }) =>
      broken === null &&
      inUse.has(from.dataset) &&
      to.dataset === dataset &&
      to.fields.join('\n') === person.key,
  )
  const [key] = leading?.from.fields ?? []
  return leading && key !== undefined
    ? { dataset: leading.from.dataset, field: key }
    : { dataset, field: person.key }
}
