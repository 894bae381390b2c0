import { AppErrorException } from '../../../shared/errors.ts'
import type { QueryResult } from '../../../shared/query/query-result.ts'
import type { ReportQuery } from '../../../shared/query/report-query.ts'
import { spread } from '../../../shared/query/spread/spread.ts'
import type { Levels } from './ask-levels.ts'
import { resultAxis, resultMeasure, temporalCells } from './result-shape.ts'
import { asksRetention, retentionShape } from './retention-levels.ts'
import { queryLimits } from './query-tools.ts'

/** The answer to a question from its levels; throws what says that it is too large. */
export function layOut(question: ReportQuery, levels: Levels): QueryResult {
  const query = asksRetention(question) ? retentionShape(question) : question
  const laid = spread(levels.input, {
    query,
    maxCells: queryLimits.cells,
    formulas: levels.formulas,
    lastDay: levels.lastDay,
    unfiltered: levels.unfiltered,
    empties: levels.empties,
  })
  if (!laid.ok) throw new AppErrorException(laid.error)
  const measures = levels.measures.filter(({ measure }) => measure.hidden !== true)
  return {
    rows: resultAxis(query, 'rows', levels.fields.rows, laid.value),
    columns: resultAxis(query, 'columns', levels.fields.columns, laid.value),
    measures: measures.map(resultMeasure),
    cells: laid.value.cells.map((cells, index) => temporalCells(cells, measures[index])),
    baseRows: laid.value.baseRows,
    dataAsOf: levels.dataAsOf,
    version: levels.version,
    elapsedMs: 0,
    cached: false,
    warnings: [...levels.warnings],
  }
}
