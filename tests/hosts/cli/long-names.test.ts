import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../../support/cli-run.ts'
import { tempFolder } from '../../support/temp-folder.ts'

test('files whose names are longer than a dataset may be called come in under their first letters, each its own', async () => {
  const folder = tempFolder()
  const files = ['一', '二'].map((last) => {
    const path = join(folder, `${'a'.repeat(200)}${last}.csv`)
    writeFileSync(path, `门店,额${last}\n上海,1\n`)
    return path
  })
  const json = join(folder, '会员.jsonl')
  writeFileSync(json, '{"会员号":"001"}\n不是\n{"会员号":"002"}\n')
  const args = ['import', ...files, json, '--workspace', join(folder, 'w')]
  const done = await runCli(join(folder, 'settings'), args)
  expect(done.code).toBe(0)
  expect(done.json()).toMatchObject({
    datasets: [
      { name: 'a'.repeat(120), rejected: 0 },
      { name: `${'a'.repeat(118)} 2`, rejected: 0 },
      { name: '会员', rejected: 1 },
    ],
  })
  expect(done.errors).toMatch(/row 2[^\n]*Not valid JSON/i)
}, 60_000)

test('a JSON file that cannot be read says the line and what is wrong', async () => {
  const folder = tempFolder()
  const path = join(folder, 'a.json')
  writeFileSync(path, '[{"a":1},\n{"a":2,"a":3}]')
  const done = await runCli(join(folder, 'settings'), ['import', path, '--workspace', join(folder, 'w')]) // prettier-ignore
  expect(done.code).toBe(3)
  expect(done.failure().message).toBe(
    'In line 2 one object has the name “a” twice, so nobody can tell which of the two values counts. Correct it, or export the file again. (name: a.json)',
  )
})
