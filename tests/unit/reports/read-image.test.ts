import { expect, it } from 'vitest'
import { checkImage } from '../../../electron/engine/reports/read-image.ts'

const segment = [0xff, 0xe0, 0, 4, 0, 0]
const frame = [0xff, 0xc0, 0, 11, 8, 0, 6, 0, 8, 1, 1, 0x11, 0]

it('reads the size of a JPEG whose markers are preceded by fill bytes', () => {
  const fill = [0xff, 0xff, 0xff]
  const bytes = Uint8Array.from([0xff, 0xd8, ...segment, ...fill, ...frame])
  expect(checkImage(bytes)).toEqual({ ok: true, value: 'image/jpeg' })
})

it('refuses a JPEG that ends in fill bytes', () => {
  const bytes = Uint8Array.from([0xff, 0xd8, ...segment, 0xff, 0xff, 0xff])
  expect(checkImage(bytes)).toMatchObject({ error: { code: 'template/unsafeContent' } })
})
