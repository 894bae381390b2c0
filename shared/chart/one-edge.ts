import type { QueryResult, ValueColumn } from '../query/query-result.ts'

/** An answer with colours on an edge of their own, as charts read it: one line a meeting of both edges that has a value. */
export function onOneEdge(result: QueryResult): QueryResult {
  const { rows, columns } = result
  if (columns.fields.length === 0) return result
  const width = columns.paths.length
  const places = rows.paths.flatMap((_row, r) =>
    columns.paths.flatMap((_column, c) => {
      const place = r * width + c
      return result.cells.some((cells) => hasValue(cells, place)) ? [place] : []
    }),
  )
  return {
    ...result,
    rows: {
      ...rows,
      fields: [...rows.fields, ...columns.fields],
      paths: places.map((place) => [
        ...(rows.paths[Math.floor(place / width)] ?? []),
        ...(columns.paths[place % width] ?? []),
      ]),
    },
    columns: { ...columns, fields: [], paths: [[]] },
    cells: result.cells.map((cells) => picked(cells, places)),
  }
}

function hasValue(cells: ValueColumn, place: number): boolean {
  return cells.kind === 'text'
    ? (cells.values[place] ?? null) !== null
    : !Number.isNaN(cells.values[place] ?? NaN)
}

function picked(cells: ValueColumn, places: readonly number[]): ValueColumn {
  return cells.kind === 'text'
    ? { ...cells, values: places.map((place) => cells.values[place] ?? null) }
    : { ...cells, values: Float64Array.from(places, (place) => cells.values[place] ?? NaN) }
}
