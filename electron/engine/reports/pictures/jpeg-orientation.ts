const turned = 0x0112

/** How a camera held the picture, 1 to 8; 1 when the file does not say. */
export function jpegOrientation(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
      const marker = view.getUint8(at + 1)
      // The picture itself begins: no more headers.
      if (marker === 0xda) return 1
      if (marker === 0xe1 && view.getUint32(at + 4) === 0x45786966) return tagOf(view, at + 10)
    }
  } catch {
    // Headers that end early say nothing.
  }
  return 1
}

function tagOf(view: DataView, start: number): number {
  const little = view.getUint16(start) === 0x4949
  const list = start + view.getUint32(start + 4, little)
  const count = Math.min(view.getUint16(list, little), 200)
  for (let index = 0; index < count; index++) {
    const entry = list + 2 + index * 12
    if (view.getUint16(entry, little) !== turned) continue
    const value = view.getUint16(entry + 8, little)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}
