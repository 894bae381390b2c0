import type { RefObject } from 'react'
import { useLayoutEffect, useRef } from 'react'
import type { BoardPage } from '../../shared/report/report.ts'

/** What just came onto the page is scrolled to: the free place found for it may be far below what is in view. */
export function useNewInView(area: RefObject<HTMLElement | null>, page: BoardPage): void {
  const seen = useRef({ page: page.id, order: page.blockOrder })
  useLayoutEffect(() => {
    const before = seen.current
    seen.current = { page: page.id, order: page.blockOrder }
    if (before.page !== page.id || before.order === page.blockOrder) return
    const added = page.blockOrder.findLast((id) => !before.order.includes(id))
    if (added === undefined) return
    const block = area.current?.querySelector(`[data-block="${CSS.escape(added)}"]`)
    block?.scrollIntoView({ block: 'nearest' })
  }, [area, page.id, page.blockOrder])
}
