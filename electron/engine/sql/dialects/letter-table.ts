/** Upper and lower letters for servers: the same table whatever one was installed with. */

export interface LetterTable {
  readonly from: readonly string[]
  readonly to: readonly string[]
}

const oddLetters: Readonly<Record<string, string>> = { ß: 'ẞ', İ: 'i' }
const lastLetter = 0x1_ff_ff

/** Every letter with one letter as its counterpart. */
export function letterTable(change: (letter: string) => string): LetterTable {
  const [from, to]: [string[], string[]] = [[], []]
  for (let code = 0x41; code <= lastLetter; code++) {
    const letter = String.fromCodePoint(code)
    const changed = change(letter)
    if (changed === letter) continue
    const alone = String.fromCodePoint(changed.codePointAt(0) ?? 0) === changed
    const other = alone ? changed : oddLetters[letter]
    if (other === undefined) continue
    from.push(letter)
    to.push(other)
  }
  return { from, to }
}
