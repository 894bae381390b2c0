import { join } from 'node:path'
import { expect, test } from 'vitest'
import { killOwner, openAfterwards, twoFiles } from '../support/kill-import.ts'
import { tempFolder } from '../support/temp-folder.ts'

test('an owner killed at twenty moments of its imports never loses or halves a dataset', async () => {
  const folder = tempFolder()
  const { paths, counts } = twoFiles(folder)
  const home = join(folder, 'w')
  let version = 0
  for (let turn = 0; turn < 20; turn++) {
    // Spread by the golden ratio over a second and a half: every phase of an import is met.
    await killOwner(home, paths, Math.round(((turn * 0.618) % 1) * 1500))
    const left = await openAfterwards(home, folder)
    expect(counts).toContain(left.rows)
    expect(left.stated).toBe(left.rows)
    expect(left.strays).toEqual([])
    expect(left.version).toBeGreaterThan(version)
    version = left.version
  }
})
