/** Relationships worth offering: likely by their names, measured on all values, ranked, and none in another's way. */
import type { ProposedRelationship, RelationshipReason } from '../../../shared/data/import-words.ts'
import { edgeConflict } from '../../../shared/data/relationship-graph.ts'
import type { Matched, MatchSide } from '../runner/relate/match-order.ts'
import type { KeyCandidate } from './key-candidates.ts'
import { compositeCandidates, singleCandidates } from './key-candidates.ts'
import { endsOf } from './relate-datasets.ts'
import type { StoredDataset } from './store/catalogue.ts'
import type { Workspace } from './workspace.ts'

interface Ranked extends KeyCandidate {
  readonly score: number
}

/** Shares of keys met below which values speak against it, for names that say much, little or nothing. */
const leastMet = { sameName: 0, likeName: 20, sameMeaning: 20, composite: 30, values: 95 } as const
const fewestKeys = 5
const weights = { sameName: 100, likeName: 60, sameMeaning: 30, composite: -80, values: 0 } as const

export async function proposeRelationships(
  workspace: Workspace,
  signal?: AbortSignal,
): Promise<ProposedRelationship[]> {
  const known = workspace.catalogue.relationships().map(endsOf)
  const datasets = workspace.catalogue.datasets().filter(({ file }) => file !== null)
  const related = (from: string, to: string): boolean =>
    [...known, ...singles].some(
      (one) =>
        (one.from.dataset === from && one.to.dataset === to) ||
        (one.from.dataset === to && one.to.dataset === from),
    )
  let singles: readonly Ranked[] = []
  const open = singleCandidates(datasets).filter(
    ({ from, to }) => !related(from.dataset, to.dataset),
  )
  singles = await measured(workspace, datasets, open, signal)
  const together = compositeCandidates(datasets, related)
  const composites = await measured(workspace, datasets, together, signal)
  const chosen: Ranked[] = []
  for (const one of [...singles, ...composites].toSorted((a, b) => b.score - a.score)) {
    if (edgeConflict(one, [...known, ...chosen]) === null) chosen.push(one)
  }
  return chosen.map(({ from, to, reasons }) => ({
    from: { dataset: from.dataset, fields: [...from.fields] },
    to: { dataset: to.dataset, fields: [...to.fields] },
    reasons: [...reasons],
  }))
}

/** Those that hold, with what their values say. */
async function measured(
  workspace: Workspace,
  datasets: readonly StoredDataset[],
  candidates: readonly KeyCandidate[],
  signal: AbortSignal | undefined,
): Promise<Ranked[]> {
  if (candidates.length === 0) return []
  const tempFolder = await workspace.jobFolder()
  try {
    const { pairs } = await workspace.options.runJob(
      'matchKeys',
      {
        files: datasets.map(({ file }) => workspace.extractPath(file ?? '')),
        pairs: candidates.map(({ from, to }) => ({
          from: sideOf(datasets, from),
          to: sideOf(datasets, to),
        })),
        tempFolder,
        memoryLimitMb: workspace.options.memoryLimitMb,
      },
      signal === undefined ? {} : { signal },
    )
    return candidates.flatMap((candidate, index) => rank(candidate, pairs[index]) ?? [])
  } finally {
    await workspace.files.remove(tempFolder)
  }
}

function sideOf(datasets: readonly StoredDataset[], end: KeyCandidate['from']): MatchSide {
  const file = datasets.findIndex(({ id }) => id === end.dataset)
  const names = datasets[file]?.fields.map(({ name }) => name) ?? []
  return { file, fields: end.fields.map((name) => names.indexOf(name)) }
}

function rank(candidate: KeyCandidate, found: Matched | undefined): Ranked | undefined {
  if (!found?.unique) return undefined
  const percent = found.keys === 0 ? 100 : Math.floor((found.met * 100) / found.keys)
  const named = candidate.reasons[0]?.code ?? 'values'
  if (found.keys > 0 && found.met === 0) return undefined
  if (percent < leastMet[named] || (named === 'values' && found.keys < fewestKeys)) return undefined
  const reasons: RelationshipReason[] = [...candidate.reasons, { code: 'values', percent }]
  const names = reasons.reduce((sum, { code }) => sum + weights[code], 0)
  // Of keys that do equally well the one with fewer parts says the same with less.
  return { ...candidate, reasons, score: names + percent / 2 - candidate.from.fields.length }
}
