/** Notices folders on a network drive or kept in step by a cloud service, where locks and flushes promise less. */
import { readFile, statfs } from 'node:fs/promises'
import { resolve } from 'node:path'

export type FolderWarning = 'networkFolder' | 'syncedFolder'

const syncedNames =
  /(^|[\\/])(OneDrive[^\\/]*|Dropbox[^\\/]*|Google ?Drive|iCloud ?Drive|Mobile Documents|坚果云|Nutstore|百度网盘|BaiduSyncdisk|WPS ?Cloud ?Files|WPSDrive|Box Sync)([\\/]|$)/i
const networkTypes = new Set(['nfs', 'nfs4', 'cifs', 'smb3', 'smbfs', 'fuse.sshfs', '9p', 'afpfs'])
const smbMagic = new Set([0xff534d42, 0xfe534d42, 0x6969, 0x517b])

export async function folderWarnings(folder: string): Promise<FolderWarning[]> {
  const path = resolve(folder)
  const warnings: FolderWarning[] = []
  if (/^\\\\/.test(path) || (await isNetwork(path))) warnings.push('networkFolder')
  if (syncedNames.test(path)) warnings.push('syncedFolder')
  return warnings
}

async function isNetwork(path: string): Promise<boolean> {
  try {
    const { type } = await statfs(path)
    if (smbMagic.has(type)) return true
    const mounts = await readFile('/proc/mounts', 'utf8')
    return networkTypes.has(fileSystemOf(path, mounts))
  } catch {
    return false
  }
}

/** The type of the longest mount point the path lies under. */
export function fileSystemOf(path: string, mounts: string): string {
  let best = { point: '', type: '' }
  for (const line of mounts.split('\n')) {
    const [, point = '', type = ''] = line.split(' ')
    const name = point.replaceAll(/\\(\d{3})/g, (_all, code: string) =>
      String.fromCharCode(parseInt(code, 8)),
    )
    const under = path === name || path.startsWith(name.endsWith('/') ? name : `${name}/`)
    if (under && name.length >= best.point.length) best = { point: name, type }
  }
  return best.type
}
