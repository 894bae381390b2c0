/** Questions that count customers by person: keys of accounts give way to the person field before anything else is read. */
import type { Outcome } from '../../../shared/errors.ts'
import { fail, ok } from '../../../shared/errors.ts'
import { personBehind } from '../../../shared/data/person-twin.ts'
import type { AxisField, Measure, ReportQuery } from '../../../shared/query/report-query.ts'
import { measureName } from '../../../shared/query/report-query.ts'
import { findDataset, locateField } from './locate-field.ts'
import type { QueryCatalog } from './query-catalog.ts'

export function withPersons(
  query: ReportQuery,
  catalog: QueryCatalog,
): Outcome<ReportQuery, 'query/invalid'> {
  const uses = [...query.rows, ...query.columns, ...query.measures]
  if (uses.every(({ each }) => each === undefined)) return ok(query)
  const faults: { path: string; field: string }[] = []
  const fieldFor = (field: string, path: string): string => {
    const person = personField(field, query.dataset, catalog)
    if (person === undefined) faults.push({ path, field })
    return person ?? field
  }
  const axis = (name: 'rows' | 'columns'): AxisField[] =>
    query[name].map(({ each, ...use }, index) =>
      each === undefined ? use : { ...use, field: fieldFor(use.field, `${name}.${index}`) },
    )
  const measures = query.measures.map((measure, index): Measure => {
    const { each, ...use } = measure
    if (each === undefined) return use
    const field = fieldFor(use.field ?? '', `measures.${index}`)
    return { ...use, as: measureName(measure), field }
  })
  const [fault] = faults
  if (fault) return fail('query/invalid', { reason: 'noPerson', ...fault })
  return ok({ ...query, rows: axis('rows'), columns: axis('columns'), measures })
}

/** As a question over `home` names it. */
function personField(ref: string, home: string, catalog: QueryCatalog): string | undefined {
  const base = findDataset(home, catalog)
  const place = base && locateField(ref, base, catalog)
  if (!place || place.beside) return undefined
  const known = {
    datasets: catalog.datasets.map(({ id, person }) => ({ id, ...(person ? { person } : {}) })),
    relationships: catalog.relations.map(({ from, to }) => ({
      from: { ...from, fields: [...from.fields] },
      to: { ...to, fields: [...to.fields] },
      broken: null,
    })),
  }
  const found = personBehind({ dataset: place.dataset.id, field: place.field.name }, known)
  if (found === null) return undefined
  return found.dataset === base.id ? found.field : `${found.dataset}.${found.field}`
}
