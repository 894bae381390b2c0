import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { BrowseRoot } from '../../engine/file-browser.ts'

/** Linux desktops translate folder names; their file says to what. */
function xdgFolder(name: 'DOCUMENTS' | 'DOWNLOAD'): string | undefined {
  const file = join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'user-dirs.dirs')
  if (process.platform !== 'linux' || !existsSync(file)) return undefined
  const line = new RegExp(`^XDG_${name}_DIR="(.*)"$`, 'm').exec(readFileSync(file, 'utf8'))
  return line?.[1]?.replace('$HOME', homedir())
}

function existing(...paths: (string | undefined)[]): string | undefined {
  return paths.find((path) => path !== undefined && existsSync(path))
}

export function documentsFolder(): string {
  return existing(xdgFolder('DOCUMENTS'), join(homedir(), 'Documents')) ?? homedir()
}

function drives(): BrowseRoot[] {
  if (process.platform === 'win32') {
    const letters = Array.from('CDEFGHIJKLMNOPQRSTUVWXYZAB')
    const found = letters.map((letter) => `${letter}:\\`).filter((path) => existsSync(path))
    return found.map((path) => ({ name: path, path }))
  }
  const mounts = process.platform === 'darwin' ? ['/Volumes'] : ['/media', '/run/media', '/mnt']
  const found = mounts
    .filter((mount) => existsSync(mount))
    .flatMap((mount) => readdirSync(mount).map((name) => ({ name, path: join(mount, name) })))
  return [...found, { name: '/', path: '/' }]
}

/** The places the in-page file browser starts from. */
export function browseRoots(): Promise<BrowseRoot[]> {
  const downloads = existing(xdgFolder('DOWNLOAD'), join(homedir(), 'Downloads'))
  const documents = documentsFolder()
  const known: BrowseRoot[] = [
    { name: 'Home', path: homedir() },
    ...(documents === homedir() ? [] : [{ name: 'Documents', path: documents }]),
    ...(downloads === undefined ? [] : [{ name: 'Downloads', path: downloads }]),
  ]
  return Promise.resolve([...known, ...drives()])
}
