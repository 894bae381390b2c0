import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { contentPolicy } from '../../shared/content-policy.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}

export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly headers: Record<string, string>
}

export const safeHeaders: Record<string, string> = {
  'Content-Security-Policy': contentPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** Plain names below the folder and nothing else: what is not a name is no path. */
function namesOf(urlPath: string): string[] | undefined {
  const path = decoded(urlPath)
  if (path?.startsWith('/') !== true) return undefined
  const names = path === '/' ? ['index.html'] : path.slice(1).split('/')
  const plain = names.every((name) => /^[\w@.-]+$/.test(name) && !name.startsWith('.'))
  return plain ? names : undefined
}

/** The page's file for a URL path, or `undefined`: only known kinds, only from below the build folder. */
export async function readPageFile(folder: string, urlPath: string): Promise<PageFile | undefined> {
  const names = namesOf(urlPath)
  const type = names === undefined ? undefined : types[extname(names.at(-1) ?? '').toLowerCase()]
  if (names === undefined || type === undefined) return undefined
  try {
    const root = await realpath(folder)
    const path = await realpath(join(root, ...names))
    if (!path.startsWith(root + sep)) return undefined
    const bytes = new Uint8Array(await readFile(path))
    const hashed = names[0] === 'assets'
    const caching = hashed ? 'private, max-age=31536000, immutable' : 'no-store'
    return { bytes, headers: { ...safeHeaders, 'Content-Type': type, 'Cache-Control': caching } }
  } catch {
    return undefined
  }
}
