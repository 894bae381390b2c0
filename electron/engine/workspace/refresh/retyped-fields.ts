/** Fields that are another kind of value than before, with how they could stay what they were. */
import { isRetyped } from '../../../../shared/data/field.ts'
import type { RefreshedDataset, SchemaQuestion } from '../../../../shared/data/refresh-words.ts'
import type { ImportOutcome, RetypedColumn } from '../../runner/import/import-order.ts'
import type { StoredDataset, StoredField } from '../store/catalogue.ts'

type Retyped = SchemaQuestion['retyped'][number]

export function retypedFields(
  stored: StoredDataset,
  next: StoredDataset,
  { retyped, sources }: Pick<ImportOutcome, 'retyped' | 'sources'>,
): Retyped[] {
  return stored.fields.flatMap((before) => {
    const after = next.fields.find(({ name }) => name === before.name)
    if (after === undefined || !isRetyped(before.type, after.type)) return []
    if (isBlank(before, stored.rows) || isBlank(after, next.rows)) return []
    const { name: field, type: from } = before
    const found = retyped.find(({ column }) => column === field)
    if (found === undefined) return [{ field, from, to: after.type, odd: [], ways: [] }]
    const odd = found.odd.map(({ source, ...cells }) => {
      return { ...cells, examples: [...cells.examples], file: sources[source]?.name ?? '' }
    })
    const proposed = proposedWay(found, next.rows - after.blanks)
    const ways = found.ways.map((way) => ({ ...way, rule: { ...way.rule } }))
    return [{ field, from, to: after.type, odd, ways, ...(proposed ? { proposed } : {}) }]
  })
}

/** One in ten of all, and no more than half of a file: beyond that the column may well be another one now. */
const fewOf = 10

/** What nobody would lose much by; between orders of day and month nothing decides. */
function proposedWay({ odd, ways }: RetypedColumn, filled: number): Retyped['proposed'] {
  const [way, ...others] = ways
  if (way === undefined || others.length > 0) return undefined
  const cells = odd.reduce((sum, { count }) => sum + count, 0)
  const isFew = cells * fewOf <= filled && odd.every(({ count, of }) => count * 2 <= of)
  return isFew ? way.kind : undefined
}

const isBlank = ({ blanks }: StoredField, rows: number): boolean => blanks >= rows

/** What reports know of the version before and the one after has no more, by name. */
export function lostOf(
  before: StoredDataset,
  after: StoredDataset,
): Pick<Extract<RefreshedDataset, { state: 'refreshed' }>, 'lost'> {
  const now = new Map(after.fields.map(({ name, type }) => [name, type]))
  const gone = before.fields.map(({ name }) => name).filter((name) => !now.has(name))
  const retyped = before.fields.flatMap(({ name: field, type: from }) => {
    const to = now.get(field)
    return to !== undefined && isRetyped(from, to) ? [{ field, from, to }] : []
  })
  return gone.length + retyped.length > 0 ? { lost: { gone, retyped } } : {}
}
