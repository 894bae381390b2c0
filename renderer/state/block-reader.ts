import type { CellAddress } from '../../shared/query/row-list.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { drillPosition } from '../../shared/report/drill.ts'
import type { Drill } from '../../shared/report/pick.ts'
import { askedKey, membersOfCell } from '../../shared/report/pick.ts'
import type { App } from './app.ts'

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
  ): void
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
      const pick = { cell, asked: askedKey(now, block, drill) }
      app.session.setState(({ picks }) => ({ picks: { ...picks, [block.id]: pick } }))
    },
    drillInto(cell) {
      const now = report()
      const at = position()
      if (!now || !at?.next) return false
      const found = membersOfCell(now, block, drill, cell).find(({ use }) => use.id === at.pill.id)
      if (!found) return false
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
      const shown = app.results.store.getState().blocks[block.id]?.shown?.answer
      if (shown?.state !== 'result') return
      const whose = dataset === undefined ? {} : { dataset }
      const request = { query: shown.query, cell, ...whose, fields: [], sort: [], limit: 500 }
      app.session.setState({ rows: { title, request } })
    },
    menu,
  }
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
): boolean {
  if (event.key === ' ') reader.pick(cell)
  else if (event.key === 'Enter') {
    if (!reader.drillInto(cell)) reader.menu(at, cell, title)
  } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
    reader.menu(at, cell, title)
  else return false
  event.preventDefault()
  return true
}
