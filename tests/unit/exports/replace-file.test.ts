import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { appendFile, open, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ReplacePort } from '../../../electron/engine/exports/replace-file.ts'
import { createFile, replaceFile } from '../../../electron/engine/exports/replace-file.ts'
import { flushFile, flushFolder } from '../../../electron/engine/flush-file.ts'
import { refusalOf } from '../../support/read-source.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const disk: ReplacePort = { create: createFile, flush: flushFile, rename, flushFolder }
const full = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))

function bench() {
  const folder = tempFolder()
  const target = join(folder, 'out.csv')
  writeFileSync(target, 'old')
  return { folder, target, shown: () => readFileSync(target, 'utf8') }
}

it.each(['create', 'flush', 'rename'] as const)(
  'a disk that fails at %s leaves the old file and nothing else, and the next export works',
  async (step) => {
    const { folder, target, shown } = bench()
    const write = (path: string) => writeFile(path, 'new')
    const failed = replaceFile(target, write, { ...disk, [step]: full })
    expect(await refusalOf(failed)).toBe('file/diskFull')
    expect(shown()).toBe('old')
    expect(readdirSync(folder)).toEqual(['out.csv'])
    await replaceFile(target, write)
    expect(shown()).toBe('new')
  },
)

it('a disk that fails in the middle of the bytes leaves the old file and nothing else', async () => {
  const { folder, target, shown } = bench()
  const half = async (path: string) => {
    await writeFile(path, 'ne')
    await full()
  }
  expect(await refusalOf(replaceFile(target, half))).toBe('file/diskFull')
  expect(shown()).toBe('old')
  expect(readdirSync(folder)).toEqual(['out.csv'])
})

it('a folder that cannot be flushed costs nothing: the file is whole and in its place', async () => {
  const { folder, target, shown } = bench()
  await replaceFile(target, (path) => writeFile(path, 'new'), { ...disk, flushFolder: full })
  expect(shown()).toBe('new')
  expect(readdirSync(folder)).toEqual(['out.csv'])
})

it('what is flushed and renamed is the whole file, in this order', async () => {
  const { target } = bench()
  const seen: string[] = []
  const told = (step: string, path: string) => seen.push(`${step} ${readFileSync(path, 'utf8')}`)
  await replaceFile(target, (path) => appendFile(path, 'new'), {
    create: createFile,
    flush: (path) => (told('flush', path), flushFile(path)),
    rename: (from, to) => (told('rename', from), rename(from, to)),
    flushFolder: (path) => (told('folder', target), flushFolder(path)),
  })
  expect(seen).toEqual(['flush new', 'rename new', 'folder new'])
})

it('a writer that outlives its engine finds nothing to fill once the file was cleared away', async () => {
  const { folder, target, shown } = bench()
  const late = replaceFile(target, async (path) => {
    rmSync(path)
    await (await open(path, 'r+')).close()
  })
  expect(await refusalOf(late)).toBe('file/notFound')
  expect(shown()).toBe('old')
  expect(readdirSync(folder)).toEqual(['out.csv'])
})
