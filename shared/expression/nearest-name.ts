/** The name somebody probably meant: few edits away, case and width aside. Undefined when none is near. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const wanted = folded(written)
  const allowed = Math.max(1, Math.floor(wanted.length / 3))
  let best: { readonly name: string; readonly edits: number } | undefined
  for (const name of names) {
    const edits = editsBetween(wanted, folded(name), allowed)
    if (edits <= allowed && (best === undefined || edits < best.edits)) best = { name, edits }
  }
  return best?.name
}

/** Longer names are compared by their beginning: enough to guess by. */
const comparedLength = 60

const folded = (name: string): readonly string[] =>
  Array.from(name.normalize('NFKC').toLowerCase()).slice(0, comparedLength)

/** Letters changed, added, left out or swapped with the next; more than `allowed` stands for any distance beyond it. */
function editsBetween(a: readonly string[], b: readonly string[], allowed: number): number {
  if (Math.abs(a.length - b.length) > allowed) return allowed + 1
  let twoAbove: readonly number[] = []
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [row, letter] of a.entries()) {
    const current = [row + 1]
    for (const [column, other] of b.entries()) {
      const swapped = row > 0 && letter === b[column - 1] && other === a[row - 1]
      current.push(
        Math.min(
          (above[column] ?? 0) + (letter === other ? 0 : 1),
          (above[column + 1] ?? 0) + 1,
          (current[column] ?? 0) + 1,
          swapped ? (twoAbove[column - 1] ?? 0) + 1 : Infinity,
        ),
      )
    }
    twoAbove = above
    above = current
  }
  return above[b.length] ?? 0
}
