import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { jobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import { inspectParts } from '../../electron/engine/workspace/inspect-parts.ts'
import { startProcess } from '../support/job-process.ts'
import { makeFile, traces } from '../support/live-files.ts'
import { openWorkspace } from '../support/open-workspace.ts'
import { tempFolder } from '../support/temp-folder.ts'

const endless = (name: string): string => `create view ${name} as
  with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) as n from c;`

async function bench() {
  const folder = tempFolder()
  const workspace = await openWorkspace(join(tempFolder(), 'w'), {
    runJob: jobRunner(() => startProcess('job')),
  })
  const inspect = async (names: readonly string[], signal = new AbortController().signal) => {
    const files = names.map((name) => ({ id: name, path: join(folder, name), name }))
    const { parts, unreadable, empty } = await inspectParts(workspace, files, signal, {
      limitMs: 2000,
    })
    return { parts: parts.map(({ fileName, part }) => [fileName, part]), unreadable, empty }
  }
  return { folder, inspect }
}

test('a view without end is said so, and everything beside it is there', async () => {
  const { folder, inspect } = await bench()
  makeFile(join(folder, 'a.db'), 'create table one (x); insert into one values (1)')
  makeFile(
    join(folder, 'b.db'),
    `create table a (x); insert into a values (1); ${endless('b')} ${endless('c')}
     create table d (x); insert into d values (1); create table gone (x);
     create view e as select x from gone; drop table gone; create table f (x)`,
  )
  writeFileSync(join(folder, 'c.csv'), 'k,v\na,1\n')
  const before = traces(folder)
  expect(await inspect(['a.db', 'b.db', 'c.csv'])).toEqual({
    parts: [
      ['a.db', 'one'],
      ['b.db', 'a'],
      ['b.db', 'd'],
      ['c.csv', undefined],
    ],
    unreadable: [
      { fileName: 'b.db · b', code: 'dataset/tooSlow' },
      { fileName: 'b.db · c', code: 'dataset/tooSlow' },
      { fileName: 'b.db · e', code: 'dataset/unreadable', reason: 'brokenView' },
    ],
    empty: [{ fileName: 'b.db', part: 'f' }],
  })
  expect(traces(folder)).toEqual(before)
})

test('files without anything to read are told from files of which some was read', async () => {
  const { folder, inspect } = await bench()
  makeFile(join(folder, 'empty.db'), 'create table f (x)')
  makeFile(join(folder, 'held.db'), endless('v'))
  writeFileSync(join(folder, 'text.db'), 'no database'.repeat(200))
  expect(await inspect(['empty.db', 'held.db', 'text.db', 'missing.csv'])).toEqual({
    parts: [],
    unreadable: [
      { file: 'empty.db', fileName: 'empty.db', code: 'dataset/empty' },
      { fileName: 'held.db · v', code: 'dataset/tooSlow' },
      { file: 'text.db', fileName: 'text.db', code: 'dataset/unreadable', reason: 'notADatabase' },
      { file: 'missing.csv', fileName: 'missing.csv', code: 'file/notFound' },
    ],
    empty: [],
  })
})

test('sheets without a row are named beside those that have some', async () => {
  const { folder, inspect } = await bench()
  const book = new ExcelJS.Workbook()
  book.addWorksheet('销售').addRows([['shop', 'amount'], ['S01', 1.5]]) // prettier-ignore
  book.addWorksheet('空表')
  book.addWorksheet('表头').addRows([['shop', 'amount']])
  book.addWorksheet('藏', { state: 'hidden' })
  await book.xlsx.writeFile(join(folder, 'a.xlsx'))
  expect(await inspect(['a.xlsx'])).toEqual({
    parts: [
      ['a.xlsx', '销售'],
      ['a.xlsx', '表头'],
    ],
    unreadable: [],
    empty: [{ fileName: 'a.xlsx', part: '空表' }],
  })
})

test('looking into files can be withdrawn while a view holds it', async () => {
  const { folder, inspect } = await bench()
  makeFile(join(folder, 'held.db'), endless('v'))
  const abort = new AbortController()
  const looking = inspect(['held.db'], abort.signal)
  setTimeout(() => abort.abort(), 1000)
  await expect(looking).rejects.toMatchObject({ appError: { code: 'internal/cancelled' } })
})
