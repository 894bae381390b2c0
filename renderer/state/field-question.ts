import type { FieldId } from '../../shared/report/field-use.ts'
import { fieldQuestion } from '../../shared/report/formula-query.ts'
import { useDocument } from './app-context.ts'

/** How a field is asked of its dataset, as JSON: the same text for as long as it is asked the same way. */
export function useFieldQuestion(field: FieldId): string {
  return useDocument(({ history, bindings }) =>
    JSON.stringify(fieldQuestion(history.report, field, bindings)),
  )
}
