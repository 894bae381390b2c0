/** Longer texts are told by their beginning: what follows would make every comment a pattern of its own. */
export const patternLength = 40

/** Stands for an ideograph until letters are done: the sign shown is an ideograph itself. */
const ideograph = '\u0001'

/** The shape of a text: 9 for a digit, A for a letter, 字 for an ideograph, everything else as it is. */
export function textPattern(text: string): string {
  const characters = Array.from(text)
  const shown = characters.length > patternLength ? characters.slice(0, patternLength) : characters
  const shape = shown
    .join('')
    .replace(/\p{Script=Han}/gu, ideograph)
    .replace(/\p{Nd}/gu, '9')
    .replace(/\p{L}/gu, 'A')
    .replaceAll(ideograph, '字')
  return characters.length > patternLength ? `${shape}…` : shape
}
