import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef } from 'react'
import type { HeadCell } from '../../shared/query/crosstab/edge-layout.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import {
  blockTitle,
  crosstabCorner,
  memberCaption,
  pillCaption,
  shownMeasures,
  totalCaption,
} from '../../shared/report/captions.ts'
import type { TintOf } from '../../shared/report/crosstab-tint.ts'
import { crosstabTint } from '../../shared/report/crosstab-tint.ts'
import { textIn } from '../../shared/text/messages.ts'
import { pillFormats } from '../ui/pill-formats.ts'
import { useContentReport, useDrilledBlock } from '../state/content-block.ts'
import type { BlockContentProps } from '../state/block-content.ts'
import { useLanguage } from '../ui/use-text.ts'
import { cellShown, cellTitle } from './cell-place.ts'
import type { Corner, CrosstabView } from './crosstab-view.ts'
import { cornerCaption, crosstabView, headsWithin, keepsTotal, rowHeight } from './crosstab-view.ts'
import { CrosstabCells, FoldToggle } from './crosstab-cells.tsx'
import { useCellCursor } from './use-cell-cursor.ts'
import './crosstab.css'

type Props = BlockContentProps<'crosstab'>
export type CaptionOf = (head: HeadCell, axis: 'rows' | 'columns') => string

/** A crosstab of any size: only what is in view is in the page, heads of both edges stay in place while it scrolls. */
export function CrosstabContent({ block, answer, reader }: Props) {
  const language = useLanguage()
  const text = useMemo(() => textIn(language), [language])
  const report = useContentReport()
  const result = answer.state === 'result' ? answer.result : null
  const shown = useDrilledBlock(block)
  const captionOf: CaptionOf = useMemo(
    () => (head, axis) => {
      if (head.kind === 'member') return memberCaption(head.member, text)
      if (head.kind === 'measure')
        return pillCaption(shownMeasures(shown)[head.measure ?? 0] ?? unnamed, text)
      return totalCaption(result?.measures ?? [], text, axis, result?.[axis].over)
    },
    [text, result, shown],
  )
  const view = useMemo(() => {
    if (!result) return null
    const formats = pillFormats(report, shown)
    const measures = shownMeasures(shown).map((use) => ({
      caption: pillCaption(use, text),
      format: formats(use.id),
    }))
    const named = (uses: readonly FieldUse[]): string[] => uses.map((use) => pillCaption(use, text))
    const { rows, columns } = shown.shelves
    const down = named(rows)
    const corner: Corner = crosstabCorner(down, named(columns), shown, text)
    const tintOf = crosstabTint(shown, result)
    return { corner, tintOf, ...crosstabView(result, measures, captionOf, corner, language, shown) }
  }, [result, report, shown, text, captionOf, language])
  if (!view) return null
  if (view.rows.lines.length === 0 || view.columns.lines.length === 0) {
    return <p className="crosstab-empty">{text('chart.noRows')}</p>
  }
  return (
    <Grid
      view={view}
      tintOf={view.tintOf}
      corner={view.corner}
      captionOf={captionOf}
      label={text('crosstab.label', { title: blockTitle(shown, text) })}
      reader={reader}
      locale={language}
    />
  )
}

/** What a measure that is gone is called while the answer still has it. */
const unnamed: FieldUse = { id: 'pl_none', field: 'sl_none.' }

interface GridProps {
  readonly view: CrosstabView
  readonly tintOf: TintOf
  readonly corner: Corner
  readonly captionOf: CaptionOf
  readonly label: string
  readonly reader: Props['reader']
  readonly locale: 'zh-CN' | 'en'
}

