import { spawnSync } from 'node:child_process'
import { existsSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { besideName, removeStrays } from '../../../electron/engine/stray-files.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const hourAgo = Date.now() / 1000 - 3600

/** A number no process has any more. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid
}

/** What a process of that number and start would have named its file. */
function nameBy(target: string, pid: number, started: string): string {
  const mine = basename(besideName(target))
  const theirs = mine.replace(new RegExp(`-${process.pid}-[0-9]*\\.`), `-${pid}-${started}.`)
  expect(theirs).not.toBe(mine)
  return join(dirname(target), theirs)
}

it('what a killed write left is removed by the next one; a write under way and other files are not touched', async () => {
  const target = join(tempFolder(), '月报.xlsx')
  const [old, young] = [besideName(target), besideName(target)]
  const others = [`${target}.bak`, besideName(`${target}x`)]
  for (const path of [old, young, ...others]) writeFileSync(path, 'x')
  for (const path of [old, ...others]) utimesSync(path, hourAgo, hourAgo)
  await removeStrays(target)
  expect(existsSync(old)).toBe(false)
  expect([young, ...others].every((path) => existsSync(path))).toBe(true)
})

it('what a dead process left goes at once, however young it is', async () => {
  const target = join(tempFolder(), '月报.xlsx')
  const left = nameBy(target, deadPid(), '123')
  writeFileSync(left, 'x')
  await removeStrays(target)
  expect(existsSync(left)).toBe(false)
})

it.skipIf(process.platform !== 'linux')(
  'a process number that was given out again does not keep what its first owner left',
  async () => {
    const target = join(tempFolder(), '月报.xlsx')
    const left = nameBy(target, process.ppid, '1')
    writeFileSync(left, 'x')
    await removeStrays(target)
    expect(existsSync(left)).toBe(false)
  },
)

it('what a process of another machine writes is left alone while it is young', async () => {
  const target = join(tempFolder(), '月报.xlsx')
  const ours = nameBy(target, deadPid(), '123')
  const theirs = join(
    dirname(ours),
    basename(ours).replace(/([0-9a-f]{6})(-\d+-123\.)/, (_, machine: string, rest: string) => {
      const other = machine === '000000' ? '000001' : '000000'
      return `${other}${rest}`
    }),
  )
  writeFileSync(theirs, 'x')
  await removeStrays(target)
  expect(existsSync(theirs)).toBe(true)
  utimesSync(theirs, hourAgo, hourAgo)
  await removeStrays(target)
  expect(existsSync(theirs)).toBe(false)
})

it('a name of its own fits beside a file whose name is as long as names may be', async () => {
  const folder = tempFolder()
  for (const name of ['报'.repeat(80), '😀'.repeat(60), 'a'.repeat(250)]) {
    const beside = besideName(join(folder, `${name}.csv`))
    expect(new TextEncoder().encode(basename(beside)).length).toBeLessThanOrEqual(255)
    writeFileSync(beside, 'x')
    utimesSync(beside, hourAgo, hourAgo)
    await removeStrays(join(folder, `${name}.csv`))
    expect(existsSync(beside)).toBe(false)
  }
})
