/** Names proposed for datasets, as long as the contract allows. */

/** As `DatasetInfo.name` says; files may be called by up to 255 letters. */
const mostLength = 120

/** At most so many letters, none of them cut in half. */
function cut(name: string, length: number): string {
  if (name.length <= length) return name
  return name.slice(0, length).replace(/[\ud800-\udbff]$/, '').trimEnd()
} // prettier-ignore

export const isLongName = (name: string): boolean => name.length > mostLength

/** The name, cut where it is too long and numbered where it is taken; names differ in more than the size of their letters. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()))
  const base = cut(wanted, mostLength)
  if (!used.has(base.toLowerCase())) return base
  for (let number = 2; ; number += 1) {
    const end = ` ${number}`
    const name = `${cut(wanted, mostLength - end.length)}${end}`
    if (!used.has(name.toLowerCase())) return name
  }
}
