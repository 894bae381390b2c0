import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '../support/temp-folder.ts'

const program = join(import.meta.dirname, '../support/export-writer-process.ts')
const kinds = ['csv', 'table', 'styled', 'filled', 'whole'] as const

function bench() {
  const folder = tempFolder()
  const out = join(folder, '导出')
  mkdirSync(out)
  const styled = join(folder, 'styled.xlsx')
  execFileSync(process.execPath, [program, 'prepare', styled])
  const target = join(out, 'report')
  writeFileSync(target, 'what was there')
  /** `blocks` of 512 bytes are all a file may have: the next byte is refused, as by a disk that is full. */
  const write = (kind: string, blocks: number | 'unlimited', to = target) => {
    const line = `ulimit -f ${blocks}; exec "$0" "$@"`
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', line, process.execPath, program, kind, to, styled],
      { encoding: 'utf8' },
    )
    return stdout.trim() === '' ? stderr : stdout.trim()
  }
  return { folder, out, target, write }
}

describe.skipIf(process.platform === 'win32')('a disk that takes no more bytes', () => {
  it.each(kinds)('leaves the old file and nothing else, and is named: %s', (kind) => {
    const { out, target, write } = bench()
    for (const blocks of [0, 1, 64, 200]) {
      expect([blocks, write(kind, blocks)]).toEqual([blocks, 'file/diskFull'])
      expect(readFileSync(target, 'utf8')).toBe('what was there')
      expect(readdirSync(out)).toEqual(['report'])
    }
    expect(write(kind, 'unlimited')).toBe('written')
    expect(readdirSync(out)).toEqual(['report'])
    expect(readFileSync(target).length).toBeGreaterThan(100_000)
  })

  it.each(kinds)('a folder that is gone is named as well: %s', (kind) => {
    const { folder, write } = bench()
    expect(write(kind, 'unlimited', join(folder, 'gone', 'report'))).toBe('file/notFound')
    expect(readdirSync(folder).sort()).toEqual(['styled.xlsx', '导出'])
  })

  it.each(kinds)('something else that stands in the place stays there: %s', (kind) => {
    const { out, write } = bench()
    mkdirSync(join(out, 'folder'))
    expect(write(kind, 'unlimited', join(out, 'folder'))).toBe('file/denied')
    expect(readdirSync(out).sort()).toEqual(['folder', 'report'])
  })
})
