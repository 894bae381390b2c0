import type { Measure } from '../report-query.ts'
import type { Cells } from './cells.ts'
import { differences } from './differences.ts'
import { ranks } from './ranks.ts'
import { running } from './running.ts'
import { secondPass } from './second-pass.ts'
import { indexes, shares } from './shares.ts'
import type { StageGrid } from './stage-grid.ts'

/**
 * The second stage of one measure: from its values over base rows, blank where there are none, to what its cells say. Totals
 * made of shown numbers come last, rows before columns.
 */
export function showCells(
  cells: Cells,
  { show, totals }: Pick<Measure, 'show' | 'totals'>,
  grid: StageGrid,
): Cells {
  let made = shown(cells, show, grid)
  if (totals?.rows) made = secondPass(made, 'rows', totals.rows, grid)
  if (totals?.columns) made = secondPass(made, 'columns', totals.columns, grid)
  return made
}

function shown(cells: Cells, show: Measure['show'], grid: StageGrid): Cells {
  switch (show?.as) {
    case undefined:
      return cells
    case 'percent':
    case 'percentOfParent':
      return shares(cells, show, grid)
    case 'index':
      return indexes(cells, grid)
    case 'difference':
    case 'percentDifference':
      return differences(cells, show, grid)
    case 'runningTotal':
    case 'percentRunningTotal':
    case 'movingAverage':
      return running(cells, show, grid)
    case 'rank':
      return ranks(cells, show, grid)
  }
}
