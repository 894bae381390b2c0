import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { BlockGrain, GrainContext } from '../../shared/report/block-grain.ts'
import { grainOfBlock } from '../../shared/report/block-query.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { reachableOver } from '../../shared/report/page-questions.ts'
import { presentBindings } from './app.ts'
import { useApp, useDocument } from './app-context.ts'

/** What leads where now, for the datasets of the open report. */
export function useGrainContext(): GrainContext {
  const app = useApp()
  const bindings = useDocument((open) => open.bindings)
  const workspace = useStore(app.workspace.store, ({ current }) => current)
  return useMemo(
    () => ({
      // The workspace decides which of them are there.
      bindings: workspace ? presentBindings(app, bindings) : bindings,
      reachable: reachableOver(workspace?.relationships ?? []),
    }),
    [app, bindings, workspace],
  )
}

/** Whose rows a block counts, and what keeps it from an answer. */
export function useBlockGrain(block: Block): BlockGrain | null {
  return grainOfBlock(block, useGrainContext())
}
