/** First bytes of white space, in ASCII and beyond it. */
export function mayBeBlank(first: number): boolean {
  if (first < 0x80) return first <= 0x20
  return first === 0xc2 || (first >= 0xe1 && first <= 0xe3) || first === 0xef
}
