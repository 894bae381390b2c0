import type { Outcome } from '../../../../shared/errors.ts'
import { AppErrorException, fail, ok } from '../../../../shared/errors.ts'
import type { Report } from '../../../../shared/report/report.ts'
import { imageLimits } from '../read-image.ts'
import type { DrawPicture } from './picture-order.ts'
import { pictureMs } from './picture-order.ts'

export type PictureFault = 'template/unsafeContent' | 'dataset/overLimit' | 'internal/cancelled'

/** Draws a picture anew in a process of its own; one that ends it or takes too long is no picture for a report. */
export async function safePicture(
  bytes: Uint8Array,
  draw: DrawPicture,
  signal: AbortSignal,
): Promise<Outcome<string, PictureFault>> {
  if (bytes.length > imageLimits.bytes) {
    return fail('dataset/overLimit', { bytes: bytes.length, limit: imageLimits.bytes })
  }
  const late = AbortSignal.timeout(pictureMs)
  try {
    const both = AbortSignal.any([signal, late])
    const { png } = await draw({ bytes }, both)
    return ok(Buffer.from(png).toString('base64'))
  } catch (error) {
    if (!(error instanceof AppErrorException)) throw error
    const { code, details } = error.appError
    if (signal.aborted) return fail('internal/cancelled')
    if (late.aborted) return fail('template/unsafeContent', { reason: 'tooSlow' })
    if (code === 'template/unsafeContent' || code === 'dataset/overLimit')
      return fail(code, details)
    if (code === 'internal/processLost')
      return fail('template/unsafeContent', { reason: 'processLost' })
    throw error
  }
}

/** A stranger's template with each picture drawn anew; pictures of an own report are only checked, for opening changes nothing. */
export async function safePictures(
  report: Report,
  draw: DrawPicture,
  signal: AbortSignal,
): Promise<Outcome<Report, PictureFault>> {
  const images: Report['images'] = {}
  for (const image of Object.values(report.images)) {
    const drawn = await safePicture(Buffer.from(image.data, 'base64'), draw, signal)
    if (!drawn.ok) return drawn
    images[image.id] = { id: image.id, type: 'image/png', data: drawn.value }
  }
  return ok({ ...report, images })
}
