import type {
  ExactValues,
  LevelRows,
  MeasureInput,
  MeasureSpec,
  SpreadInput,
} from './level-input.ts'

/** What one fact table supplies, over member lists shared by all of them, and where its measures stand in the question. */
export interface InputPart {
  readonly input: SpreadInput
  readonly places: readonly number[]
}

/** Finest levels one below the other: where a table has no row of a member, its measures are blank there. */
export function mergeInputs(parts: readonly InputPart[]): SpreadInput {
  const [first] = parts
  if (!first) throw new Error('nothing to merge')
  if (parts.length === 1) return first.input
  const counts = parts.map(({ input }) => input.leaf.count)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const measures: MeasureSpec[] = []
  let before = 0
  parts.forEach(({ input, places }, index) => {
    const gap = { before, after: total - before - (counts[index] ?? 0) }
    input.measures.forEach((measure, at) => {
      measures[places[at] ?? at] = { ...measure, input: spaced(measure.input, gap) }
    })
    before += counts[index] ?? 0
  })
  return {
    ...first.input,
    leaf: { ...first.input.leaf, count: total, keys: keysOf(parts) },
    leafRows: joined(parts.map(({ input }) => input.leafRows)),
    // Formulas have a place among the measures and nothing to read.
    measures: Object.values(measures),
  }
}

interface Gap {
  readonly before: number
  readonly after: number
}

function keysOf(parts: readonly InputPart[]): LevelRows['keys'] {
  const dimensions = parts[0]?.input.leaf.keys.length ?? 0
  return Array.from({ length: dimensions }, (_, dimension) =>
    Int32Array.from(parts.flatMap(({ input }) => [...(input.leaf.keys[dimension] ?? [])])),
  )
}

/** Levels an engine gives are found by their paths and need no place among the rows. */
function spaced(input: MeasureInput, gap: Gap): MeasureInput {
  switch (input.kind) {
    case 'exactSum':
      return { ...input, values: spacedExact(input.values, gap) }
    case 'floatSum':
      return { ...input, values: spacedNumbers(input.values, gap, NaN) }
    case 'extreme':
      return { ...input, values: spacedExact(input.values, gap) }
    case 'extremeFloat':
      return { ...input, values: spacedNumbers(input.values, gap, NaN) }
    case 'mean': {
      const { sum } = input
      const counts = spacedNumbers(input.counts, gap, 0)
      return 'scale' in sum
        ? { ...input, counts, sum: { ...sum, values: spacedExact(sum.values, gap) } }
        : { ...input, counts, sum: { values: spacedNumbers(sum.values, gap, NaN) } }
    }
    case 'perLevel':
    case 'exactPerLevel':
    case 'carried':
      return input
  }
}

function spacedExact(values: ExactValues, gap: Gap): ExactValues {
  if (values instanceof Float64Array) return spacedNumbers(values, gap, NaN)
  const blanks = (count: number): null[] => new Array<null>(count).fill(null)
  return [...blanks(gap.before), ...values, ...blanks(gap.after)]
}

function spacedNumbers(values: Float64Array, gap: Gap, blank: number): Float64Array {
  const blanks = (count: number): Float64Array => new Float64Array(count).fill(blank)
  return joined([blanks(gap.before), values, blanks(gap.after)])
}

function joined(lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0))
  let at = 0
  for (const list of lists) {
    all.set(list, at)
    at += list.length
  }
  return all
}
