import { crosstabTint } from '../../shared/report/crosstab-tint.ts'
import type { ComponentType } from 'react'
import { use } from 'react'
import { answerNotes } from '../../shared/report/answer-notes.ts'
import {
  blockTitle,
  measureNote,
  parameterCaption,
  pillCaption,
} from '../../shared/report/captions.ts'
import { isStill } from '../../shared/report/page-questions.ts'
import { filterCaption } from '../../shared/report/filter-caption.ts'
import type { SheetPart, Slice } from '../../shared/layout/paginate.ts'
import { controlFilters } from '../../shared/report/cross-filter.ts'
import { isNumeric } from '../../shared/data/field.ts'
import type { Text } from '../../shared/text/messages.ts'
import { useReport } from '../state/app-context.ts'
import type { BlockContentProps } from '../state/block-content.ts'
import { BlockContentsContext } from '../state/block-content.ts'
import type { BlockReader } from '../state/block-reader.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { listedFormats } from '../ui/pill-formats.ts'
import { showListed } from '../ui/show-value.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { PrintBlock } from './print-answers.ts'
import { PrintCrosstab } from './print-crosstab.tsx'
import { crosstabWords } from './print-widths.ts'

/** Paper has no reader to click. */
const noReader: BlockReader = {
  picked: null,
  canDrill: false,
  pick: () => undefined,
  drillInto: () => false,
  drillUp: () => undefined,
  showRows: () => undefined,
  menu: () => undefined,
  prove: () => undefined,
  showOthers: () => false,
}

interface Props {
  readonly part: SheetPart
  readonly shown: PrintBlock
}

/** One block, or one part of a long one, in its place on a sheet. */
export function PrintPart({ part, shown }: Props) {
  const text = useText()
  const { block } = shown
  const titled = !isStill(block)
  const title = blockTitle(block, text)
  const note = measureNote(block, text)
  const said = shown.answer.state === 'result' ? answerNotes(shown.answer.result, text) : []
  const { x, y, w, h } = part.box
  const steps = shown.narrowed
  const cut = cutOf(part, shown)
  return (
    <section
      className="print-part"
      data-kind={block.kind}
      style={{ left: x, top: y, width: w, height: h }}
    >
      {titled && (
        <h2 className="print-title">
          {title}
          {note !== undefined && <span> {note}</span>}
          {said.length > 0 && <span> {said.join(text('list.separator'))}</span>}
          {steps.length > 0 && <span> {steps.join(text('list.separator'))}</span>}
          {part.continued && <span> {text('print.continued')}</span>}
        </h2>
      )}
      <div className="print-body">
        <Body part={part} shown={shown} />
      </div>
      {cut && <p className="print-cut">{cutText(cut, text)}</p>}
    </section>
  )
}

/** What is not printed: cut by the block's choice, or rows of a detail table beyond what paper is given. */
function cutOf({ cut, slice }: SheetPart, { answer, rows }: PrintBlock): SheetPart['cut'] {
  if (answer.state !== 'rows' || !rows || !slice) return cut
  const listed = rows.rowIds.length
  const { count, fields } = answer.list
  if (cut) return { ...cut, ofRows: count }
  if (slice.toRow < listed || count <= listed) return undefined
  return {
    rows: listed,
    ofRows: count,
    columns: fields.length,
    ofColumns: fields.length,
    follows: false,
  }
}

/** Only what is missing is counted: rows, columns or both. */
function cutText(cut: NonNullable<SheetPart['cut']>, text: Text): string {
  const rows =
    cut.rows < cut.ofRows ? [text('print.firstRows', { shown: cut.rows, count: cut.ofRows })] : []
  const columns =
    cut.columns < cut.ofColumns
      ? [text('print.firstColumns', { shown: cut.columns, count: cut.ofColumns })]
      : []
  const follows = cut.follows ? [text('print.wholeFollows')] : []
  return [...rows, ...columns, ...follows].join(text('list.separator'))
}

function Body({ part, shown }: Props) {
  const text = useText()
  const report = useReport()
  const { block, answer, page } = shown
  if (answer.state === 'error') return <ErrorNotice error={answer.error} />
  switch (block.kind) {
    case 'text':
    case 'image':
    case 'metric':
    case 'chart':
      return <Still block={block} page={page} answer={answer} reader={noReader} />
    case 'filter': {
      const filters = controlFilters(block).map((filter) => filterCaption(filter, text))
      const name = blockTitle(block, text)
      return <p className="print-filter">{filters[0] ?? text('print.all', { field: name })}</p>
    }
    case 'parameter':
      return <p className="print-filter">{parameterCaption(report, block, text)}</p>
    case 'crosstab':
    case 'table':
      return part.slice ? <Lines slice={part.slice} shown={shown} /> : null
  }
}

/** The content the screen shows, standing still. */
function Still(props: BlockContentProps) {
  const contents = use(BlockContentsContext)
  if (!contents) throw new Error('No block contents above this component')
  // The record ties each kind to its own component, which TypeScript cannot follow through an index.
  const Kind = contents[props.block.kind] as ComponentType<BlockContentProps>
  return <Kind {...props} />
}

function Lines({ slice, shown }: { readonly slice: Slice; readonly shown: PrintBlock }) {
  const text = useText()
  const language = useLanguage()
  const report = useReport()
  const { block, answer } = shown
  if (block.kind === 'crosstab' && answer.state === 'result') {
    const words = crosstabWords(block, answer.result.measures, { report, text, language })
    const tintOf = crosstabTint(block, answer.result)
    const { result } = answer
    return <PrintCrosstab {...words} {...{ result, slice, tintOf }} locale={language} />
  }
  if (block.kind !== 'table' || answer.state !== 'rows' || !shown.rows) return null
  const { rows } = shown
  const uses = block.shelves.columns.slice(slice.fromColumn, slice.toColumn)
  const styles = listedFormats(report, uses)
  const fields = answer.list.fields.slice(slice.fromColumn, slice.toColumn)
  return (
    <table className="print-table">
      <thead>
        <tr>
          {uses.map((use, index) => (
            <th key={use.id} scope="col" data-numeric={isNumeric(fields[index]?.type ?? 'text')}>
              {pillCaption(use, text)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: slice.toRow - slice.fromRow }, (_, n) => slice.fromRow + n).map(
          (row) => (
            <tr key={row}>
              {uses.map((use, index) => {
                const column = rows.columns[slice.fromColumn + index]
                return (
                  <td key={use.id} data-numeric={isNumeric(fields[index]?.type ?? 'text')}>
                    {column && showListed(column, row, styles[index], language, text)}
                  </td>
                )
              })}
            </tr>
          ),
        )}
      </tbody>
    </table>
  )
}
