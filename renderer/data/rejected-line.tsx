import { Input } from 'antd'
import { useState } from 'react'
import { useStore } from 'zustand'
import { joinLine, splitLine } from '../../shared/data/delimited-line.ts'
import type { QuarantinedRow, RejectedRows, TextShape } from '../../shared/data/rejected-words.ts'
import { isMessageKey } from '../../shared/text/messages.ts'
import { IconButton } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import type { RejectedStore } from './rejected-store.ts'
import { rowKey } from './rejected-store.ts'

interface RejectedLineProps {
  readonly rejected: RejectedStore
  readonly row: QuarantinedRow
  readonly source: RejectedRows['sources'][number] | undefined
}

/** One line that did not parse: edited as it stands, or cell by cell below it. */
export function RejectedLine({ rejected, row, source }: RejectedLineProps) {
  const text = useText()
  const [open, setOpen] = useState(false)
  const draft = useStore(rejected.store, ({ drafts }) => drafts.get(rowKey(row)))
  const picked = useStore(rejected.store, (state) => state.picked.has(rowKey(row)))
  const line = draft?.text ?? row.raw
  const shape = row.cut ? null : (source?.shape ?? null)
  const reason = `reject.${row.reason}`
  const where = { source: source?.name ?? '', row: row.row }
  return (
    <tr data-draft={draft !== undefined} data-failed={draft?.failed}>
      <td>
        <input
          type="checkbox"
          aria-label={text('rejected.pick', where)}
          checked={picked}
          onChange={({ target }) => rejected.pick(row, target.checked)}
        />
      </td>
      <td title={source?.name}>{source?.name}</td>
      <td data-number="true">{row.row}</td>
      <td>
        {isMessageKey(reason) ? text(reason) : row.reason}
        {draft?.failed && <strong>{text('rejected.failed')}</strong>}
      </td>
      <td>
        <div className="rejected-edit">
          {shape && (
            <IconButton
              small
              icon={open ? 'down' : 'right'}
              label={text('rejected.byColumn', where)}
              pressed={open}
              onClick={() => setOpen(!open)}
            />
          )}
          {shape ? (
            <Input
              size="small"
              className="rejected-text"
              aria-label={text('rejected.line', where)}
              value={line}
              onChange={({ target }) => rejected.edit(row, target.value)}
              onPressEnter={() => void rejected.mend()}
            />
          ) : (
            <code title={row.raw}>{row.raw}</code>
          )}
          {draft && (
            <IconButton
              small
              icon="undo"
              label={text('rejected.asItStood', where)}
              onClick={() => rejected.edit(row, row.raw)}
            />
          )}
        </div>
        {!shape && <small>{text(whyNot(row, source))}</small>}
        {open && shape && (
          <Cells shape={shape} line={line} onLine={(next) => rejected.edit(row, next)} />
        )}
      </td>
    </tr>
  )
}

/** Why a line cannot be corrected here. */
function whyNot({ cut }: QuarantinedRow, source: RejectedLineProps['source']) {
  if (cut) return 'rejected.tooLong'
  return source?.kind === 'json' ? 'rejected.inFile' : 'rejected.noShape'
}

interface CellsProps {
  readonly shape: TextShape
  readonly line: string
  readonly onLine: (line: string) => void
}

/** The line by the columns it should have; what it has too many stands behind them. */
function Cells({ shape, line, onLine }: CellsProps) {
  const text = useText()
  const { names, width } = shape
  const cells = splitLine(line, shape)
  const count = Math.max(width, cells.length)
  const change = (place: number, value: string): void => {
    const next = Array.from({ length: count }, (_, at) =>
      at === place ? value : (cells[at] ?? ''),
    )
    while (next.length > width && next.at(-1) === '') next.pop()
    onLine(joinLine(next, shape))
  }
  return (
    <div className="rejected-cells">
      {Array.from({ length: count }, (_, place) => (
        <label key={place} data-extra={place >= width}>
          <span>{names[place] ?? text('rejected.extra', { number: place + 1 - width })}</span>
          <Input
            size="small"
            value={cells[place] ?? ''}
            status={place >= width ? 'warning' : ''}
            onChange={({ target }) => change(place, target.value)}
          />
        </label>
      ))}
    </div>
  )
}
