/** Where the cards of a model stand: facts in the middle, what they lead to around them, nothing on top of anything. */
import type { Edge } from '../../../shared/data/relationship-graph.ts'

export interface ModelNode {
  readonly id: string
  readonly width: number
  readonly height: number
}

export interface Place extends ModelNode {
  readonly x: number
  readonly y: number
}

export interface ModelLayout {
  readonly places: ReadonlyMap<string, Place>
  readonly width: number
  readonly height: number
}

/** Room for what a line has to say: its count of rows without a partner, beside both marks. */
const gapAcross = 190
const gapBetween = 72
const gapDown = 28
const margin = 24
/** Higher columns are set in several beside each other. */
const mostHeight = 1500

export function layoutModel(nodes: readonly ModelNode[], edges: readonly Edge[]): ModelLayout {
  const known = new Map(nodes.map((node) => [node.id, node]))
  const links = edges.filter(({ from, to }) => known.has(from.dataset) && known.has(to.dataset))
  const linked = new Set(links.flatMap(({ from, to }) => [from.dataset, to.dataset]))
  const columns = columnsOf(
    nodes.filter(({ id }) => linked.has(id)),
    links,
  )
  const placed = placeColumns(columns, links)
  const alone = placeAlone(
    nodes.filter(({ id }) => !linked.has(id)),
    placed,
  )
  return framed([...placed, ...alone])
}

/** Cards by their distance from the facts: negative to the left, 0 for facts, positive to the right. */
function columnsOf(
  nodes: readonly ModelNode[],
  links: readonly Edge[],
): ReadonlyMap<number, readonly ModelNode[]> {
  const depths = depthsOf(nodes, links)
  const sides = new Map<string, number>()
  const heights = { left: 0, right: 0 }
  const columns = new Map<number, ModelNode[]>()
  const ordered = nodes.toSorted((a, b) => (depths.get(a.id) ?? 0) - (depths.get(b.id) ?? 0))
  for (const node of ordered) {
    const depth = depths.get(node.id) ?? 0
    if (depth > 0) sides.set(node.id, sideOf(node, depth, links, depths, sides, heights))
    const column = depth * (sides.get(node.id) ?? 1)
    columns.set(column, [...(columns.get(column) ?? []), node])
  }
  return columns
}

/** Beside whatever leads to it; straight from a fact on the side that is less full. */
function sideOf(
  node: ModelNode,
  depth: number,
  links: readonly Edge[],
  depths: ReadonlyMap<string, number>,
  sides: ReadonlyMap<string, number>,
  heights: { left: number; right: number },
): number {
  const parent = links.find(
    ({ from, to }) =>
      to.dataset === node.id && depths.get(from.dataset) === depth - 1 && sides.has(from.dataset),
  )
  const side =
    (parent && sides.get(parent.from.dataset)) ?? (heights.right <= heights.left ? 1 : -1)
  if (depth === 1) heights[side > 0 ? 'right' : 'left'] += node.height
  return side
}

/** Steps from the farthest fact; what circles have no start and count from 0. */
function depthsOf(nodes: readonly ModelNode[], links: readonly Edge[]): Map<string, number> {
  const depths = new Map(nodes.map(({ id }) => [id, 0]))
  for (let round = 0; round < nodes.length; round++) {
    let moved = false
    for (const { from, to } of links) {
      const next = (depths.get(from.dataset) ?? 0) + 1
      if (next <= (depths.get(to.dataset) ?? 0) || next > nodes.length) continue
      depths.set(to.dataset, next)
      moved = true
    }
    if (!moved) break
  }
  return depths
}

