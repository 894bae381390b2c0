import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { EChartsType } from 'echarts/core'
import { listen } from '../../../../renderer/charts/use-echart.ts'

/** A chart that is clicked by hand: items hear first, then the surface. */
function fakeChart() {
  const item = new Map<string, (raw: unknown) => void>()
  const surface = new Map<string, () => void>()
  const zr = { on: (name: string, task: () => void) => void surface.set(name, task) }
  const chart = {
    on: (name: string, task: (raw: unknown) => void) => void item.set(name, task),
    getZr: () => zr,
  } as unknown as Pick<EChartsType, 'on' | 'getZr'>
  return {
    chart,
    click: (data?: unknown) => {
      if (data !== undefined) item.get('click')?.({ data })
      surface.get('click')?.()
    },
    menu: (data: unknown) => item.get('contextmenu')?.({ data }),
  }
}

describe('clicks on a chart', () => {
  beforeAll(() => void vi.stubGlobal('MouseEvent', Event))
  afterAll(() => void vi.unstubAllGlobals())

  it('on an item pick it, on the surface let go, also after a menu was opened on an item', () => {
    const heard: unknown[] = []
    const current = {
      onClick: (hit: { readonly data: unknown } | null) => void heard.push(hit?.data ?? null),
      onDoubleClick: () => undefined,
      onMenu: () => void heard.push('menu'),
    }
    const { chart, click, menu } = fakeChart()
    listen(chart, { current })
    click('East')
    menu('East')
    click()
    click('North')
    expect(heard).toEqual(['East', 'menu', null, 'North'])
  })
})
