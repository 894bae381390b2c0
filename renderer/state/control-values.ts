import type { Engine } from '../../shared/contract.ts'
import type { Outcome } from '../../shared/errors.ts'
import { ok } from '../../shared/errors.ts'
import type { Member } from '../../shared/data/cell-value.ts'
import { memberCaption } from '../../shared/report/captions.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import type { FieldQuestion } from '../../shared/report/formula-query.ts'
import type { Text } from '../../shared/text/messages.ts'

export interface ListedMember {
  readonly value: Member
  readonly rows: number
}

export interface ControlValues {
  readonly values: readonly ListedMember[]
  /** Values that match, listed or not. */
  readonly total: number
}

type ValuesEngine = Pick<Engine, 'dataset.values' | 'query.run'>

const most = 500

/**
 * What a list control offers: the field's values, or the periods its pill stands for, since a filter by months keeps
 * nothing of a day. Values that are calculated are those most rows have.
 */
export async function controlValues(
  engine: ValuesEngine,
  dataset: string,
  use: Pick<FieldUse, 'grain'>,
  asked: FieldQuestion,
  search: { readonly wanted: string; readonly text: Text; readonly signal: AbortSignal },
): Promise<Outcome<ControlValues>> {
  const { wanted, text, signal } = search
  const { field, ...calculation } = asked
  if (use.grain === undefined && asked.calculated === undefined) {
    const ask = { dataset, field, search: wanted, limit: most }
    const answer = await engine['dataset.values'](ask, { signal })
    if (!answer.ok) return answer
    const { values, total } = answer.value
    return ok({ values: values.map(({ value, rows }) => ({ value, rows })), total })
  }
  const counted = { aggregate: 'count' as const, as: 'rows' }
  const row =
    use.grain === undefined
      ? { field, top: { count: most, measure: 'rows' } }
      : { field, grain: use.grain }
  const query = { dataset, rows: [row], measures: [counted], ...calculation }
  const answer = await engine['query.run']({ query }, { signal })
  if (!answer.ok) return answer
  const counts = answer.value.cells[0]
  const members = answer.value.rows.paths.map(([value = null], index) => ({
    value,
    rows: Number(counts?.values[index] ?? 0),
  }))
  const found = members.filter(({ value }) =>
    memberCaption(value, text).toLowerCase().includes(wanted.toLowerCase()),
  )
  return ok({ values: found.slice(0, most), total: found.length })
}
