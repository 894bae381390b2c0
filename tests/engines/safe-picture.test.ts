import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { Resvg } from '@resvg/resvg-js'
import { describe, expect, it } from 'vitest'
import type { DrawPicture } from '../../electron/engine/reports/pictures/picture-order.ts'
import { safePicture } from '../../electron/engine/reports/pictures/safe-pictures.ts'
import { jobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import { startProcess } from '../support/job-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const runJob = jobRunner(() => startProcess('job'))
const draw: DrawPicture = (order, signal) => runJob('picture', order, { signal })
const quiet = (): AbortSignal => new AbortController().signal
const redraw = (bytes: Uint8Array | string) => safePicture(Buffer.from(bytes), draw, quiet())

const svg = (inner: string, size = 'width="100" height="50"'): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${size}>${inner}</svg>`
const square = '<rect width="50" height="50" fill="#c81e1e"/>'

/** Width, height and colour of a few places of the answer. */
async function drawnBy(bytes: Uint8Array | string, places: readonly (readonly [number, number])[]) {
  const answer = await redraw(bytes)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  const png = Buffer.from(answer.value, 'base64')
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const shown = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${answer.value}"/></svg>`
  const { pixels } = new Resvg(shown).render()
  const at = ([x, y]: readonly [number, number]): string => {
    const start = (Math.floor(y * height) * width + Math.floor(x * width)) * 4
    return pixels.subarray(start, start + 4).toString('hex')
  }
  return { png, width, height, colours: places.map(at) }
}

/** A PNG of two halves, left red and right blue, with a text in its headers. */
function halves(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length, 0)
    ends.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const line = Buffer.alloc(1 + width * 3)
  for (let x = 0; x < width; x++) line.set(x < width / 2 ? [255, 0, 0] : [0, 0, 255], 1 + x * 3)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('tEXt', Buffer.from('Comment\0secret place')),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => line)))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('a picture that comes in', () => {
  it('is drawn anew: the same to look at, without anything else its file held', async () => {
    const file = Buffer.concat([
      halves(60, 20),
      Buffer.from('<script>hidden behind the end</script>'),
    ])
    const { png, width, height, colours } = await drawnBy(file, [[0.1, 0.5], [0.9, 0.5]]) // prettier-ignore
    expect([width, height, colours]).toEqual([60, 20, ['ff0000ff', '0000ffff']])
    expect(png.includes('secret place')).toBe(false)
    expect(png.includes('hidden')).toBe(false)
  })

  it('is made smaller when it has more points than a page needs', async () => {
    const { width, height } = await drawnBy(halves(6000, 1500), [])
    expect(width).toBeLessThanOrEqual(4096)
    expect(width * height).toBeLessThanOrEqual(4_000_000)
    expect(width / height).toBeCloseTo(4, 1)
  })

  it('as a drawing becomes a picture of a good size, its scripts and foreign content left behind', async () => {
    const inner = `${square}<script>alert(1)</script><foreignObject width="9" height="9"><b xmlns="http://www.w3.org/1999/xhtml">x</b></foreignObject>`
    const { width, height, colours } = await drawnBy(svg(inner), [[0.25, 0.5], [0.75, 0.5]]) // prettier-ignore
    expect([width, height]).toEqual([1600, 800])
    expect(colours).toEqual(['c81e1eff', '00000000'])
  })

  it.each([
    ['text that is no picture', 'hello'],
    ['half a PNG', halves(60, 20).subarray(0, 40)],
    ['an empty file', ''],
  ])('is refused as %s', async (_name, bytes) => {
    expect(await redraw(bytes)).toMatchObject({
      ok: false,
      error: { code: 'template/unsafeContent', details: { reason: 'notAPicture' } },
    })
  })

  it('as WebP shows the same points', async () => {
    const lossless = Buffer.from(
      'UklGRioAAABXRUJQVlA4TB0AAAAvO8AEAA8Q87//8x8OCLONanb+VDO4d0T/oxr8AgA=',
      'base64',
    )
    const { width, height, colours } = await drawnBy(lossless, [[0.1, 0.5], [0.9, 0.5]]) // prettier-ignore
    expect([width, height, colours]).toEqual([60, 20, ['ff0000ff', '0000ffff']])
    expect(await redraw(lossless.subarray(0, lossless.length - 12))).toMatchObject({
      error: { code: 'template/unsafeContent', details: { reason: 'notAPicture' } },
    })
  })
})

