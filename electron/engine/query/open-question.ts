import type { AxisField, ReportQuery } from '../../../shared/query/report-query.ts'

/** The question without filters on the fields of its edges: what totals over all members cover, with `uncut`. */
export function openQuestion(query: ReportQuery): ReportQuery {
  const edges = [...query.rows, ...query.columns].map(({ field }) => field)
  return {
    ...uncut(query),
    filters: query.filters.filter(({ field }) => !edges.includes(field)),
  }
}

/** Without the top-N that leave members out; those with Others leave out none. */
export function uncut(query: ReportQuery): ReportQuery {
  const open = (use: AxisField): AxisField => {
    const { top, ...rest } = use
    return top?.others === true ? use : rest
  }
  return { ...query, rows: query.rows.map(open), columns: query.columns.map(open) }
}

/** Without the top-N of one field: where it is said by its days which of its members count. */
export function withoutTopsOf(query: ReportQuery, field: string): ReportQuery {
  const plain = (use: AxisField): AxisField => {
    const { top, ...rest } = use
    return top && use.field === field ? rest : use
  }
  return { ...query, rows: query.rows.map(plain), columns: query.columns.map(plain) }
}
