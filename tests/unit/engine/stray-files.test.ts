import { existsSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { besideName, removeStrays } from '../../../electron/engine/stray-files.ts'
import { tempFolder } from '../../support/temp-folder.ts'

it('what a killed write left is removed by the next one; a write under way and other files are not touched', async () => {
  const target = join(tempFolder(), '月报.xlsx')
  const [old, young] = [besideName(target), besideName(target)]
  const others = [`${target}.bak`, besideName(`${target}x`)]
  for (const path of [old, young, ...others]) writeFileSync(path, 'x')
  const hourAgo = Date.now() / 1000 - 3600
  for (const path of [old, ...others]) utimesSync(path, hourAgo, hourAgo)
  await removeStrays(target)
  expect(existsSync(old)).toBe(false)
  expect([young, ...others].every((path) => existsSync(path))).toBe(true)
})
