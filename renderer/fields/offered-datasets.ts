import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { FieldRole } from '../../shared/data/field.ts'
import { datasetsOn, waysBetween } from '../../shared/data/relationship-graph.ts'
import type { MissingWay } from '../../shared/report/block-grain.ts'
import { blockGrain, misfit } from '../../shared/report/block-grain.ts'
import { allPills } from '../../shared/report/shelves.ts'
import { slotOf } from '../../shared/report/field-use.ts'
import { useApp, useSelectedBlock } from '../state/app-context.ts'
import { useGrainContext } from '../state/block-grain.ts'

export interface OfferedDataset {
  readonly dataset: DatasetInfo
  /** Names of the datasets passed on the way from the block's numbers; undefined where nothing leads there. */
  readonly via: readonly string[] | undefined
}

export interface Offered {
  readonly datasets: readonly OfferedDataset[]
  /** Why a field of that role cannot join the selected block, or null. */
  readonly misfit: (dataset: string, role: FieldRole) => MissingWay | null
}

/** Datasets in the order they are of use to the selected block: whose numbers it shows, what those lead to, then the rest. */
export function useOffered(datasets: readonly DatasetInfo[], used: ReadonlySet<string>): Offered {
  const app = useApp()
  const block = useSelectedBlock()
  const context = useGrainContext()
  const relationships = useStore(app.workspace.store, ({ current }) => current?.relationships)
  return useMemo(() => {
    const bound = block
      ? allPills(block)
          .map(({ use }) => use)
          .filter((use) => context.bindings[slotOf(use.field)] !== undefined)
      : []
    const measures = bound.filter((use) => use.aggregate !== undefined)
    const grain = bound.length > 0 ? blockGrain(bound, measures, context) : null
    const counted = grain ? (grain.dataset === undefined ? grain.counted : [grain.dataset]) : []
    const holding = (relationships ?? []).filter(({ broken }) => broken === null)
    const viaOf = (to: string): string[] | undefined => {
      for (const from of new Set([...counted, ...(grain?.counted ?? [])])) {
        const [way] = waysBetween(from, to, holding)
        if (way) return datasetsOn(from, way).slice(0, -1)
      }
      return undefined
    }
    const nameOf = (id: string): string => datasets.find((one) => one.id === id)?.name ?? id
    const offered = datasets.map((dataset) => ({ dataset, via: viaOf(dataset.id)?.map(nameOf) }))
    const rank = ({ dataset, via }: OfferedDataset): number =>
      via ? via.length : used.has(dataset.id) ? 100 : 101
    return {
      datasets: offered.toSorted((a, b) => rank(a) - rank(b)),
      misfit: (dataset, role) => {
        const asDimension = misfit(dataset, false, bound, context)
        if (role === 'measure') return misfit(dataset, true, bound, context)
        // A number of members may be counted as well as split by.
        if (role === 'identifier' && asDimension) return misfit(dataset, true, bound, context)
        return asDimension
      },
    }
  }, [block, context, datasets, relationships, used])
}
