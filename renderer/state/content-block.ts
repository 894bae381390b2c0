import { useMemo, useState } from 'react'
import type { Block } from '../../shared/report/blocks/block.ts'
import { drilledBlock } from '../../shared/report/drill.ts'
import type { Report } from '../../shared/report/report.ts'
import { useDocument, useSession } from './app-context.ts'

/** Whether two versions of a block differ in their place at most; commands keep what they do not touch identical. */
export function differOnlyInFrame(a: Block, b: Block): boolean {
  if (a === b) return true
  const left = new Map(Object.entries(a))
  const right = new Map(Object.entries(b))
  const names = [...left.keys(), ...right.keys()].filter((name) => name !== 'frame')
  return names.every((name) => left.get(name) === right.get(name))
}

/** The block as long as nothing but its place changes: what is drawn from it is not drawn anew while it moves. */
export function useContentBlock<B extends Block>(block: B): B {
  const [kept, setKept] = useState(block)
  if (differOnlyInFrame(kept, block)) return kept
  setKept(block)
  return block
}

const parts = [
  ...(['datasets', 'drillPaths', 'theme', 'images', 'locale'] as const),
  ...(['formulas', 'parameters'] as const),
] as const
let last: Report | null = null

/** The same report for as long as what a block's content needs of it stays the same. */
export function contentReport(report: Report): Report {
  const before = last
  if (before && parts.every((part) => before[part] === report[part])) return before
  last = report
  return report
}

/** The report for a block's content: datasets, drill paths and theme are current, its pages may be older. */
export function useContentReport(): Report {
  return useDocument(({ history }) => contentReport(history.report))
}

/** The block at the level its reader has drilled to: what it is called and drawn by. */
export function useDrilledBlock<B extends Block>(block: B): B {
  const report = useContentReport()
  const step = useSession(({ drill }) => drill[block.id])
  return useMemo(
    () => (step ? drilledBlock(report, block, { [block.id]: step }) : block),
    [report, block, step],
  )
}