function Grid({ view, tintOf, corner, captionOf, label, reader, locale }: GridProps) {
  const frame = useRef<HTMLDivElement>(null)
  const left = view.headWidths.reduce((sum, width) => sum + width, 0)
  const top = view.headRows * rowHeight
  const rows = useVirtualizer({
    count: view.rows.lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    scrollPaddingStart: top,
    overscan: 8,
  })
  const columns = useVirtualizer({
    horizontal: true,
    count: view.width,
    getScrollElement: () => frame.current,
    estimateSize: () => view.columnWidth,
    scrollPaddingStart: left,
    scrollPaddingEnd: view.totals * view.columnWidth,
    overscan: 3,
  })
  // Another answer may need other widths; what is in view is found by the ones measured before.
  useLayoutEffect(() => columns.measure(), [columns, view.columnWidth])
  const { cursor, onKey, letGo } = useCellCursor(view, reader, locale, {
    page: Math.floor(((rows.scrollRect?.height ?? 0) - top) / rowHeight) - 1,
    corner: { left, top },
    show: ({ row, column }) => {
      rows.scrollToIndex(row)
      columns.scrollToIndex(column)
    },
  })
  const kept = keepsTotal(view, left, columns.scrollRect?.width ?? 0) ? view.totals : 0
  const scrolled = columns
    .getVirtualItems()
    .map(({ index }) => index)
    .filter((index) => index < view.width - kept)
  const from = columns.scrollOffset ?? 0
  // Before it is measured nothing is known to be out of view.
  const room = columns.scrollRect?.width ? columns.scrollRect.width - left - kept * view.columnWidth : Infinity // prettier-ignore
  const size = { width: left + view.width * view.columnWidth, height: top + rows.getTotalSize() }
  return (
    <div
      ref={frame}
      className="crosstab-frame"
      role="table"
      aria-label={label}
      aria-rowcount={view.headRows + view.rows.lines.length}
      aria-colcount={view.rows.levels + view.width}
      tabIndex={0}
      onKeyDown={onKey}
      onBlur={letGo}
    >
      {cursor && (
        <p className="visually-hidden" role="status">
          {cellTitle(view, cursor, locale)} {cellShown(view, cursor, locale)}
        </p>
      )}
      <div className="crosstab-space" role="presentation" style={size}>
        <ColumnHeads
          view={view}
          captionOf={captionOf}
          reader={reader}
          shown={scrolled}
          kept={kept}
          left={left}
          corner={corner}
        />
        <CrosstabCells
          view={view}
          tintOf={tintOf}
          captionOf={captionOf}
          rows={rows.getVirtualItems()}
          columns={scrolled}
          inView={{ from, to: from + room }}
          kept={kept}
          left={left}
          top={top}
          cursor={cursor}
          reader={reader}
          locale={locale}
        />
      </div>
    </div>
  )
}

interface HeadsProps {
  readonly view: CrosstabView
  readonly captionOf: CaptionOf
  readonly reader: Props['reader']
  /** Value columns in view. */
  readonly shown: readonly number[]
  /** Value columns at the end that stay at the right. */
  readonly kept: number
  readonly left: number
  readonly corner: Corner
}

/** Column heads over the value columns, with the captions of the row dimensions in the corner. */
function ColumnHeads(props: HeadsProps) {
  const { view, shown, left, kept, corner } = props
  const first = shown[0] ?? 0
  const last = shown.at(-1) ?? -1
  const visible = view.columns.heads.flatMap((heads) => headsWithin(heads, first, last))
  const keptFrom = view.width - kept
  const keptHeads = view.columns.heads.flatMap((heads) =>
    headsWithin(heads, keptFrom, kept > 0 ? view.width : -1),
  )
  return (
    <div className="crosstab-heads" role="row" style={{ height: view.headRows * rowHeight }}>
      <div className="crosstab-corner" role="presentation" style={{ width: left }}>
        {view.headWidths.map((width, level) => (
          <div
            key={level}
            className="crosstab-corner-cell"
            role="columnheader"
            aria-colindex={level + 1}
            style={{ width }}
            title={corner.all[level]}
          >
            {cornerCaption(corner, level, width)}
          </div>
        ))}
      </div>
      <Heads {...props} heads={visible} from={left} />
      {kept > 0 && (
        <div
          className="crosstab-kept"
          role="presentation"
          style={{ width: kept * view.columnWidth }}
        >
          <Heads {...props} heads={keptHeads} from={-keptFrom * view.columnWidth} />
        </div>
      )}
    </div>
  )
}

interface HeadCellsProps extends HeadsProps {
  readonly heads: readonly HeadCell[]
  /** Where the first value column stands. */
  readonly from: number
}

function Heads({ view, captionOf, reader, left, heads, from }: HeadCellsProps) {
  return (
    <>
      {heads.map((head) => {
        const { start, span } = head
        // The name of a measure stands at the right, over its numbers.
        const measure = head.kind === 'measure' && span === 1
        return (
          <div
            key={`${head.level}:${head.start}`}
            className="crosstab-head"
            data-kind={head.kind}
            data-measure={measure ? '' : undefined}
            role="columnheader"
            aria-colindex={view.rows.levels + start + 1}
            aria-colspan={span}
            style={{
              left: from + start * view.columnWidth,
              top: head.level * rowHeight,
              width: span * view.columnWidth,
              height: head.levels * rowHeight,
            }}
          >
            {measure ? (
              captionOf(head, 'columns')
            ) : (
              <span className="crosstab-head-text" style={{ left: left + 6 }}>
                <FoldToggle head={head} axis="columns" captionOf={captionOf} reader={reader} />
                {captionOf(head, 'columns')}
              </span>
            )}
          </div>
        )
      })}
    </>
  )
}