/** From the middle outwards, so that each card can stand near those it is linked to. */
function placeColumns(
  columns: ReadonlyMap<number, readonly ModelNode[]>,
  links: readonly Edge[],
): Place[] {
  const places = new Map<string, Place>()
  const edge = { left: 0, right: 0 }
  const order = [...columns.keys()].toSorted((a, b) => Math.abs(a) - Math.abs(b) || a - b)
  for (const column of order) {
    const stacks = stacksOf(byLinks(columns.get(column) ?? [], links))
    for (const [index, nodes] of stacks.entries()) {
      const stack = nearTo(nodes, links, places)
      const width = Math.max(...stack.map((node) => node.width))
      const gap = index === 0 ? gapAcross : gapBetween
      const isLeft = column < 0
      const first = places.size === 0
      const x = first ? 0 : isLeft ? edge.left - gap - width : edge.right + gap
      stand(stack, x, places)
      edge.left = Math.min(edge.left, x)
      edge.right = Math.max(edge.right, x + width)
    }
  }
  return [...places.values()]
}

/** Those with most lines stand nearest to the middle. */
function byLinks(nodes: readonly ModelNode[], links: readonly Edge[]): ModelNode[] {
  const count = ({ id }: ModelNode): number =>
    links.filter(({ from, to }) => from.dataset === id || to.dataset === id).length
  return nodes.toSorted((a, b) => count(b) - count(a))
}

function nearTo(
  nodes: readonly ModelNode[],
  links: readonly Edge[],
  places: ReadonlyMap<string, Place>,
): ModelNode[] {
  const middle = ({ id }: ModelNode): number => {
    const others = links.flatMap(({ from, to }) =>
      from.dataset === id ? [to.dataset] : to.dataset === id ? [from.dataset] : [],
    )
    const near = others.flatMap((other) => places.get(other) ?? [])
    return near.length === 0
      ? 0
      : near.reduce((sum, place) => sum + place.y + place.height / 2, 0) / near.length
  }
  return nodes.toSorted((a, b) => middle(a) - middle(b))
}

function stacksOf(nodes: readonly ModelNode[]): ModelNode[][] {
  const total = nodes.reduce((sum, { height }) => sum + height + gapDown, 0)
  const count = Math.max(1, Math.ceil(total / mostHeight))
  const each = Math.ceil(nodes.length / count)
  return Array.from({ length: Math.ceil(nodes.length / each) }, (_, index) =>
    nodes.slice(index * each, (index + 1) * each),
  )
}

/** One below the other around the middle line. */
function stand(stack: readonly ModelNode[], x: number, places: Map<string, Place>): void {
  const total = stack.reduce((sum, { height }) => sum + height, gapDown * (stack.length - 1))
  let y = -total / 2
  for (const node of stack) {
    places.set(node.id, { ...node, x, y })
    y += node.height + gapDown
  }
}

/** What is linked to nothing stands in rows below. */
function placeAlone(nodes: readonly ModelNode[], placed: readonly Place[]): Place[] {
  const left = Math.min(0, ...placed.map(({ x }) => x))
  const right = Math.max(960, ...placed.map(({ x, width }) => x + width))
  const bottom = placed.length === 0 ? 0 : Math.max(...placed.map(({ y, height }) => y + height))
  let [x, y, tallest] = [left, bottom + (placed.length === 0 ? 0 : gapDown * 2), 0]
  return nodes.map((node) => {
    if (x > left && x + node.width > right) [x, y, tallest] = [left, y + tallest + gapDown, 0]
    const place = { ...node, x, y }
    x += node.width + gapBetween
    tallest = Math.max(tallest, node.height)
    return place
  })
}

function framed(places: readonly Place[]): ModelLayout {
  const left = Math.min(...places.map(({ x }) => x)) - margin
  const top = Math.min(...places.map(({ y }) => y)) - margin
  const moved = places.map((place) => ({ ...place, x: place.x - left, y: place.y - top }))
  return {
    places: new Map(moved.map((place) => [place.id, place])),
    width: Math.max(0, ...moved.map(({ x, width }) => x + width)) + margin,
    height: Math.max(0, ...moved.map(({ y, height }) => y + height)) + margin,
  }
}
