import type { Block } from './blocks/block.ts'
import type { Report } from './report.ts'

/** The same report with no group of a crosstab put away. */
export function openedGroups(report: Report): Report {
  const opened = (block: Block): Block => {
    if (block.kind !== 'crosstab' || !block.folds) return block
    const { folds: _folds, ...open } = block
    return open
  }
  const pages = Object.entries(report.pages).map(([id, page]) => {
    const blocks = Object.entries(page.blocks).map(([key, block]) => [key, opened(block)] as const)
    return [id, { ...page, blocks: Object.fromEntries(blocks) }] as const
  })
  return { ...report, pages: Object.fromEntries(pages) }
}

/** Whether a crosstab of what is exported has groups that are put away. */
export function hasFolds(
  report: Report,
  scope?: { readonly page?: string; readonly block?: string },
): boolean {
  return Object.values(report.pages).some((page) => {
    if (scope?.page !== undefined && scope.page !== page.id) return false
    return Object.values(page.blocks).some(
      (block) =>
        block.kind === 'crosstab' &&
        block.folds !== undefined &&
        (scope?.block === undefined || scope.block === block.id),
    )
  })
}
