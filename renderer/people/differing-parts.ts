/** Which signs of two values differ, so that the eye finds the one digit at once. */
export interface Part {
  readonly text: string
  readonly differs: boolean
}

const longest = 200

/** The parts of `text` that are not in `other`, in the order they stand; by the longest common run of signs. */
export function differingParts(text: string, other: string): Part[] {
  const [a, b] = [Array.from(text), Array.from(other)]
  if (text === other) return text === '' ? [] : [{ text, differs: false }]
  if (a.length > longest || b.length > longest) return [{ text, differs: true }]
  const kept = commonSigns(a, b)
  const parts: Part[] = []
  for (const [place, sign] of a.entries()) {
    const differs = !kept.has(place)
    const last = parts.at(-1)
    if (last?.differs === differs) parts[parts.length - 1] = { text: last.text + sign, differs }
    else parts.push({ text: sign, differs })
  }
  return parts
}

/** Places of `a` that belong to a longest common subsequence with `b`. */
function commonSigns(a: readonly string[], b: readonly string[]): Set<number> {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    const row = lengths[i]
    for (let j = b.length - 1; row && j >= 0; j--) {
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const kept = new Set<number>()
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      kept.add(i)
      i++
      j++
    } else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return kept
}
