/** Width in digits: wide characters take two. */
export function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += /[\u1100-\u11ff\u2e80-\uffef]/.test(character) ? 2 : 1
  return width
}
