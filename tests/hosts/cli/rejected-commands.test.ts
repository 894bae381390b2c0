import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../../support/cli-run.ts'
import { tempFolder } from '../../support/temp-folder.ts'

function bench() {
  const folder = tempFolder()
  return {
    file: (name: string, text: string): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    },
    run: (...args: string[]) =>
      runCli(join(folder, 'settings'), [...args, '--workspace', join(folder, 'space')]),
  }
}

test('rejected lines are listed with personal values masked, mended from a file and taken back', async () => {
  const { file, run } = bench()
  await run(
    'import',
    file('sales.csv', 'shop,phone,amount\nA,13812345678,1.5\nB,13912345678\nnote\n'),
  )
  expect((await run('rejected', 'sales')).json()).toEqual({
    ...{ name: 'sales', total: 2, kept: 2 },
    sources: [{ source: 0, name: 'sales.csv', columns: ['shop', 'phone', 'amount'] }],
    rows: [
      { source: 0, row: 3, reason: 'fieldCount', line: 'B,139****5678' },
      { source: 0, row: 4, reason: 'fieldCount', line: 'note' },
    ],
  })
  const full = await run('rejected', 'sales', '--personal', 'full')
  expect(full.json()).toMatchObject({ rows: [{ line: 'B,13912345678' }, { line: 'note' }] })
  const fixes = [
    { source: 0, row: 3, text: 'B,13912345678,2.5' },
    { source: 0, row: 4, text: null },
    { source: 0, row: 9, text: 'C,1,1' },
  ]
  const mended = await run('rejected', 'sales', '--mend', file('fixes.json', JSON.stringify(fixes)))
  expect(mended.json()).toEqual({
    ...{ name: 'sales', version: 2, rows: 2, rejected: 0, joined: 1, dropped: 1 },
    still: [{ source: 0, row: 9, reason: 'gone' }],
  })
  expect((await run('rollback', 'sales')).json()).toMatchObject({ version: 1, rows: 1 })
  expect((await run('rejected', 'sales')).json()).toMatchObject({ total: 2, kept: 2 })
})

test('a file of corrections that is none is wrong usage', async () => {
  const { file, run } = bench()
  await run('import', file('sales.csv', 'shop,amount\nA,1.5\nbad\n'))
  const done = await run('rejected', 'sales', '--mend', file('fixes.json', '{"row": 3}'))
  expect(done.code).toBe(2)
})
