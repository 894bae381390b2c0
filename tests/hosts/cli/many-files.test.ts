import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCli } from '../../support/cli-run.ts'
import { tempFolder } from '../../support/temp-folder.ts'

function dailyFiles(folder: string, count: number): void {
  mkdirSync(folder)
  for (let day = 0; day < count; day++) {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)
    writeFileSync(join(folder, `${date}.csv`), `日期,门店,金额\n${date},徐汇,${day}\n`)
  }
}

it('reads a year of daily files of one folder into one dataset', async () => {
  const home = tempFolder()
  const folder = join(home, '日')
  dailyFiles(folder, 366)
  const ask = ['import', folder, '--into', '账', '--workspace', join(home, 'space')]
  const done = await runCli(join(home, 'settings'), ask)
  expect(done.code).toBe(0)
  expect(done.json()).toMatchObject({ datasets: [{ name: '账', rows: 366 }] })
}, 180_000)

it('refuses more files than can be read at once, with their limit', async () => {
  const home = tempFolder()
  const folder = join(home, '日')
  dailyFiles(folder, 2001)
  const ask = ['import', folder, '--into', '账', '--workspace', join(home, 'space')]
  const done = await runCli(join(home, 'settings'), ask)
  expect(done.code).toBe(3)
  expect(done.failure()).toMatchObject({ code: 'dataset/overLimit', details: { limit: 2000 } })
}, 180_000)
