/** Those with a name that has what is written in it; names that begin so come first. */
export function ranked<T>(
  all: readonly T[],
  written: string,
  namesFor: (one: T) => readonly string[],
): T[] {
  const wanted = written.toLowerCase()
  const rank = (one: T): number => {
    const names = namesFor(one).map((name) => name.toLowerCase())
    if (names.some((name) => name.startsWith(wanted))) return 0
    return names.some((name) => name.includes(wanted)) ? 1 : 2
  }
  const kept = all.filter((one) => rank(one) < 2)
  return kept.toSorted((a, b) => rank(a) - rank(b))
}
