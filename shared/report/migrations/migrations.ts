/**
 * One step from a version to the next, on raw JSON. A step imports no current types: it must still mean the same when
 * the schema has moved on. Numbers are consecutive from 1; a step is never changed once released.
 */
export interface Migration {
  /** The version this step leads to. */
  readonly to: number
  readonly name: string
  readonly apply: (raw: unknown) => unknown
}

/** Version 1 is the first; the list grows with the second. */
export const migrations: readonly Migration[] = []

/** Brings raw JSON of `from` up to `target`. Throws what a step throws; the caller names the version in its error. */
export function migrate(
  raw: unknown,
  from: number,
  target: number,
  steps: readonly Migration[] = migrations,
): unknown {
  let current = raw
  for (let version = from + 1; version <= target; version++) {
    const step = steps.find((candidate) => candidate.to === version)
    if (!step) throw new Error(`No migration to version ${version}`)
    current = step.apply(current)
  }
  return current
}
