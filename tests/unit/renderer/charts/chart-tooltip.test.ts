import { graphic } from 'echarts/core'
import { describe, expect, it } from 'vitest'
import { init } from '../../../../renderer/charts/echarts.ts'
import { pressThrough } from '../../../../renderer/charts/use-echart.ts'

const option = {
  animation: false,
  xAxis: { type: 'category', data: ['华东', '西南'] },
  yAxis: { type: 'value' },
  series: [{ type: 'bar', barWidth: '100%', data: [100, 100], color: '#123456' }],
}

/** Whether a press on the first column lands there, with the words about the second standing over it. */
function hitsColumn(prepare: (chart: ReturnType<typeof init>) => void): boolean {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 300 })
  prepare(chart)
  chart.setOption(option)
  const surface = chart.getZr()
  // As the tooltip is drawn where there is a window.
  const style = { text: '西南 100', fontSize: 40, backgroundColor: '#fff' }
  surface.add(new graphic.Text({ style, x: 100, y: 150, z: 60 }))
  surface.storage.updateDisplayList()
  const { target } = surface.handler.findHover(110, 160)
  chart.dispose()
  return JSON.stringify(Object.entries(target.style)).includes('#123456')
}

describe('the tooltip of a chart', () => {
  it('lies over its neighbours, but lets a press through to them', () => {
    expect(hitsColumn(() => undefined)).toBe(false)
    expect(hitsColumn(pressThrough)).toBe(true)
  })
})
