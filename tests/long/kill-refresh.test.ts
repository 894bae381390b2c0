import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { killOwner, openAfterwards, twoFiles } from '../support/kill-import.ts'
import { tempFolder } from '../support/temp-folder.ts'

test('an owner killed at twenty moments of refreshing and going back leaves a whole version each time', async () => {
  const folder = tempFolder()
  const { paths, counts } = twoFiles(folder)
  const watched = join(folder, 'month.csv')
  const home = join(folder, 'w')
  for (let turn = 0; turn < 20; turn++) {
    copyFileSync(paths[turn % 2] ?? '', watched)
    // Spread by the golden ratio over a second and a half: every phase of a refresh is met.
    const delay = Math.round(((turn * 0.618) % 1) * 1500)
    await killOwner(home, [watched, ...paths], delay, 'refresh-process.ts')
    const left = await openAfterwards(home, folder)
    expect(counts).toContain(left.rows)
    expect(left.stated).toBe(left.rows)
    expect(left.strays).toEqual([])
  }
})