describe('a hostile drawing', () => {
  const secret = (): string => {
    const path = join(tempFolder(), 'secret.png')
    writeFileSync(path, halves(60, 20))
    return path
  }
  const reason = async (text: string): Promise<unknown> => {
    const answer = await redraw(text)
    return answer.ok
      ? createHash('sha256').update(answer.value).digest('hex')
      : answer.error.details
  }
  const outside = { reason: 'linkOutside' }

  it('names no file and no address, in whatever writing', async () => {
    const path = secret()
    const coded = Array.from(path, (one) => `&#${one.charCodeAt(0)};`).join('')
    const links = [
      path,
      `file://${path}`,
      ` ${path}`,
      coded,
      '../secret.png',
      'https://example.com/a.png',
    ]
    for (const link of links) {
      expect(await reason(svg(`${square}<image width="9" height="9" href="${link}"/>`))).toEqual(
        outside,
      )
    }
    expect(await reason(svg(`<image width="9" height="9" xlink:href='${path}'/>`))).toEqual(outside)
    const inner = Buffer.from(svg(`<image href="${path}"/>`)).toString('base64')
    const nested = `<image width="9" height="9" href="data:image/svg+xml;base64,${inner}"/>`
    expect(await reason(svg(nested))).toEqual(outside)
    expect(await reason(svg('<rect width="9" height="9" fill="url(https://a/b#c)"/>'))).toEqual(
      outside,
    )
  })

  it('declares no entities, neither laughing nor reading', async () => {
    const laugh = Array.from({ length: 12 }, (_, n) =>
      n === 0 ? '<!ENTITY a0 "ha">' : `<!ENTITY a${n} "${`&a${n - 1};`.repeat(10)}">`,
    )
    const doc = (entities: string) => `<!DOCTYPE svg [${entities}]>${svg('<text>&a1;</text>')}`
    expect(await reason(doc(laugh.join('')))).toEqual({ reason: 'entities' })
    expect(await reason(doc('<!ENTITY a1 SYSTEM "file:///etc/passwd">'))).toEqual({
      reason: 'entities',
    })
  })

  it('cannot take more memory than one picture may, however deep its layers lie', async () => {
    const layers = 150
    const deep = `${'<g opacity="0.9">'.repeat(layers)}<rect width="2000" height="2000"/>${'</g>'.repeat(layers)}`
    expect(await reason(svg(deep, 'width="2000" height="2000"'))).toEqual({ reason: 'processLost' })
  })

  it('cannot grow by its size, its depth or what it uses again', async () => {
    const huge = await drawnBy(svg('<rect width="1000000" height="1000"/>', 'width="1000000" height="1000"'), []) // prettier-ignore
    expect(huge.width * huge.height).toBeLessThanOrEqual(4_000_000)
    const deep = '<g>'.repeat(50_000) + '</g>'.repeat(50_000)
    expect(await reason(svg(deep))).toEqual({ reason: 'notAPicture' })
    const bomb = Array.from({ length: 10 }, (_, n) =>
      n === 0
        ? '<g id="u0"><rect width="1" height="1"/></g>'
        : `<g id="u${n}">${`<use href="#u${n - 1}"/>`.repeat(10)}</g>`,
    )
    const used = svg(`<defs>${bomb.join('')}</defs><use href="#u9"/>`)
    expect(await reason(used)).toEqual({ reason: 'notAPicture' })
  })

  it('that takes for ever is ended, its process with it', async () => {
    const blur = '<filter id="f"><feGaussianBlur stdDeviation="1000"/></filter>'
    const slow = svg(
      `${blur}${'<rect width="4000" height="4000" filter="url(#f)"/>'.repeat(3000)}`,
      'width="4000" height="4000"',
    )
    expect(await reason(slow)).toEqual({ reason: 'tooSlow' })
  })

  it('stops when the person no longer wants it', async () => {
    const stop = new AbortController()
    stop.abort()
    expect(await safePicture(Buffer.from(svg(square)), draw, stop.signal)).toMatchObject({
      error: { code: 'internal/cancelled' },
    })
  })
})
