/** Bytes of the characters in the two-byte part of GB18030, found by decoding every pair once. */
function pairTable(): Map<string, number> {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, number>()
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      const text = decoder.decode(Uint8Array.of(lead, trail))
      if (text.length === 1 && text !== '\uFFFD') table.set(text, lead * 256 + trail)
    }
  return table
}

/** Text as GB18030. Throws RangeError on a character outside its one- and two-byte parts. */
export function encodeGb18030(text: string): Uint8Array {
  const table = pairTable()
  const bytes = new Uint8Array(text.length * 2)
  let at = 0
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    if (code < 0x80) {
      bytes[at++] = code
      continue
    }
    const pair = table.get(char)
    if (pair === undefined) throw new RangeError(`no two-byte form of ${char}`)
    bytes[at++] = pair >> 8
    bytes[at++] = pair & 255
  }
  return bytes.subarray(0, at)
}
