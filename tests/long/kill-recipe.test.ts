import { join } from 'node:path'
import { expect, test } from 'vitest'
import { killOwner, openAfterwards, twoFiles } from '../support/kill-import.ts'
import { tempFolder } from '../support/temp-folder.ts'

test('an owner killed at twenty moments of changing a recipe leaves the old rows or the new ones', async () => {
  const folder = tempFolder()
  const { paths, counts } = twoFiles(folder)
  const [path = ''] = paths
  const [all = 0] = counts
  // Receipts of shops 0 to 5 out of 0 to 11, in turn.
  const half = Array.from({ length: all }, (_, i) => i % 12).filter((shop) => shop <= 5).length
  const home = join(folder, 'w')
  for (let turn = 0; turn < 20; turn++) {
    // Spread by the golden ratio over a second and a half: every phase of a change is met.
    const delay = Math.round(((turn * 0.618) % 1) * 1500)
    await killOwner(home, [path], delay, 'recipe-process.ts')
    const left = await openAfterwards(home, folder)
    expect([half, all]).toContain(left.rows)
    expect(left.stated).toBe(left.rows)
    expect(left.strays).toEqual([])
  }
})
