/** What was chosen for files of the same columns the last time: taken again, said, and let go of. */
import type { ImportPlan, PlannedDataset } from './import-plan.ts'
import { noChoices } from './import-plan.ts'
import type { ColumnOverride, RememberedChoices } from '../../shared/data/import-words.ts'
import type { SheetLayout } from '../../shared/data/sheet-layout.ts'

export const rememberedOf = ({ found }: PlannedDataset): RememberedChoices | undefined =>
  found[0]?.remembered

/** Columns that are still there. */
function overridesOf(
  dataset: PlannedDataset,
  overrides: readonly ColumnOverride[],
): PlannedDataset['overrides'] {
  const names = new Set(dataset.parts[0]?.columns.map(({ name }) => name))
  return Object.fromEntries(
    overrides.flatMap(({ column, ...chosen }) => (names.has(column) ? [[column, chosen]] : [])),
  )
}

/** The choices that need no look at the file; those that do are `layoutOfLastTime`. */
export function asLastTime(
  dataset: PlannedDataset,
  { name, encoding, layout, overrides }: RememberedChoices,
  nameIsFree: (name: string) => boolean,
): PlannedDataset {
  return {
    ...dataset,
    lastTime: 'taken',
    ...(name !== undefined && nameIsFree(name) ? { name, choice: null } : {}),
    chosen: { ...(encoding ? { encoding } : {}), ...(layout ? { layout } : {}) },
    overrides: overridesOf(dataset, overrides),
  }
}

export interface LookAs {
  readonly encoding?: string
  readonly layout?: Partial<SheetLayout>
}

/** Undefined where it was read as it is found. */
export function layoutOfLastTime({ encoding, layout }: RememberedChoices): LookAs | undefined {
  if (encoding === undefined && layout === undefined) return undefined
  return { ...(encoding ? { encoding } : {}), ...(layout ? { layout } : {}) }
}

/** As if nothing had ever been chosen. */
export function asFound(dataset: PlannedDataset): PlannedDataset {
  return {
    ...dataset,
    ...{ lastTime: 'left', name: dataset.foundName, parts: dataset.found },
    ...{ choice: null, chosen: noChoices, overrides: {} },
  }
}

/** What was taken again, for people: which of name, encoding, layout and how many columns. */
export function takenAgain(remembered: RememberedChoices): {
  readonly what: readonly ('name' | 'encoding' | 'layout')[]
  readonly columns: number
} {
  const { name, encoding, layout, overrides } = remembered
  return {
    what: [
      ...(name === undefined ? [] : ['name' as const]),
      ...(encoding === undefined ? [] : ['encoding' as const]),
      ...(layout === undefined ? [] : ['layout' as const]),
    ],
    columns: overrides.length,
  }
}

/** The dataset with the choices of the last time, where there were any. */
export function lastTimeIn(plan: ImportPlan, dataset: PlannedDataset): PlannedDataset {
  const remembered = rememberedOf(dataset)
  if (remembered === undefined) return dataset
  const others = plan.filter(({ key }) => key !== dataset.key)
  const isFree = (name: string): boolean => others.every((one) => one.name !== name)
  return asLastTime(dataset, remembered, isFree)
}

/** Kept for the next file of the same columns, but for where a table stands. */
export function withChoice(
  plan: ImportPlan,
  key: string,
  { encoding, layout }: LookAs,
): ImportPlan {
  return plan.map((one) => {
    if (one.key !== key) return one
    const { range: _, ...laidOut } = { ...one.chosen.layout, ...layout }
    const chosen = {
      ...one.chosen,
      ...(encoding === undefined ? {} : { encoding }),
      ...(layout === undefined ? {} : { layout: laidOut }),
    }
    return { ...one, chosen }
  })
}
