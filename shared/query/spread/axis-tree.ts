/**
 * The members of one edge as a tree: node 0 is the grand total, a node at depth d is a path of d members. Nodes are
 * numbered as they are met.
 */
export class AxisTree {
  readonly depth: number
  readonly parents: number[] = [-1]
  /** Index in the member list of the node's own dimension; -1 for the root. */
  readonly members: number[] = [-1]
  readonly depths: number[] = [0]
  readonly #children: Map<number, number>[] = [new Map<number, number>()]

  constructor(depth: number) {
    this.depth = depth
  }

  get size(): number {
    return this.parents.length
  }

  child(parent: number, member: number): number {
    const known = this.#children[parent]?.get(member)
    if (known !== undefined) return known
    const node = this.parents.length
    this.parents.push(parent)
    this.members.push(member)
    this.depths.push((this.depths[parent] ?? 0) + 1)
    this.#children.push(new Map<number, number>())
    this.#children[parent]?.set(member, node)
    return node
  }

  /** The node of a path, or undefined when no leaf has it. */
  find(path: readonly number[]): number | undefined {
    let node: number | undefined = 0
    for (const member of path) {
      if (node === undefined) return undefined
      node = this.childOf(node, member)
    }
    return node
  }

  childOf(node: number, member: number): number | undefined {
    return this.#children[node]?.get(member)
  }

  childrenOf(node: number): number[] {
    return [...(this.#children[node]?.values() ?? [])]
  }

  pathOf(node: number): number[] {
    const path: number[] = []
    for (let at = node; at > 0; at = this.parents[at] ?? 0) path.unshift(this.members[at] ?? -1)
    return path
  }
}
