/** Columns of one name that cannot be related: why, for people who expected a relationship. */
import type { RelationshipEnds, RepeatedKey } from '../../../shared/data/import-words.ts'
import { AppErrorException } from '../../../shared/errors.ts'
import { measure } from './relate-datasets.ts'
import type { StoredDataset } from './store/catalogue.ts'
import type { Workspace } from './workspace.ts'

/** Each pair is measured by a job, and nobody reads a long list of what does not work. */
const pairsMeasured = 5

/** Pairs with one of `among` that share a text column and are neither related nor proposed. */
export async function repeatedKeys(
  workspace: Workspace,
  proposals: readonly RelationshipEnds[],
  among: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<RepeatedKey[]> {
  const found: RepeatedKey[] = []
  for (const ends of sharedColumns(workspace, proposals, among).slice(0, pairsMeasured)) {
    const repeated = await repeatedIn(workspace, ends, signal)
    if (repeated !== undefined) found.push({ ...ends, ...repeated })
  }
  return found
}

function sharedColumns(
  workspace: Workspace,
  proposals: readonly RelationshipEnds[],
  among: ReadonlySet<string>,
): RelationshipEnds[] {
  const datasets = workspace.catalogue.datasets().filter(({ file }) => file !== null)
  const pairs = [
    ...workspace.catalogue.relationships().map((one) => [one.fromDataset, one.toDataset] as const),
    ...proposals.map(({ from, to }) => [from.dataset, to.dataset] as const),
  ]
  const paired = (a: string, b: string): boolean =>
    pairs.some((pair) => pair.includes(a) && pair.includes(b))
  return datasets.flatMap((a, at) =>
    datasets.slice(at + 1).flatMap((b) => {
      if ((!among.has(a.id) && !among.has(b.id)) || paired(a.id, b.id)) return []
      return likeliestKey(a, b) ?? []
    }),
  )
}

/** The column, and the side to look up in, that comes nearest to a key; identifiers before other texts. */
function likeliestKey(a: StoredDataset, b: StoredDataset): RelationshipEnds | undefined {
  const sides = [
    { from: a, to: b },
    { from: b, to: a },
  ]
  const candidates = sides.flatMap(({ from, to }) =>
    to.fields
      .filter(({ name, type, distinct }) => {
        const partner = from.fields.find((field) => field.name === name)
        return type === 'text' && partner?.type === 'text' && distinct > 0
      })
      .map(({ name, role, distinct, blanks }) => ({
        ends: {
          from: { dataset: from.id, fields: [name] },
          to: { dataset: to.id, fields: [name] },
        },
        likely: (role === 'identifier' ? 1 : 0) + distinct / Math.max(1, to.rows - blanks),
      })),
  )
  return candidates.toSorted((one, other) => other.likely - one.likely)[0]?.ends
}

async function repeatedIn(
  workspace: Workspace,
  ends: RelationshipEnds,
  signal: AbortSignal | undefined,
): Promise<Pick<RepeatedKey, 'count' | 'examples'> | undefined> {
  try {
    const made = await measure(workspace, 'rel_measured', ends, signal)
    // The sides would do after all (two keys of one length are proposed neither way): only asked, not kept.
    await workspace.files.remove(workspace.extractPath(made.file))
    return undefined
  } catch (error) {
    if (!(error instanceof AppErrorException)) throw error
    const { code, details } = error.appError
    if (code !== 'relationship/duplicateKey') throw error
    const told = Array.isArray(details['examples']) ? details['examples'].map(String) : []
    // Free texts are no keys, but may be found to repeat like one.
    const examples = told.map((one) => (one.length > 40 ? `${one.slice(0, 39)}…` : one))
    return { count: Number(details['count']), examples }
  }
}
