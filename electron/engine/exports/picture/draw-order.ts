import type { ChartModel } from '../../../../shared/chart/chart-model.ts'
import type { ChartLook } from '../../../../shared/chart/option/chart-look.ts'

/** What a drawing job is told and what it answers. */
export interface DrawOrder {
  readonly charts: readonly { readonly model: ChartModel; readonly title: string }[]
  readonly look: ChartLook
  readonly widthPx: number
  readonly heightPx: number
  /** Pixels per unit of the drawing, for PNG. */
  readonly scale: number
  readonly format: 'svg' | 'png'
  /** WOFF fonts of the product, and where their unpacked form may be kept. */
  readonly fontFolder: string
  readonly tempFolder: string
}

export interface DrawOutcome {
  readonly pictures: readonly Uint8Array[]
}
