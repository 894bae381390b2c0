import { useMemo, useRef } from 'react'
import type { ChartModel } from '../../shared/chart/chart-model.ts'
import { buildChart } from '../../shared/chart/build-chart.ts'
import type { TooLarge } from '../../shared/chart/chart-size.ts'
import { tooLargeToDraw } from '../../shared/chart/chart-size.ts'
import { chartOption } from '../../shared/chart/option/chart-option.ts'
import { planLegend } from '../../shared/chart/option/legend-plan.ts'
import type { ChartLook } from '../../shared/chart/option/chart-look.ts'
import { chartPalettes } from '../../shared/chart/option/palettes.ts'
import type { Member } from '../../shared/data/cell-value.ts'
import type { ChartBlock } from '../../shared/report/blocks/chart-block.ts'
import { blockTitle, memberCaption } from '../../shared/report/captions.ts'
import { textIn } from '../../shared/text/messages.ts'
import { useContentReport, useDrilledBlock } from '../state/content-block.ts'
import type { BlockContentProps } from '../state/block-content.ts'
import { useSizeOffers } from '../state/use-size-offers.ts'
import { OfferButtons } from '../ui/offer-buttons.tsx'
import { palettes } from '../ui/palette.ts'
import { useStill } from '../ui/still-context.ts'
import { useTheme } from '../ui/theme-context.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { pillFormats } from '../ui/pill-formats.ts'
import { readByKey } from '../state/block-reader.ts'
import { chartWords } from './chart-words.ts'
import './charts.css'
import { numbersOf } from './marks.ts'
import type { ChartHit } from './use-echart.ts'
import { useMarkCursor } from './use-mark-cursor.ts'
import { useEChart } from './use-echart.ts'
import { useSize } from './use-size.ts'

/** Above this many marks a canvas is faster than a tree of shapes. */
const canvasFrom = 2000
const fontStack = "'Noto Sans SC', system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif"

function useLook(still: boolean): ChartLook {
  const theme = useTheme()
  const report = useContentReport()
  const locale = useLanguage()
  return useMemo(() => {
    const colors = palettes[theme]
    return {
      palette: chartPalettes[report.theme][theme],
      text: colors.text,
      muted: colors.muted,
      line: colors.lineStrong,
      background: colors.surface,
      font: fontStack,
      locale,
      still,
    }
  }, [theme, report.theme, locale, still])
}

function pathOf(hit: ChartHit | null): readonly Member[] | null {
  const data = hit?.data
  if (typeof data !== 'object' || data === null || !('path' in data)) return null
  // Every item of our options carries its row path.
  return data.path as readonly Member[]
}

function marksOf(model: ChartModel): number {
  if (model.kind === 'cartesian') return model.series.length * model.categories.length
  if (model.kind === 'arc') return model.slices.length
  return model.groups.reduce((sum, { points }) => sum + points.length, 0)
}

/** A chart with its marks as places to click: a click links, a double click drills, the right button offers the rest. */
export function ChartContent({ block, answer, reader }: BlockContentProps<'chart'>) {
  const language = useLanguage()
  const text = useMemo(() => textIn(language), [language])
  const report = useContentReport()
  const shown = useDrilledBlock(block)
  const result = answer.state === 'result' ? answer.result : null
  const model = useMemo(() => {
    if (!result) return null
    return buildChart(shown, result, pillFormats(report, shown), chartWords(shown, text))
  }, [result, report, shown, text])
  if (!model || !result) return <p className="chart-waiting">{text('block.empty.chart')}</p>
  if (marksOf(model) === 0) return <p className="chart-waiting">{text('chart.noRows')}</p>
  const tooLarge = tooLargeToDraw(model)
  if (tooLarge) return <TooMany block={block} tooLarge={tooLarge} />
  return <Drawing model={model} block={shown} reader={reader} />
}

interface TooManyProps {
  readonly block: ChartBlock
  readonly tooLarge: TooLarge
}

function TooMany({ block, tooLarge }: TooManyProps) {
  const text = useText()
  const { of, count } = tooLarge
  const offers = useSizeOffers(block, { rows: count, columns: 1 }, text)
  return (
    <div className="chart-waiting">
      <p>{text(`chart.tooMany.${of}`, { count })}</p>
      <OfferButtons label={text('size.offers')} offers={offers} />
    </div>
  )
}

interface DrawingProps extends Pick<BlockContentProps<'chart'>, 'block' | 'reader'> {
  readonly model: ChartModel
}

function Drawing({ model, block, reader }: DrawingProps) {
  const still = useStill()
  const text = useText()
  const look = useLook(still)
  const element = useRef<HTMLDivElement>(null)
  const picked = reader.picked?.row ?? null
  const title = blockTitle(block, text)
  const size = useSize(element)
  const option = useMemo(() => {
    const legend = planLegend(model, size)
    return chartOption(model, look, { picked, description: title, legend, size })
  }, [model, look, picked, title, size])
  const cell = (path: readonly Member[]) => ({ row: [...path], column: [] })
  const named = (path: readonly Member[]): string =>
    path.map((member) => memberCaption(member, text)).join(' / ')
  const chart = useEChart(
    element,
    option,
    !still && marksOf(model) > canvasFrom ? 'canvas' : 'svg',
    {
      onClick: (hit) => {
        const path = pathOf(hit)
        reader.pick(path ? cell(path) : null)
      },
      onDoubleClick: (hit) => {
        const path = pathOf(hit)
        if (path) reader.drillInto(cell(path))
      },
      onMenu: (hit, at) => {
        const path = pathOf(hit)
        if (path) reader.menu(at, cell(path), named(path))
      },
    },
  )
  const cursor = useMarkCursor(model, chart)
  const onKey = (event: React.KeyboardEvent): void => {
    if (cursor.move(event) || !cursor.mark) return
    const { path } = cursor.mark
    const { left = 0, top = 0 } = element.current?.getBoundingClientRect() ?? {}
    readByKey(event, reader, cell(path), named(path), { x: left + 24, y: top + 24 })
  }
  return (
    <div className="chart-content">
      <div
        ref={element}
        className="chart-drawing"
        role="img"
        aria-label={title}
        tabIndex={still ? undefined : 0}
        onKeyDown={onKey}
        onBlur={() => cursor.leave()}
      />
      {cursor.mark && (
        <p className="visually-hidden" role="status">
          {named(cursor.mark.path)} {numbersOf(model, cursor.mark, look.locale)}
        </p>
      )}
      {'leftOut' in model && model.leftOut > 0 && (
        <p className="chart-note">{text('chart.leftOut', { count: model.leftOut })}</p>
      )}
    </div>
  )
}
