import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of the test's own (its name has a space and Chinese characters), removed when the test ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'storeboard 测试-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
