/** Draws a chart without a page, to see what stands on it. */
import * as echarts from 'echarts'
import type { CartesianModel } from '../../shared/chart/chart-model.ts'
import { chartOption } from '../../shared/chart/option/chart-option.ts'
import { planLegend } from '../../shared/chart/option/legend-plan.ts'
import { chartPalettes } from '../../shared/chart/option/palettes.ts'

/** The texts of the drawn chart, lines of one label as texts of their own. */
export function drawnTexts(model: CartesianModel, width: number, height: number): string[] {
  const look = {
    palette: chartPalettes.storeboard.light,
    text: '#000',
    muted: '#555',
    line: '#ccc',
    background: '#fff',
    font: 'sans-serif',
    locale: 'zh-CN',
    still: true,
  } as const
  const size = { width, height }
  const legend = planLegend(model, size)
  const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  drawing.setOption(chartOption(model, look, { picked: null, description: '', legend, size }))
  const svg = drawing.renderToSVGString()
  drawing.dispose()
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '')
}
