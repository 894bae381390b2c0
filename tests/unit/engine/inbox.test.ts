import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFileBrowser } from '../../../electron/engine/file-browser.ts'
import { createFileRegistry } from '../../../electron/engine/file-registry.ts'
import { createInbox, inboxLimits } from '../../../electron/engine/inbox.ts'
import { sweepInbox } from '../../../electron/engine/inbox-sweep.ts'
import { tempFolder } from '../../support/temp-folder.ts'

it('files whose pages went away leave room for others, and nothing of them is left at the end', async () => {
  const folder = tempFolder()
  const inbox = createInbox(() => folder, createFileRegistry())
  const begin = async (): Promise<string> => {
    const begun = await inbox.begin('a.csv', 2)
    if (!begun.ok) throw new Error(begun.error.code)
    return begun.value.id
  }
  const first = await begin()
  const second = await begin()
  for (let n = 2; n < inboxLimits.open; n++) await begin()
  const bytes = new Uint8Array([97])
  expect((await inbox.chunk(first, bytes)).ok).toBe(true)
  const last = await begin()
  expect(await inbox.chunk(second, bytes)).toMatchObject({ error: { code: 'file/notFound' } })
  expect((await inbox.chunk(first, bytes)).ok).toBe(true)
  expect((await inbox.finish(first)).ok).toBe(true)
  expect((await inbox.chunk(last, bytes)).ok).toBe(true)
  await inbox.close()
  expect(readdirSync(folder).sort()).toEqual([first, `${first}.unused`])
})

it('what a killed process left half arrived is swept later; whole copies and files on their way stay', async () => {
  const folder = tempFolder()
  const inbox = createInbox(() => folder, createFileRegistry())
  const begin = async (): Promise<string> => {
    const begun = await inbox.begin('a.csv', 1)
    if (!begun.ok) throw new Error(begun.error.code)
    expect((await inbox.chunk(begun.value.id, new Uint8Array([97]))).ok).toBe(true)
    return begun.value.id
  }
  const [left, whole] = [await begin(), await begin()]
  expect((await inbox.finish(whole)).ok).toBe(true)
  const minutes = (count: number): Date => new Date(Date.now() + count * 60_000)
  await sweepInbox(folder, minutes(50))
  expect(readdirSync(folder)).toEqual(expect.arrayContaining([left, whole]))
  await sweepInbox(folder, minutes(70))
  expect(readdirSync(folder).sort()).toEqual([whole, `${whole}.unused`])
  expect(readdirSync(join(folder, whole))).toEqual(['a.csv'])
  await sweepInbox(join(folder, 'none'), minutes(70))
})

it('a copy nothing came of goes after a week; one a dataset came from stays', async () => {
  const folder = tempFolder()
  const files = createFileRegistry()
  const inbox = createInbox(() => folder, files)
  const arrive = async (): Promise<string> => {
    const begun = await inbox.begin('a.csv', 0)
    if (!begun.ok) throw new Error(begun.error.code)
    const finished = await inbox.finish(begun.value.id)
    if (!finished.ok) throw new Error(finished.error.code)
    return files.pathOf(finished.value.file.id) ?? ''
  }
  const [unused, used] = [await arrive(), await arrive()]
  await inbox.keep([used, join(folder, 'elsewhere.csv'), '/somewhere/else/a.csv'])
  const days = (count: number): Date => new Date(Date.now() + count * 24 * 60 * 60_000)
  await sweepInbox(folder, days(6))
  expect([unused, used].map((path) => existsSync(path))).toEqual([true, true])
  await sweepInbox(folder, days(8))
  expect([unused, used].map((path) => existsSync(path))).toEqual([false, true])
  expect(readdirSync(folder)).toHaveLength(1)
})

it('a folder nobody may write to is denied, not full', async () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'inbox'), '')
  const inbox = createInbox(() => join(folder, 'inbox'), createFileRegistry())
  expect(await inbox.begin('a.csv', 1)).toMatchObject({ error: { code: 'file/denied' } })
})

it('a folder with thousands of other files shows the one that is looked for', async () => {
  const folder = tempFolder()
  for (let n = 0; n < 5100; n++) writeFileSync(join(folder, `a${n}.log`), '')
  writeFileSync(join(folder, 'zz.csv'), 'a\n1\n')
  const asked: string[] = []
  const browser = createFileBrowser({
    files: createFileRegistry(),
    roots: () => Promise.resolve([{ name: 'Home', path: folder }]),
    show: ({ askId }) => asked.push(askId),
  })
  const chosen = browser.open({ purpose: 'data', multiple: false })
  const places = await browser.list(asked[0]!, null)
  const home = places.ok ? places.value.entries[0]!.id : ''
  const listed = await browser.list(asked[0]!, home)
  expect(listed.ok && listed.value.entries.map(({ name }) => name)).toEqual(['zz.csv'])
  browser.answer(asked[0]!, { entries: [] })
  expect(await chosen).toEqual([])
})
