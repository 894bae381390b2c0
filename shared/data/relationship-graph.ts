/** Datasets and the many-to-one steps between them: which one leads to which, by how many ways. */
export interface Edge {
  readonly from: { readonly dataset: string; readonly fields: readonly string[] }
  readonly to: { readonly dataset: string; readonly fields: readonly string[] }
}

/** Why a step must not be added; ways are the datasets passed, both ends included. */
export type EdgeConflict =
  | { readonly kind: 'samePair' }
  | { readonly kind: 'cycle'; readonly way: readonly string[] }
  | { readonly kind: 'ambiguous'; readonly ways: readonly [readonly string[], readonly string[]] }

/** Every dataset rows of `from` lead to, itself included. */
export function reachedFrom(from: string, edges: readonly Edge[]): Set<string> {
  const reached = new Set([from])
  for (const dataset of reached) {
    for (const edge of edges) if (edge.from.dataset === dataset) reached.add(edge.to.dataset)
  }
  return reached
}

/** The ways from one dataset to another, two at most: more than one is as good as many. */
export function waysBetween<E extends Edge>(from: string, to: string, edges: readonly E[]): E[][] {
  const leads = reachedFrom(to, edges.map(turned))
  const ways: E[][] = []
  const walk = (at: string, way: readonly E[], passed: readonly string[]): void => {
    if (ways.length > 1) return
    if (at === to) {
      ways.push([...way])
      return
    }
    for (const edge of edges) {
      const next = edge.to.dataset
      if (edge.from.dataset !== at || !leads.has(next) || passed.includes(next)) continue
      walk(next, [...way, edge], [...passed, next])
    }
  }
  walk(from, [], [from])
  return ways
}

const turned = ({ from, to }: Edge): Edge => ({ from: to, to: from })

/** The datasets a way passes. */
export function datasetsOn(from: string, way: readonly Edge[]): string[] {
  return [from, ...way.map(({ to }) => to.dataset)]
}

/**
 * What stands against a further step: each pair of datasets has one relationship, no way leads in a circle, and no two
 * ways lead from one dataset to another, for a field would then have two values in one row.
 */
export function edgeConflict(fresh: Edge, edges: readonly Edge[]): EdgeConflict | null {
  const [from, to] = [fresh.from.dataset, fresh.to.dataset]
  if (edges.some((edge) => edge.from.dataset === from && edge.to.dataset === to)) {
    return { kind: 'samePair' }
  }
  const [back] = waysBetween(to, from, edges)
  if (from === to || back) return { kind: 'cycle', way: [from, ...datasetsOn(to, back ?? [])] }
  for (const above of reachedFrom(from, edges.map(turned))) {
    for (const below of reachedFrom(to, edges)) {
      const [known] = waysBetween(above, below, edges)
      const [head] = waysBetween(above, from, edges)
      const [tail] = waysBetween(to, below, edges)
      if (!known || !head || !tail) continue
      const through = [...datasetsOn(above, head), ...datasetsOn(to, tail)]
      return { kind: 'ambiguous', ways: [datasetsOn(above, known), through] }
    }
  }
  return null
}
