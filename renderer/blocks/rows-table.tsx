import { useMemo } from 'react'
import { isNumeric } from '../../shared/data/field.ts'
import type { RowList, RowsRequest } from '../../shared/query/row-list.ts'
import type { TableBlock } from '../../shared/report/blocks/table-block.ts'
import { blockTitle, pillCaption } from '../../shared/report/captions.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import { useApp, useSession } from '../state/app-context.ts'
import type { BlockContentProps } from '../state/block-content.ts'
import { useContentReport } from '../state/content-block.ts'
import { tryCommand } from '../state/board-actions.ts'
import { useRowWindows, windowRows } from '../state/row-windows.ts'
import { Icon } from '../ui/icon.tsx'
import { listedFormats } from '../ui/pill-formats.ts'
import { showListed } from '../ui/show-value.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { VirtualRows } from '../ui/virtual-rows.tsx'
import './blocks.css'

/** Every row of the answer: what is in view is in the page, and is asked for when it comes into view. */
export function RowsTable({ block, answer }: BlockContentProps<'table'>) {
  if (answer.state !== 'rows') return null
  if (answer.list.count === 0) return <Nothing />
  return <Rows block={block} list={answer.list} request={answer.request} />
}

function Nothing() {
  const text = useText()
  return <p className="block-nothing">{text('chart.noRows')}</p>
}

interface RowsProps {
  readonly block: TableBlock
  readonly list: RowList
  readonly request: RowsRequest
}

type CellWriter = (row: number, column: number) => string

/** Writes a cell as an export writes it: by its pill's number format, else by its field's. */
function useCells(block: TableBlock, pages: Windows): CellWriter {
  const language = useLanguage()
  const text = useText()
  const report = useContentReport()
  const formats = useMemo(() => listedFormats(report, block.shelves.columns), [report, block])
  return (row, column) => {
    const page = pages.get(Math.floor(row / windowRows))
    const values = page?.columns[column]
    if (!page || !values) return '…'
    return showListed(values, row - page.offset, formats[column], language, text)
  }
}

type Windows = ReturnType<typeof useRowWindows>['pages']

function Rows({ block, list, request }: RowsProps) {
  const app = useApp()
  const text = useText()
  const { pages, look } = useRowWindows(app, list, request)
  const cell = useCells(block, pages)
  const uses = block.shelves.columns
  return (
    <VirtualRows
      className="table-content"
      count={list.count}
      label={blockTitle(block, text)}
      look={look}
      head={uses.map((use, column) => (
        <Head key={use.id} block={block} use={use} numeric={isNumber(list, column)} />
      ))}
      cells={(row) =>
        uses.map((use, column) => (
          <td key={use.id} data-numeric={isNumber(list, column)}>
            {cell(row, column)}
          </td>
        ))
      }
    />
  )
}

function isNumber(list: RowList, column: number): boolean {
  const field = list.fields[column]
  return field !== undefined && isNumeric(field.type)
}

interface HeadProps {
  readonly block: TableBlock
  readonly use: FieldUse
  readonly numeric: boolean
}

/** A click sorts up, the next one down, the third as in the data. */
function Head({ block, use, numeric }: HeadProps) {
  const app = useApp()
  const text = useText()
  const presenting = useSession((session) => session.presenting)
  const direction = block.sort.find(({ pill }) => pill === use.id)?.direction
  const next = direction === undefined ? 'ascending' : 'descending'
  const sort = direction === 'descending' ? [] : [{ pill: use.id, direction: next }]
  const caption = pillCaption(use, text)
  return (
    <th scope="col" data-numeric={numeric} aria-sort={direction ?? 'none'}>
      <button
        type="button"
        disabled={presenting}
        onClick={() =>
          tryCommand(app, {
            name: 'block.configure',
            args: { block: block.id, settings: { sort } },
          })
        }
      >
        {caption}
        {direction && <Icon name={direction === 'ascending' ? 'up' : 'down'} size={12} />}
      </button>
    </th>
  )
}
