import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chartOption } from '../../../../shared/chart/option/chart-option.ts'
import { planLegend } from '../../../../shared/chart/option/legend-plan.ts'
import type { DrawOrder, DrawOutcome } from '../../exports/picture/draw-order.ts'
import { besideName } from '../../stray-files.ts'
import { unpackWoff } from '../../exports/picture/woff-font.ts'

/** Draws charts without a page. Both libraries are loaded here only: a job that needs them pays for them. */
export async function drawCharts(order: DrawOrder): Promise<DrawOutcome> {
  const echarts = await import('echarts')
  const fonts = order.format === 'png' ? await fontFiles(order) : []
  const pictures: Uint8Array[] = []
  for (const { model, title } of order.charts) {
    const size = { width: order.widthPx, height: order.heightPx }
    const legend = planLegend(model, size)
    const chart = echarts.init(null, null, {
      renderer: 'svg',
      ssr: true,
      ...size,
    })
    chart.setOption({
      ...chartOption(model, order.look, { picked: null, description: title, legend, size }),
      backgroundColor: order.look.background,
      animation: false,
    })
    const svg = chart.renderToSVGString()
    chart.dispose()
    pictures.push(order.format === 'svg' ? Buffer.from(svg) : await toPng(svg, order, fonts))
  }
  return { pictures }
}

async function toPng(svg: string, order: DrawOrder, fonts: readonly string[]): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js')
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: order.scale },
    font: { loadSystemFonts: false, fontFiles: [...fonts], defaultFontFamily: 'Noto Sans SC' },
  })
  return picture.render().asPng()
}

/** The renderer reads plain font files only: the product's are unpacked once into a folder of its own. */
async function fontFiles({ fontFolder, tempFolder }: DrawOrder): Promise<string[]> {
  const folder = join(tempFolder, 'storeboard-fonts')
  await mkdir(folder, { recursive: true })
  const names = (await readdir(fontFolder)).filter((name) => name.endsWith('.woff'))
  return Promise.all(
    names.map(async (name) => {
      const target = join(folder, name.replace(/\.woff$/, '.ttf'))
      if (existsSync(target)) return target
      // Whole or not at all: a process killed while writing must not leave half a font for all that come after.
      const beside = besideName(target)
      await writeFile(beside, unpackWoff(await readFile(join(fontFolder, name))))
      await rename(beside, target)
      return target
    }),
  )
}
