import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../../support/cli-run.ts'
import { head, shopLines, webLines } from '../../support/people-bench.ts'
import { tempFolder } from '../../support/temp-folder.ts'

function bench() {
  const folder = tempFolder()
  const file = (name: string, lines: readonly string[]): string => {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
    return join(folder, name)
  }
  return {
    file,
    run: (...args: string[]) =>
      runCli(join(folder, 'settings'), [...args, '--workspace', join(folder, 'space')]),
  }
}

test('duplicates are found, listed masked, decided, counted and undone, and again after a refresh', async () => {
  const { file, run } = bench()
  await run('import', file('shop.csv', [head, ...shopLines]), file('web.csv', [head, ...webLines]))
  const found = await run('duplicates', 'find', 'shop', '--with', 'web', '--locale', 'en')
  expect(found.json()).toMatchObject({
    name: 'shop',
    lists: [{ name: 'shop', key: '会员号', fields: { phone: '手机号' } }, { name: 'web' }],
    fields: { person: 'Person' },
    counts: { open: 3, accounts: 7, persons: 7 },
  })
  const listed = await run('duplicates', 'list', 'shop')
  const { pairs } = listed.json() as { pairs: { id: number; percent: number; reasons: string[] }[] }
  expect(pairs).toHaveLength(3)
  expect(pairs[0]?.reasons).toContain('birthday: swapped (for)')
  expect(JSON.stringify(pairs)).not.toContain('王小明')
  expect(JSON.stringify(pairs)).not.toContain('1380000')
  const full = await run('duplicates', 'list', 'shop', '--personal', 'full', '--limit', '1')
  expect(JSON.stringify(full.json())).toContain('王小明')
  const accepted = await run('duplicates', 'accept', 'shop', String(pairs[1]?.id))
  expect(accepted.json()).toMatchObject({ done: [pairs[1]?.id], conflicts: [], counts: { persons: 6 } }) // prettier-ignore
  const query = file('q.json', [JSON.stringify({ dataset: 'shop', measures: [{ field: '会员号', aggregate: 'countDistinct' }, { field: 'Person', aggregate: 'countDistinct' }] })]) // prettier-ignore
  expect(JSON.stringify((await run('query', '--query', query)).json())).toMatch(/5[^\d]+4/)
  const names = file('n.json', [JSON.stringify({ dataset: 'shop', rows: [{ field: 'Person: name' }, { field: 'Person: phone' }], measures: [{ aggregate: 'count' }] })]) // prettier-ignore
  const shown = JSON.stringify((await run('query', '--query', names)).json())
  expect(shown).toContain('王**')
  expect(shown).not.toMatch(/王小明|13800001111/)
  file('web.csv', [head, ...webLines, 'O9,陈静,13600004444,1979-01-02,女,2025-01-01'])
  await run('refresh')
  const again = await run('duplicates', 'find', 'shop', '--accept-over', '99')
  expect(again.json()).toMatchObject({ counts: { accepted: 4, unasked: 3, persons: 5 } })
  const people = await run('duplicates', 'people', 'shop')
  expect(people.json()).toMatchObject({ total: 2, people: [{ unasked: true }, { unasked: false }] })
  const undone = await run('duplicates', 'undo', 'shop', '--account', 'S2')
  expect(undone.json()).toMatchObject({ counts: { accepted: 1, persons: 7 } })
  await run('duplicates', 'remove', 'shop')
  expect((await run('duplicates', 'list', 'shop')).failure()).toMatchObject({ code: 'people/notFound' }) // prettier-ignore
})

test('what is wrong is said before anything is done', async () => {
  const { file, run } = bench()
  await run('import', file('shop.csv', [head, ...shopLines]))
  expect((await run('duplicates', 'seek', 'shop')).code).toBe(2)
  expect((await run('duplicates', 'find', 'shop', '--accept-over', '20')).code).toBe(2)
  expect((await run('duplicates', 'accept', 'shop')).code).toBe(2)
  expect((await run('duplicates', 'find', 'shop', '--map', 'phone=Nowhere')).failure()).toMatchObject({ code: 'dataset/fieldMissing' }) // prettier-ignore
  const none = await run('duplicates', 'find', 'shop', '--map', 'phone=', '--map', 'name=', '--map', 'birthday=') // prettier-ignore
  expect(none.failure()).toMatchObject({ code: 'people/nothingToCompare' })
})
