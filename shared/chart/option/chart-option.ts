import { assertNever } from '../../errors.ts'
import type { ChartModel } from '../chart-model.ts'
import { arcOption } from './arc-option.ts'
import type { PickedPath } from './cartesian-option.ts'
import { cartesianOption } from './cartesian-option.ts'
import type { ChartLook, ChartOption } from './chart-look.ts'
import { pointOption } from './point-option.ts'

/** The drawing of a chart; `description` is what a screen reader says instead of it. */
export function chartOption(
  model: ChartModel,
  look: ChartLook,
  picked: PickedPath,
  description: string,
): ChartOption {
  switch (model.kind) {
    case 'cartesian':
      return cartesianOption(model, look, picked, description)
    case 'arc':
      return arcOption(model, look, picked, description)
    case 'point':
      return pointOption(model, look, picked, description)
    default:
      return assertNever(model)
  }
}
