import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { lockWorkspace } from '../../../electron/engine/workspace/workspace-lock.ts'
import { fileSystemOf, folderWarnings } from '../../../electron/engine/workspace/folder-kind.ts'
import { refusalOf } from '../../support/read-source.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const now = (): Date => new Date('2025-01-01T00:00:00Z')

function lockBy(owner: object): string {
  const folder = tempFolder()
  const content = { pid: 1, host: hostname(), started: null, kind: 'cli', heartbeat: '', ...owner }
  writeFileSync(join(folder, 'workspace.lock'), JSON.stringify(content))
  return folder
}

const locking = async (folder: string, isFree = () => false): Promise<string> =>
  refusalOf(lockWorkspace(folder, 'cli', now, isFree).then((lock) => lock.release()))

test('one owner at a time, named to the second', async () => {
  const folder = tempFolder()
  const lock = await lockWorkspace(folder, 'electron', now, () => true)
  const named: unknown = JSON.parse(readFileSync(join(folder, 'workspace.lock'), 'utf8'))
  expect(named).toMatchObject({ pid: process.pid, kind: 'electron', host: hostname() })
  expect(await locking(folder)).toBe('workspace/inUse')
  await lock.release()
  expect(readdirSync(folder)).toEqual([])
  expect(await locking(folder)).toBe('accepted')
})

test('what an ended claimant left beside the lock goes with the next one; a fresh file of another stays', async () => {
  const folder = tempFolder()
  const beside = (): string => `workspace.lock.${crypto.randomUUID()}`
  const [old, fresh] = [beside(), beside()]
  for (const name of [old, fresh]) writeFileSync(join(folder, name), '{}')
  const at = (iso: string): Date => new Date(iso)
  utimesSync(join(folder, old), at('2024-12-31T23:58:00Z'), at('2024-12-31T23:58:00Z'))
  utimesSync(join(folder, fresh), at('2024-12-31T23:59:50Z'), at('2024-12-31T23:59:50Z'))
  expect(await locking(folder)).toBe('accepted')
  expect(readdirSync(folder)).toEqual([fresh])
})

test('a dead owner is followed, a living or distant one is not', async () => {
  const dead = spawnSync(process.execPath, ['-e', '0']).pid
  expect(await locking(lockBy({ pid: dead }))).toBe('accepted')
  expect(await locking(lockBy({ pid: process.ppid }))).toBe('workspace/inUse')
  expect(await locking(lockBy({ pid: dead, host: 'another-machine' }))).toBe('workspace/inUse')
})

test('behind another name an owner is followed when it is silent and holds no catalogue', async () => {
  const renamed = (heartbeat: string): string => lockBy({ host: 'before-renaming', heartbeat })
  const [long, just, ahead] = [
    '2024-12-31T23:58:00Z',
    '2024-12-31T23:59:30Z',
    '2025-01-01T00:00:30Z',
  ]
  expect(await locking(renamed(long), () => true)).toBe('accepted')
  expect(await locking(renamed(long), () => false)).toBe('workspace/inUse')
  expect(await locking(renamed(just), () => true)).toBe('workspace/inUse')
  expect(await locking(renamed(ahead), () => true)).toBe('workspace/inUse')
})

test('a process number that was given out again does not hold the lock', async () => {
  const folder = lockBy({ pid: process.ppid, started: '1' })
  const expected = process.platform === 'linux' ? 'accepted' : 'workspace/inUse'
  expect(await locking(folder)).toBe(expected)
  // Where the system tells no start of a process, the catalogue that nobody holds is the proof.
  const untold = lockBy({ pid: process.ppid, started: null })
  expect(await locking(untold, () => true)).toBe('accepted')
})

test('a lock its maker never finished is followed', async () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'workspace.lock'), '{"pid":')
  expect(await locking(folder)).toBe('accepted')
})

test('of many claimants of a dead lock one wins', async () => {
  const dead = spawnSync(process.execPath, ['-e', '0']).pid
  const folder = lockBy({ pid: dead })
  const claims = Array.from({ length: 8 }, () =>
    refusalOf(lockWorkspace(folder, 'cli', now, () => false)),
  )
  const won = (await Promise.all(claims)).filter((outcome) => outcome === 'accepted')
  expect(won).toHaveLength(1)
})

test('an heir that died before it moved in is followed by one of many; its file goes', async () => {
  const dead = spawnSync(process.execPath, ['-e', '0']).pid
  const folder = lockBy({ pid: dead })
  const place = join(folder, 'workspace.lock')
  const hash = createHash('sha256').update(readFileSync(place, 'utf8')).digest('hex')
  const name = hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const heir = { pid: dead, host: hostname(), started: null, kind: 'electron', heartbeat: 'x' }
  writeFileSync(`${place}.${name}`, JSON.stringify(heir))
  const claims = Array.from({ length: 8 }, () =>
    refusalOf(lockWorkspace(folder, 'cli', now, () => false)),
  )
  const won = (await Promise.all(claims)).filter((outcome) => outcome === 'accepted')
  expect(won).toHaveLength(1)
  expect(readdirSync(folder)).toEqual(['workspace.lock'])
})

test('folders of cloud services and network drives are noticed', async () => {
  expect(await folderWarnings('/home/x/OneDrive - Firm/Storeboard')).toContain('syncedFolder')
  expect(await folderWarnings('/home/x/坚果云/数据')).toContain('syncedFolder')
  expect(await folderWarnings('/home/x/Documents/Storeboard')).toEqual([])
  const mounts = '/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/my\\040share nfs4 rw 0 0\n'
  expect(fileSystemOf('/mnt/my share/a', mounts)).toBe('nfs4')
  expect(fileSystemOf('/mnt/my shares', mounts)).toBe('ext4')
})
