import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { killOwner } from '../support/kill-import.ts'
import { killedAccounts, openPeopleAfterwards, twiceListed } from '../support/kill-people.ts'
import { randomMoments } from '../support/random-moments.ts'
import { tempFolder } from '../support/temp-folder.ts'

test('an owner killed at twenty moments of deciding and refreshing leaves people that are those decided', async () => {
  const folder = tempFolder()
  mkdirSync(join(folder, 'in'))
  const path = join(folder, 'in', 'members.csv')
  writeFileSync(path, twiceListed(0))
  const home = join(folder, 'w')
  for (const delay of randomMoments('people', 20, 3000)) {
    await killOwner(home, [path], delay, 'people-process.ts')
    const left = await openPeopleAfterwards(home, folder)
    expect([killedAccounts / 2, killedAccounts]).toContain(left.persons)
    expect(left.counted).toBe(left.persons)
    expect(left.persons < killedAccounts).toBe(left.accepted > 0)
    expect(left.strays).toEqual([])
  }
})
