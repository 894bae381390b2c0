import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const program = join(import.meta.dirname, '../support/greedy-process.ts')

function greedy(capMb: number, takenMb: number) {
  const args = [program, String(capMb), String(takenMb)]
  const { stdout, signal } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { said: stdout.trim(), signal }
}

test('a process that takes more memory than it may is ended, though it never pauses', () => {
  expect(greedy(400, 1200).said).toBe('')
})

test('a process within its memory is left alone', () => {
  expect(greedy(1024, 400)).toEqual({ said: 'held 400', signal: null })
})
