import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Stands beside a file's folder until it has arrived whole. */
export const arrivingMark = (folder: string): string => `${folder}.arriving`
/** Stands beside a whole copy until a dataset or a report has come from it. */
export const unusedMark = (folder: string): string => `${folder}.unused`

const hourMs = 60 * 60_000
/** A file that no byte was added to for so long comes from a process that was ended; a copy nobody took was looked at. */
const waits = [
  { mark: arrivingMark, ms: hourMs },
  { mark: unusedMark, ms: 7 * 24 * hourMs },
]

/** Removes what a process that was ended left half arrived, and copies nothing came of; used copies stay for refreshes. */
export async function sweepInbox(folder: string, now: Date): Promise<void> {
  const names = await readdir(folder).catch((): string[] => [])
  for (const { mark, ms } of waits) {
    for (const name of names.filter((one) => /^inbox_[0-9a-f]+$/.test(one))) {
      if (names.includes(mark(name))) await sweepOne(join(folder, name), mark, now.getTime() - ms)
    }
  }
}

async function sweepOne(copy: string, mark: (folder: string) => string, before: number) {
  const files = await readdir(copy).catch(() => [])
  const paths = [mark(copy), ...files.map((file) => join(copy, file))]
  const states = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)))
  if (Math.max(...states.map((state) => state?.mtimeMs ?? 0)) >= before) return
  for (const path of [copy, mark(copy)]) {
    await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}
