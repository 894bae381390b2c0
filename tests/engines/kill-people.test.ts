import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { killOwner } from '../support/kill-import.ts'
import { killedAccounts, openPeopleAfterwards, twiceListed } from '../support/kill-people.ts'
import { openWorkspace } from '../support/open-workspace.ts'
import { tempFolder } from '../support/temp-folder.ts'

test.each([0, 250, 700])(
  'an owner killed %i ms into deciding and refreshing leaves people that are those decided',
  async (delay) => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'in'))
    const path = join(folder, 'in', 'members.csv')
    writeFileSync(path, twiceListed(0))
    const home = join(folder, 'w')
    await killOwner(home, [path], delay, 'people-process.ts')
    const left = await openPeopleAfterwards(home, folder)
    const half = killedAccounts / 2
    // Either everybody was apart or everybody was joined, and questions say what the decisions say.
    expect([half, killedAccounts]).toContain(left.persons)
    expect(left.counted).toBe(left.persons)
    expect(left.persons === half).toBe(left.accepted > 0)
    expect(left.strays).toEqual([])
    // What the dead owner wrote and nobody names is gone with the next opening.
    const workspace = await openWorkspace(home)
    expect(readdirSync(join(home, 'extracts')).toSorted()).toEqual(workspace.catalogue.files().toSorted()) // prettier-ignore
  },
)
