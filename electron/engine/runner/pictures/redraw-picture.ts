import type { Resvg } from '@resvg/resvg-js'
import type { AppError, Outcome } from '../../../../shared/errors.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { checkSvg } from '../../reports/pictures/check-svg.ts'
import { jpegOrientation } from '../../reports/pictures/jpeg-orientation.ts'
import type { PictureOrder, PictureOutcome } from '../../reports/pictures/picture-order.ts'
import { drawingSide, drawnPixels, drawnSide } from '../../reports/pictures/picture-order.ts'
import type { Size } from '../../reports/read-image.ts'
import { checkImage, imageLimits, pictureSize } from '../../reports/read-image.ts'
import { webpToPng } from './webp-to-png.ts'

/** Draws a picture anew in the job process, which is ended when it takes too long. */
export async function redrawPicture({ bytes }: PictureOrder): Promise<PictureOutcome> {
  const drawing = isDrawing(bytes) ? unwrap(checkSvg(bytes)) : undefined
  const png = drawing === undefined ? await redrawn(bytes) : await drawn(drawing)
  return { png }
}

const isDrawing = (bytes: Uint8Array): boolean =>
  /^\ufeff?\s*</.test(new TextDecoder().decode(bytes.subarray(0, 200)))

async function redrawn(bytes: Uint8Array): Promise<Uint8Array> {
  const type = unwrap(checkImage(bytes))
  const size = pictureSize(type, bytes)
  if (!size) throw unsafe('notAPicture')
  const turn = type === 'image/jpeg' ? jpegOrientation(bytes) : 1
  const shown = turn > 4 ? { width: size.height, height: size.width } : size
  const source =
    type === 'image/webp' ? { type: 'image/png', bytes: await fromWebp(bytes) } : { type, bytes }
  const data = Buffer.from(source.bytes).toString('base64')
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${shown.width}" height="${shown.height}">`,
    `<image width="${size.width}" height="${size.height}" transform="${turns(turn, size)}"`,
    ` href="data:${source.type};base64,${data}"/></svg>`,
  ]
  return fitted(svg.join(''), Math.min(1, scaleFor(shown)), false)
}

async function fromWebp(bytes: Uint8Array): Promise<Uint8Array> {
  return webpToPng(bytes).catch(() => {
    throw unsafe('notAPicture')
  })
}

async function drawn(svg: string): Promise<Uint8Array> {
  const { width, height } = await measured(svg)
  const wanted = drawingSide / Math.max(width, height)
  return fitted(svg, Math.min(wanted, scaleFor({ width, height })), true)
}

const scaleFor = ({ width, height }: Size): number =>
  Math.min(Math.sqrt(drawnPixels / (width * height)), drawnSide / Math.max(width, height))

/** The eight ways of the camera's mark, as matrices over the picture's own width and height. */
function turns(turn: number, { width: w, height: h }: Size): string {
  const all: Readonly<Record<number, readonly number[]>> = {
    2: [-1, 0, 0, 1, w, 0],
    3: [-1, 0, 0, -1, w, h],
    4: [1, 0, 0, -1, 0, h],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, h, 0],
    7: [0, -1, -1, 0, h, w],
    8: [0, -1, 1, 0, 0, w],
  }
  return `matrix(${(all[turn] ?? [1, 0, 0, 1, 0, 0]).join(' ')})`
}

/** A drawing may hold text; a picture needs no fonts, whose loading takes a second. */
const options = (fonts: boolean) => ({ font: { loadSystemFonts: fonts }, logLevel: 'off' }) as const

async function measured(svg: string): Promise<Size> {
  const { Resvg: Renderer } = await import('@resvg/resvg-js')
  try {
    const { width, height } = new Renderer(svg, options(false))
    return { width, height }
  } catch {
    throw unsafe('notAPicture')
  }
}

/** Smaller, step by step, until its file is as small as a report allows. */
async function fitted(svg: string, first: number, fonts: boolean): Promise<Uint8Array> {
  const { Resvg: Renderer } = await import('@resvg/resvg-js')
  for (let scale = first; ; scale *= 0.7) {
    const picture = paint(Renderer, svg, scale, fonts)
    if (picture.pixels.every((byte) => byte === 0)) throw unsafe('notAPicture')
    const png = picture.asPng()
    if (png.length <= imageLimits.bytes) return png
  }
}

function paint(Renderer: typeof Resvg, svg: string, scale: number, fonts: boolean) {
  try {
    return new Renderer(svg, { ...options(fonts), fitTo: { mode: 'zoom', value: scale } }).render()
  } catch {
    // Its parser's own words: too many nodes, a damaged drawing, a size of nothing.
    throw unsafe('notAPicture')
  }
}

function unsafe(reason: string): AppErrorException {
  return new AppErrorException(appError('template/unsafeContent', { reason }))
}

function unwrap<T>(outcome: Outcome<T> | { readonly ok: false; readonly error: AppError }): T {
  if (outcome.ok) return outcome.value
  throw new AppErrorException(outcome.error)
}
