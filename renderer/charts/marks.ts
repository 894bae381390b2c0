import type { ChartModel } from '../../shared/chart/chart-model.ts'
import type { Member } from '../../shared/data/cell-value.ts'
import type { FormatLocale } from '../../shared/data/number-format.ts'
import { formatNumber } from '../../shared/data/number-format.ts'

/** A mark of a chart: where the drawing has it, and the row path it stands for. */
export interface Mark {
  readonly series: number
  readonly index: number
  readonly path: readonly Member[]
}

/** The marks in the order one reads them: along the axis, and at each place from series to series. */
export function marksInOrder(model: ChartModel): readonly Mark[] {
  switch (model.kind) {
    case 'cartesian':
      return model.categories.flatMap((_, index) =>
        model.series.flatMap(({ data }, series): Mark[] => {
          const datum = data[index]
          return datum ? [{ series, index, path: datum.path }] : []
        }),
      )
    case 'arc':
      return model.slices.map(({ path }, index) => ({ series: 0, index, path }))
    case 'point':
      return model.groups.flatMap(({ points }, series) =>
        points.map(({ path }, index) => ({ series, index, path })),
      )
  }
}

/** The numbers of a mark as they are read out. */
export function numbersOf(model: ChartModel, mark: Mark, locale: FormatLocale): string {
  if (model.kind === 'point') {
    const point = model.groups[mark.series]?.points[mark.index]
    if (!point) return ''
    const said = [formatNumber(point.x, model.x.format, locale)]
    return [...said, formatNumber(point.y, model.y.format, locale)].join(', ')
  }
  const datum =
    model.kind === 'arc' ? model.slices[mark.index] : model.series[mark.series]?.data[mark.index]
  const measure = model.kind === 'arc' ? 0 : (model.series[mark.series]?.measure ?? 0)
  const style = model.measures[measure]?.format
  return datum && style ? formatNumber(datum.value, style, locale) : ''
}
