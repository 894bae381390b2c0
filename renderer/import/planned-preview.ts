/** What a planned dataset will look like: its fields and first rows under the choices made for its columns. */
import type { CellValue } from '../../shared/data/cell-value.ts'
import type { Field } from '../../shared/data/field.ts'
import { isNumeric } from '../../shared/data/field.ts'
import type { ColumnOverride } from '../../shared/data/import-words.ts'
import { withoutMarks } from '../../shared/data/text-marks.ts'
import { mainDateField, tellsWhen } from '../../shared/data/main-date.ts'
import type { PlannedDataset } from './import-plan.ts'

/** As the import decides: another type brings its own. */
export const roleFound = (found: Field, type = found.type): Field['role'] =>
  type === found.type ? found.role : isNumeric(type) ? 'measure' : 'dimension'

/** As the import will have them: what says when a row happened follows the types chosen here. */
export function plannedFields({ parts, overrides }: PlannedDataset): Field[] {
  const columns = parts[0]?.columns ?? []
  const chosen = (name: string): Omit<ColumnOverride, 'column'> => overrides[name] ?? {}
  const typed = columns.map(({ name, type }) => ({
    name,
    type: chosen(name).type ?? type,
    max: '',
  }))
  const when = mainDateField(typed)
  const time = when !== undefined && tellsWhen(when.name) ? when.name : undefined
  const isRead = columns.some(({ name, type }) => (chosen(name).type ?? type) !== type)
  return columns.map((field) => {
    const own = chosen(field.name)
    const { type = field.type, role = roleFound(field, own.type) } = own
    const proposed =
      isRead && field.name === time
        ? 'time'
        : isRead && field.meaning === 'time'
          ? undefined
          : field.meaning
    const { meaning = proposed, personal = field.personal } = own
    return {
      ...{ name: field.name, type, role },
      ...(meaning == null ? {} : { meaning }),
      ...(personal == null ? {} : { personal }),
      ...(type === 'decimal' && field.scale !== undefined ? { scale: field.scale } : {}),
      ...(isNumeric(type) && field.sign !== undefined ? { sign: field.sign } : {}),
    }
  })
}

/** Whether a cell of the first rows becomes blank under the type chosen for its column. */
export function becomesBlank(dataset: PlannedDataset): (row: number, column: number) => boolean {
  const [part] = dataset.parts
  const lost = (part?.blanked ?? []).filter(({ column, type, dateOrder }) => {
    const own = dataset.overrides[part?.columns[column]?.name ?? '']
    // What another mark of decimals makes of them was not looked at.
    const isChosen = own?.type === type && own.dateOrder === dateOrder
    return isChosen && own.decimalMark === undefined && type !== part?.columns[column]?.type
  })
  const rows = new Map(lost.map((one) => [one.column, new Set(one.rows)]))
  return (row, column) => rows.get(column)?.has(row) === true
}

/** The first rows as they will come in: merged cells filled and marks of text taken off where that was chosen. */
export function shownSample({ parts, overrides }: PlannedDataset, rows: number): CellValue[][] {
  const [part] = parts
  const shown = (part?.sample ?? []).slice(0, rows).map((row) => [...row])
  for (const { column, rows: spans } of part?.merged ?? []) {
    if (overrides[part?.columns[column]?.name ?? '']?.fillMerged !== true) continue
    for (const { from, to } of spans) {
      const value = part?.sample[from]?.[column] ?? null
      for (const row of shown.slice(from + 1, to + 1)) row[column] ??= value
    }
  }
  const trimmed = (part?.columns ?? []).flatMap(({ name }, column) =>
    overrides[name]?.trimMarks === true ? [column] : [],
  )
  for (const row of shown) {
    for (const column of trimmed) {
      const value = row[column]
      if (typeof value === 'string') row[column] = withoutMarks(value) ?? value
    }
  }
  return shown
}
