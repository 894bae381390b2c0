/** Which mark parted the decimals of a dataset's columns so far: evidence for later files that cannot say it themselves. */
import { isNumeric } from '../../../../shared/data/field.ts'
import type { ExtractField } from '../../extracts/extract-columns.ts'
import type { EarlierColumn } from '../../sources/typing/decide-columns.ts'
import type { ImportJobOrder } from './import-order.ts'
import type { PlannedColumn } from './plan-columns.ts'

type Before = ImportJobOrder['before']

export function earlierOf(before: Before, name: string): EarlierColumn | undefined {
  const was = before?.find((field) => field.name === name)
  if (was === undefined || !isNumeric(was.type)) return undefined
  return { mark: was.decimalMark, decimals: was.type !== 'integer' }
}

/** A file that says nothing leaves what is known as it was. */
export function withMarks<F extends ExtractField>(
  fields: readonly F[],
  columns: readonly PlannedColumn[],
  before: Before,
): F[] {
  return fields.map((field, index) => {
    const { numberForm, provesPoint } = columns[index]?.decision ?? {}
    const proven = numberForm === 'comma' ? 'comma' : provesPoint === true ? 'point' : undefined
    const decimalMark = proven ?? before?.find(({ name }) => name === field.name)?.decimalMark
    return decimalMark === undefined || !isNumeric(field.type) ? field : { ...field, decimalMark }
  })
}
