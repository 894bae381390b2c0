import type { Outcome } from '../../../../shared/errors.ts'
import { fail, ok } from '../../../../shared/errors.ts'

const maxCharacters = 4 * 1024 * 1024

/** Links inside the drawing, and pictures that are in it whole. Nothing that is a place elsewhere, encoded or not. */
const innerLink = /^(?:#[^&]*|data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*)$/

/**
 * The text of an SVG drawing that names no file and no address and declares nothing that could hide one. The renderer
 * reads plain paths in links from disk, so this is what keeps a drawing from showing a file of the reader's.
 */
export function checkSvg(bytes: Uint8Array): Outcome<string, 'template/unsafeContent'> {
  const unsafe = (reason: string) => fail('template/unsafeContent', { reason })
  const text = decoded(bytes)
  if (text === undefined || text.length > maxCharacters || !/<(?:\w+:)?svg[\s>]/.test(text)) {
    return unsafe('notAPicture')
  }
  if (/<!ENTITY/i.test(text)) return unsafe('entities')
  for (const [, quoted, single] of text.matchAll(/href\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)) {
    if (!innerLink.test((quoted ?? single ?? '').trim())) return unsafe('linkOutside')
  }
  for (const [, target = ''] of text.matchAll(/url\(\s*(['"]?[^)]*)\)/gi)) {
    if (!/^(?:['"]|&quot;|&apos;)?#/.test(target.trim())) return unsafe('linkOutside')
  }
  return ok(text)
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
