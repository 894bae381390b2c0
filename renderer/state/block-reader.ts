import { onOneEdge } from '../../shared/chart/one-edge.ts'
import type { CellAddress } from '../../shared/query/row-list.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { drillPosition } from '../../shared/report/drill.ts'
import type { Drill } from '../../shared/report/pick.ts'
import type { Beside } from '../../shared/report/pick.ts'
import { askedKey, besideOthers, membersOfCell } from '../../shared/report/pick.ts'
import type { Report } from '../../shared/report/report.ts'
import type { ReportQuery } from '../../shared/query/report-query.ts'
import { othersMember } from '../../shared/data/cell-value.ts'
import type { App } from './app.ts'
import type { Folding } from './folding.ts'
import { othersOf, othersQuestion } from './cell-questions.ts'

/** What a reader does inside one block. A cell is named by its members on each edge, as the query answered them. */
export interface BlockReader {
  /** The cell whose members filter the linked blocks now, if any. */
  readonly picked: CellAddress | null
  readonly canDrill: boolean
  /** A click: the same cell again, or null, lets go. */
  pick(cell: CellAddress | null): void
  /** One level down along the drill path, into the member of the cell; false at the finest level or on a total. */
  drillInto(cell: CellAddress): boolean
  /** Back up until `steps` are left. */
  drillUp(steps: number): void
  /** Lists the base rows behind a cell; `title` names it for people, `dataset` says whose where several are counted. */
  showRows(cell: CellAddress, title: string, dataset?: string): void
  /** Opens the block's menu for a cell (or the block as a whole) at a point of the window. */
  menu(
    at: { readonly x: number; readonly y: number },
    cell: CellAddress | null,
    title: string,
    /** Which of the answer's measures was pointed at; absent where the place does not tell. */
    measure?: number,
  ): void
  /** Has a number recomputed from its base rows. */
  prove(cell: CellAddress, title: string, measure: string): void
  /** Lists the members behind the Others a cell stands on; false where there are none. */
  showOthers(cell: CellAddress, title: string): boolean
  /** Puts groups of a crosstab away; absent where the report is only read. */
  readonly folding?: Folding
}

export type OpenCellMenu = BlockReader['menu']

const same = (a: CellAddress, b: CellAddress): boolean => JSON.stringify(a) === JSON.stringify(b)

export function blockReader(
  app: App,
  block: Block,
  drill: Drill,
  picked: CellAddress | null,
  menu: OpenCellMenu,
): BlockReader {
  const report = () => app.documents.current()?.history.report
  const position = () => {
    const now = report()
    return now ? drillPosition(now, block, drill) : null
  }
  const shownAnswer = () => {
    const answer = app.results.store.getState().blocks[block.id]?.shown?.answer
    return answer?.state === 'result' ? answer : undefined
  }
  const othersBeside = (now: Report, cell: CellAddress): Beside => {
    const answered = shownAnswer()?.result
    if (!answered) return {}
    const result = block.kind === 'chart' ? onOneEdge(answered) : answered
    const paths = { rows: result.rows.paths, columns: result.columns.paths }
    return besideOthers(now, block, drill, cell, paths)
  }
  const letGo = (): void =>
    app.session.setState(({ picks }) => {
      const { [block.id]: _, ...others } = picks
      return { picks: others }
    })

  return {
    picked,
    canDrill: position()?.next !== undefined,
    pick(cell) {
      const now = report()
      if (!now) return
      const again = cell === null || (picked !== null && same(picked, cell))
      if (again || membersOfCell(now, block, drill, cell).length === 0) {
        letGo()
        return
      }
      const pick = { cell, asked: askedKey(now, block, drill), beside: othersBeside(now, cell) }
      app.session.setState(({ picks }) => ({ picks: { ...picks, [block.id]: pick } }))
    },
    drillInto(cell) {
      const now = report()
      const at = position()
      if (!now || !at?.next) return false
      const found = membersOfCell(now, block, drill, cell).find(({ use }) => use.id === at.pill.id)
      // Others is many members, and no level lies below them together.
      if (!found || found.member === othersMember) return false
      const step = { path: at.path.id, members: [...at.members, found.member] }
      letGo()
      app.session.setState((state) => ({ drill: { ...state.drill, [block.id]: step } }))
      return true
    },
    drillUp(steps) {
      const at = position()
      if (!at) return
      letGo()
      app.session.setState((state) => {
        const { [block.id]: _, ...others } = state.drill
        const members = at.members.slice(0, steps)
        return {
          drill: steps === 0 ? others : { ...others, [block.id]: { path: at.path.id, members } },
        }
      })
    },
    showRows(cell, title, dataset) {
      const shown = shownAnswer()
      if (!shown) return
      const whose = dataset === undefined ? {} : { dataset }
      const asked = askedCell(shown.query, cell)
      const request = {
        query: shown.query,
        cell: asked,
        ...whose,
        fields: [],
        sort: [],
        limit: 500,
      }
      app.session.setState({ rows: { title, request } })
    },
    menu,
    prove(cell, title, measure) {
      const shown = shownAnswer()
      if (!shown) return
      const ask = { query: shown.query, cell: askedCell(shown.query, cell), measure }
      app.session.setState({ proving: { title, ask } })
    },
    showOthers(cell, title) {
      const shown = shownAnswer()
      const others = shown && othersOf(askedCell(shown.query, cell))
      const query = others && othersQuestion(shown.query, shown.result, others)
      if (!query) return false
      app.session.setState({ others: { title, query } })
      return true
    },
  }
}

/** A chart names a cell by one path, also where its question has the colours on an edge of their own. */
export function askedCell(
  { rows, columns }: ReportQuery,
  { row, column }: CellAddress,
): CellAddress {
  if (row.length <= rows.length || columns.length === 0) return { row, column }
  return { row: row.slice(0, rows.length), column: row.slice(rows.length) }
}

interface ReaderKey {
  readonly key: string
  readonly shiftKey: boolean
  preventDefault(): void
}

/** What a pointer does to a cell, by keys: Space picks it, Enter goes into it, the menu key offers the rest. */
export function readByKey(
  event: ReaderKey,
  reader: BlockReader,
  cell: CellAddress,
  title: string,
  at: { readonly x: number; readonly y: number },
  measure?: number,
): boolean {
  if (event.key === ' ') reader.pick(cell)
  else if (event.key === 'Enter') {
    if (!reader.drillInto(cell)) reader.menu(at, cell, title, measure)
  } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
    reader.menu(at, cell, title, measure)
  else return false
  event.preventDefault()
  return true
}
