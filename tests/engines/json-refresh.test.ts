import { expect, test } from 'vitest'
import { importInto } from '../support/open-workspace.ts'
import { refreshBench } from '../support/refresh-bench.ts'

const day = (rows: number): object[] => Array.from({ length: rows }, (_, n) => ({ a: n, b: 'x' }))

async function listed(content: object) {
  const bench = await refreshBench()
  const path = bench.file('d.json', JSON.stringify(content))
  const { dataset } = await importInto(bench.workspace, 'D', [path])
  return { ...bench, id: dataset.id }
}

const others = [
  [500, 'boom'],
  [501, 'bang'],
].map(([a, b]) => ({ a, b }))

test('the list of a JSON file that was read is read again, whatever lists came before it', async () => {
  const { file, refresh, cells, id } = await listed({ data: day(2) })
  file('d.json', JSON.stringify({ errors: others, data: day(3) }))
  expect(await refresh(id)).toMatchObject({ state: 'refreshed', dataset: { rows: 3 } })
  expect(await cells('select count(*)::integer from a.rows')).toEqual([[3]])
})

test('the only list of a file is the one that was there under another name', async () => {
  const { file, refresh, id } = await listed({ data: day(2) })
  file('d.json', JSON.stringify({ rows: day(4) }))
  expect(await refresh(id)).toMatchObject({ state: 'refreshed', dataset: { rows: 4 } })
  file('d.json', JSON.stringify(day(5)))
  expect(await refresh(id)).toMatchObject({ state: 'refreshed', dataset: { rows: 5 } })
  file('d.json', JSON.stringify({ errors: [{ code: 1 }] }))
  expect(await refresh(id)).toMatchObject({ state: 'question', question: { vanished: [{}, {}] } })
})
