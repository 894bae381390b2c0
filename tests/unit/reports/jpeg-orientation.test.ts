import { expect, it } from 'vitest'
import { jpegOrientation } from '../../../electron/engine/reports/pictures/jpeg-orientation.ts'

/** The headers of a camera's file up to where the picture begins. */
function headers(orientation: number, little: boolean): Uint8Array {
  const bytes = new Uint8Array(60)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0xffd8)
  view.setUint16(2, 0xffe1)
  view.setUint16(4, 34)
  bytes.set(Buffer.from('Exif\0\0'), 6)
  view.setUint16(12, little ? 0x4949 : 0x4d4d)
  view.setUint16(14, 42, little)
  view.setUint32(16, 8, little)
  view.setUint16(20, 1, little)
  view.setUint16(22, 0x0112, little)
  view.setUint16(24, 3, little)
  view.setUint32(26, 1, little)
  view.setUint16(30, orientation, little)
  view.setUint16(38, 0xffda)
  return bytes
}

it.each([1, 3, 6, 8])(
  'reads how the camera held the picture, in either order of bytes: %i',
  (way) => {
    expect(jpegOrientation(headers(way, true))).toBe(way)
    expect(jpegOrientation(headers(way, false))).toBe(way)
  },
)

it('takes a picture as it is when the mark is unknown, missing or cut short', () => {
  expect(jpegOrientation(headers(9, true))).toBe(1)
  expect(jpegOrientation(Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2))).toBe(1)
  expect(jpegOrientation(headers(6, true).subarray(0, 26))).toBe(1)
})
