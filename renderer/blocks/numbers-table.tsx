import type { CellAddress } from '../../shared/query/row-list.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import type { Member } from '../../shared/data/cell-value.ts'
import { allPills } from '../../shared/report/shelves.ts'
import type { BlockContentProps } from '../state/block-content.ts'
import { pillCaption } from '../../shared/report/captions.ts'
import { showMember, showValue } from '../ui/show-value.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import './blocks.css'

/** The numbers of a chart or crosstab as plain lines, before anything finer draws them. */
export function NumbersTable({
  block,
  answer,
  reader,
}: BlockContentProps<'chart'> | BlockContentProps<'crosstab'>) {
  const text = useText()
  const language = useLanguage()
  if (answer.state !== 'result') return null
  const { result } = answer
  const measures = result.measures.map(
    ({ name }) => allPills(block).find(({ use }) => use.id === name)?.use,
  )
  const pathText = (path: readonly Member[]): string =>
    path.length === 0
      ? text('value.total')
      : path.map((member) => showMember(member, text)).join(' / ')
  const cells = cellsOf(result)
  const key = (cell: CellAddress): string => JSON.stringify(cell)
  const picked = reader.picked && key(reader.picked)
  return (
    <div className="table-content" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col" />
            {result.measures.map(({ name }, index) => {
              const use = measures[index]
              return (
                <th key={name} scope="col" data-numeric>
                  {use ? pillCaption(use, text) : name}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {cells.map(({ address, at }) => {
            const title = pathText([...address.row, ...address.column])
            return (
              <tr
                key={key(address)}
                data-picked={picked === key(address)}
                onClick={() => reader.pick(address)}
                onDoubleClick={(event) => {
                  event.stopPropagation()
                  reader.drillInto(address)
                }}
                onContextMenu={(event) =>
                  reader.menu({ x: event.clientX, y: event.clientY }, address, title)
                }
              >
                <th scope="row">{title}</th>
                {result.cells.map((column, index) => (
                  <td key={result.measures[index]?.name ?? index} data-numeric>
                    {showValue(column, at, language)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function cellsOf({ rows, columns }: QueryResult): { address: CellAddress; at: number }[] {
  return rows.paths.flatMap((row, r) =>
    columns.paths.map((column, c) => ({
      address: { row, column },
      at: r * columns.paths.length + c,
    })),
  )
}
