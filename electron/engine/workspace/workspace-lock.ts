/** Says who owns a workspace: process, its start, a heartbeat. The catalogue's own lock is the proof; this names the owner. */
import { createHash } from 'node:crypto'
import { link, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { hasEnded, processStart } from '../process-mark.ts'

const LockFile = z.strictObject({
  pid: z.number().int(),
  host: z.string(),
  /** Start of the process as the system tells it; null where it does not. */
  started: z.string().nullable(),
  kind: z.string(),
  heartbeat: z.string(),
})
type LockFile = z.infer<typeof LockFile>

const heartbeatMs = 10_000
const silentMs = 60_000
const attempts = 5

export interface WorkspaceLock {
  release(): Promise<void>
}

/**
 * Rejects with `workspace/inUse` naming the owner; a lock whose owner is provably gone is taken over. Where its process
 * cannot be asked, `isFree` tells whether anybody holds the catalogue.
 */
export async function lockWorkspace(
  folder: string,
  kind: string,
  now: () => Date,
  isFree: () => boolean,
): Promise<WorkspaceLock> {
  const path = join(folder, 'workspace.lock')
  await mkdir(folder, { recursive: true })
  const mine: LockFile = {
    pid: process.pid,
    host: hostname(),
    started: processStart(process.pid),
    kind,
    heartbeat: now().toISOString(),
  }
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await create(path, mine)) {
      await sweepStrays(folder, now())
      return keep(path, mine, now)
    }
    const held = await readText(path)
    if (held === undefined) continue
    const gone = (owner: LockFile | undefined): boolean =>
      owner === undefined || isGone(owner, now(), isFree)
    if (!gone(lockOf(held))) throw inUse(lockOf(held))
    if (await succeed(path, held, mine, gone)) {
      await sweepStrays(folder, now())
      return keep(path, mine, now)
    }
  }
  throw inUse(lockOf(await readText(path)))
}

/** A claimant that was ended between its two steps leaves its file beside the lock; a younger one may still be at work. */
async function sweepStrays(folder: string, now: Date): Promise<void> {
  const names = await readdir(folder).catch((): string[] => [])
  for (const name of names.filter((one) => /^workspace\.lock\.[0-9a-f-]{36}$/.test(one))) {
    const path = join(folder, name)
    const made = await stat(path).catch(() => undefined)
    if (made === undefined || now.getTime() - made.mtimeMs < silentMs) continue
    await rm(path, { force: true }).catch(() => undefined)
  }
}

/** The file appears with its content: one seen empty would be taken for a dead maker's. */
async function create(path: string, content: LockFile): Promise<boolean> {
  const beside = `${path}.${crypto.randomUUID()}`
  try {
    await writeNew(beside, content)
    await link(beside, path)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return false
    // A drive without links (exFAT, some networks) makes the file under its name.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS')
      throw error
    return await writeUnlessThere(path, content)
  } finally {
    await rm(beside, { force: true }).catch(() => undefined)
  }
}

async function writeUnlessThere(path: string, content: LockFile): Promise<boolean> {
  try {
    await writeNew(path, content)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function writeNew(path: string, content: LockFile): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(JSON.stringify(content))
    await file.sync()
  } finally {
    await file.close()
  }
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}

/** Undefined when it is gone or says nothing (its maker died while writing it). */
function lockOf(text: string | undefined): LockFile | undefined {
  try {
    return LockFile.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}

/**
 * Takes the place of a dead owner's lock. A place has one heir: the file named after what the dead one wrote, which only
 * one claimant can make. An heir that died before it moved in has an heir of its own, by the same rule. False when the
 * place changed hands meanwhile; rejects when a living heir is about to move in.
 */
async function succeed(
  path: string,
  dead: string,
  mine: LockFile,
  gone: (owner: LockFile | undefined) => boolean,
): Promise<boolean> {
  const line: { at: string; text: string }[] = [{ at: path, text: dead }]
  for (let last = dead; ;) {
    const heir = `${path}.${nameAfter(last)}`
    if (await create(heir, mine)) return await moveIn(path, heir, line)
    const text = await readText(heir)
    if (text === undefined) return false
    if (!gone(lockOf(text))) throw inUse(lockOf(text))
    line.push({ at: heir, text })
    last = text
  }
}

/** From here on nobody else may touch the place: it is looked at once more, and taken in one step. */
async function moveIn(
  path: string,
  heir: string,
  line: readonly { at: string; text: string }[],
): Promise<boolean> {
  try {
    for (const { at, text } of line) if ((await readText(at)) !== text) return false
    await rename(heir, path)
    for (const { at } of line.slice(1)) await rm(at, { force: true })
    return true
  } finally {
    await rm(heir, { force: true })
  }
}

function nameAfter(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex')
  return [8, 12, 16, 20, 32].map((end, nth, ends) => hash.slice(ends[nth - 1] ?? 0, end)).join('-')
}

/** A process of this machine can be asked for; behind another name may stand another machine, or this one renamed. */
function isGone(owner: LockFile, now: Date, isFree: () => boolean): boolean {
  if (owner.pid === process.pid && owner.started === processStart(process.pid)) return false
  if (owner.host === hostname() && hasEnded(owner.pid, owner.started)) return true
  const sure =
    owner.host === hostname() && processStart(owner.pid) !== null && owner.started !== null
  return !sure && isSilent(owner, now) && isFree()
}

/**
 * The catalogue's lock is the proof, but a synced folder or a careless network drive carries no locks: the owner must also
 * have missed many beats. A beat in the future is a clock set back and counts as far from now.
 */
function isSilent(owner: LockFile, now: Date): boolean {
  const beat = Date.parse(owner.heartbeat)
  return !(Math.abs(now.getTime() - beat) < silentMs)
}

function inUse(owner: LockFile | undefined): AppErrorException {
  const details = owner ? { pid: owner.pid, host: owner.host, kind: owner.kind } : {}
  return new AppErrorException(appError('workspace/inUse', details, true))
}

function keep(path: string, mine: LockFile, now: () => Date): WorkspaceLock {
  let beating = Promise.resolve()
  const timer = setInterval(() => {
    beating = beating.then(() => beat(path, { ...mine, heartbeat: now().toISOString() }))
  }, heartbeatMs)
  timer.unref()
  return {
    async release() {
      clearInterval(timer)
      await beating
      await rm(path, { force: true })
    },
  }
}

/** A missed beat harms nobody: the owner is judged by its process. */
async function beat(path: string, content: LockFile): Promise<void> {
  try {
    const beside = `${path}.beat`
    const file = await open(beside, 'w')
    await file.writeFile(JSON.stringify(content))
    await file.close()
    await rename(beside, path)
  } catch {
    // The folder may be gone or full; the next beat tries again.
  }
}
