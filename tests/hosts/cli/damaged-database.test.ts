import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { runCli } from '../../support/cli-run.ts'
import { tempFolder } from '../../support/temp-folder.ts'

it('brings in the sound tables of a damaged database, and ends with what is wrong with the others', async () => {
  const folder = tempFolder()
  const workspace = join(folder, 'space')
  const run = (args: readonly string[]) => runCli(join(folder, 'settings'), args)
  const path = join(folder, 'shop.sqlite')
  const database = new Database(path)
  database.exec(`create table members (no text); insert into members values ('001');
    create table sales (amount real); insert into sales values (1.5), (2.5);`)
  database.close()
  const bytes = readFileSync(path)
  const page = bytes.readUInt16BE(16)
  // The root of the first table.
  writeFileSync(path, bytes.fill(0xff, page, 2 * page))
  const half = await run(['import', path, '--workspace', workspace])
  expect([half.code, half.json()]).toMatchObject([3, { datasets: [{ name: 'sales', rows: 2 }] }])
  expect(half.failure()).toMatchObject({
    code: 'dataset/unreadable',
    details: { reason: 'damaged', notRead: ['shop.sqlite · members'] },
  })
  const listed = await run(['datasets', '--workspace', workspace])
  expect(listed.json()).toMatchObject({ datasets: [{ name: 'sales', rows: 2 }] })
  const asked = ['--table', 'sales', '--mode', 'replace', '--workspace', workspace]
  expect((await run(['import', path, ...asked])).code).toBe(0)
}, 120_000)
