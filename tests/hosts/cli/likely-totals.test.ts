import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCli } from '../../support/cli-run.ts'
import { tempFolder } from '../../support/temp-folder.ts'

it('tells rows that look like totals and do not add up, and leaves them out where asked', async () => {
  const folder = tempFolder()
  const path = join(folder, '手填.csv')
  writeFileSync(path, '区域,门店,金额\n上海,徐汇,100\n上海,浦东,200\n小计,,150\n')
  const ask = ['import', path, '--workspace', join(folder, 'space'), '--as-found']
  const run = (args: readonly string[]) => runCli(join(folder, 'settings'), args)
  const told = { code: 'likelyTotals', count: 1, examples: ['小计 (4)'] }
  expect((await run(ask)).json()).toMatchObject({ datasets: [{ rows: 3, warnings: [told] }] })
  const again = await run([...ask, '--mode', 'replace', '--totals-by-word'])
  expect(again.json()).toMatchObject({
    datasets: [{ rows: 2, warnings: [{ code: 'leftOutRows', examples: ['小计 (4)'] }] }],
  })
}, 180_000)
