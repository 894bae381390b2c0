/** Fields two versions share, each with its column on either side in a form that compares whatever its storage. */
import type { ExtractField } from '../../extracts/extract-columns.ts'
import { columnName, dictionaryTable, rowsTable } from '../../extracts/extract-columns.ts'
import { isNumeric, isTemporal } from '../../../../shared/data/field.ts'
import type { CompareOrder } from './compare-order.ts'

export const sides = ['before', 'after'] as const
export type Side = (typeof sides)[number]
/** Names the extracts are attached under. */
export const aliasOfSide: Readonly<Record<Side, string>> = { before: 'v_before', after: 'v_after' }

export interface ComparedField {
  readonly name: string
  readonly role: ExtractField['role']
  readonly before: PlacedField
  readonly after: PlacedField
}

interface PlacedField {
  readonly index: number
  readonly field: ExtractField
}

export function sharedFields({ before, after }: CompareOrder): ComparedField[] {
  return after.fields.flatMap((field, index) => {
    const place = before.fields.findIndex(({ name }) => name === field.name)
    const earlier = before.fields[place]
    if (earlier === undefined || formOf(earlier) !== formOf(field)) return []
    const { name, role } = field
    return [{ name, role, before: { index: place, field: earlier }, after: { index, field } }]
  })
}

function formOf({ type }: ExtractField): string {
  if (isNumeric(type)) return 'double'
  return isTemporal(type) ? 'timestamp' : type
}

/** `select` of these fields from one side's rows, as f0, f1 and so on; `more` comes after them. */
export function rowsOf(side: Side, fields: readonly ComparedField[], more = ''): string {
  const alias = aliasOfSide[side]
  const joins: string[] = []
  const list = fields.map((shared, place) => {
    const { index, field } = shared[side]
    const column = `r.${columnName(index)}`
    if (!field.coded) return `${column}${castOf(shared)} as f${place}`
    const dictionary = `d${place}`
    joins.push(
      `left join ${alias}.${dictionaryTable(index)} ${dictionary} on ${dictionary}.code = ${column}`,
    )
    return `${dictionary}.value as f${place}`
  })
  const chosen = [...list, ...(more === '' ? [] : [more])].join(', ')
  return `select ${chosen} from ${alias}.${rowsTable} r ${joins.join(' ')}`
}

/** The same form on both sides, exact where both are: equal values must hash alike. */
function castOf({ before, after }: ComparedField): string {
  const [one, other] = [before.field, after.field]
  if (one.type === 'integer' && other.type === 'integer') return '::bigint'
  if (one.type === 'decimal' && other.type === 'decimal' && one.scale === other.scale) {
    return `::decimal(38, ${one.scale})`
  }
  const form = formOf(one)
  return form === 'double' || form === 'timestamp' ? `::${form}` : ''
}
