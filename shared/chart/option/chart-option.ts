import { assertNever } from '../../errors.ts'
import type { ChartModel } from '../chart-model.ts'
import { arcOption } from './arc-option.ts'
import { cartesianOption } from './cartesian-option.ts'
import type { ChartLook, ChartOption, Drawing } from './chart-look.ts'
import { pointOption } from './point-option.ts'

/** The drawing of a chart, whatever kind it is. */
export function chartOption(model: ChartModel, look: ChartLook, drawing: Drawing): ChartOption {
  switch (model.kind) {
    case 'cartesian':
      return cartesianOption(model, look, drawing)
    case 'arc':
      return arcOption(model, look, drawing)
    case 'point':
      return pointOption(model, look, drawing)
    default:
      return assertNever(model)
  }
}
