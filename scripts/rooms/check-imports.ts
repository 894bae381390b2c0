import { neverImported, nativeDrivers, outside, rooms } from './room-rules.ts'
import type { Room } from './room-rules.ts'

/** One import as the dependency tool found it. */
export interface Import {
  readonly from: string
  /** A file of ours, or what was written in the import. */
  readonly to: string
  readonly kind: 'file' | 'package' | 'node' | 'unresolved'
  readonly typeOnly: boolean
}

export function roomOf(file: string): Room | undefined {
  return rooms.find((room) => room.files.test(file))
}

function matches(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name,
  )
}

export function packageName(request: string): string {
  const parts = request.split('/')
  return request.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? request)
}

function mayUsePackage(room: Room, name: string, typeOnly: boolean): boolean {
  if (typeOnly && room.typesOf?.includes(name) === true) return true
  const kept = [...nativeDrivers, 'electron'].includes(name)
  return room.packages.includes(name) || (room.packages.includes('*') && !kept)
}

function vanishes(one: Import, from: Room): boolean {
  const to = roomOf(one.to)
  return one.typeOnly && to !== undefined && matches(from.typesFrom ?? [], to.name)
}

function faultOfImport(one: Import, from: Room): string | undefined {
  const says = `${one.from} (${from.name}) imports ${one.to}`
  if (one.kind === 'unresolved') return `${says}, which is nowhere`
  if (one.kind === 'node') return from.node ? undefined : `${says}: no Node here`
  if (one.kind === 'package') {
    const fine = mayUsePackage(from, packageName(one.to), one.typeOnly)
    return fine ? undefined : `${says}: not a package of this room`
  }
  const to = roomOf(one.to)
  if (to === undefined || to === from) return undefined
  if (neverImported.includes(to.name) && from.name !== 'tests')
    return `${says}: nobody imports ${to.name}`
  if (vanishes(one, from)) return undefined
  return matches(from.rooms, to.name) ? undefined : `${says} (${to.name})`
}

/** Rooms that reach each other in a circle, each circle once. */
function cyclesBetween(imports: readonly Import[]): string[] {
  const edges = new Map<string, Map<string, Import>>()
  for (const one of imports) {
    const [from, to] = [roomOf(one.from), roomOf(one.to)]
    if (one.kind !== 'file' || from === undefined || to === undefined || from === to) continue
    if (outside.includes(from.name) || vanishes(one, from)) continue
    const targets = edges.get(from.name) ?? new Map<string, Import>()
    if (!targets.has(to.name)) targets.set(to.name, one)
    edges.set(from.name, targets)
  }
  const found = new Map<string, string>()
  const walk = (path: readonly string[]): void => {
    for (const next of edges.get(path.at(-1) ?? '')?.keys() ?? []) {
      const start = path.indexOf(next)
      if (start < 0) walk([...path, next])
      else {
        const circle = path.slice(start)
        const why = circle.map((name, index) => {
          const one = edges.get(name)?.get(circle[index + 1] ?? next)
          return `${one?.from ?? ''} → ${one?.to ?? ''}`
        })
        const key = [...circle].sort().join()
        found.set(key, `rooms in a circle: ${[...circle, next].join(' → ')} (${why.join('; ')})`)
      }
    }
  }
  for (const room of edges.keys()) walk([room])
  return [...found.values()]
}

/** Everything wrong with the files and their imports; empty when the rooms are kept. */
export function faultsOf(files: readonly string[], imports: readonly Import[]): string[] {
  const homeless = files
    .filter((file) => roomOf(file) === undefined)
    .map((file) => `${file} belongs to no room: add one in scripts/rooms/room-rules.ts`)
  const faults = imports.flatMap((one) => {
    const from = roomOf(one.from)
    const fault = from === undefined ? undefined : faultOfImport(one, from)
    return fault === undefined ? [] : [fault]
  })
  return [...homeless, ...new Set(faults), ...cyclesBetween(imports)]
}
