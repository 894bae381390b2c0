import { expect, test } from 'vitest'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import type { OverlapChoice } from '../../shared/data/import-words.ts'
import { askFor, importInto } from '../support/open-workspace.ts'
import type { RefreshBench } from '../support/refresh-bench.ts'
import { refreshBench } from '../support/refresh-bench.ts'

const head = '单号,日期,门店,商品,金额\n'
const pad = (n: number): string => String(n).padStart(2, '0')

/** Receipts of a month, two lines each; `more` is added to every amount. */
const month = (name: number, receipts: number, more = 0, from = 1): string =>
  Array.from({ length: receipts }, (_, i) => from + i)
    .flatMap((n) =>
      ['茶', '杯'].map(
        (item, line) =>
          `R${name}${pad(n)},2025-${pad(name)}-${pad(n)},徐汇,${item},${n + line * 100 + more}\n`,
      ),
    )
    .join('')

/** The sum `month` writes. */
const sumOf = (receipts: number, more = 0, from = 1): number => {
  let sum = 0
  for (let n = from; n < from + receipts; n++) sum += n + more + (n + 100 + more)
  return sum
}

const amountOf = async ({ workspace, cells }: RefreshBench): Promise<unknown> => {
  const at = workspace.catalogue.datasetNamed('D')?.fields.findIndex(({ name }) => name === '金额')
  return (await cells(`select sum(c${at})::double from a.rows`))[0]?.[0]
}

const overlapOf = (overlap: OverlapChoice) => ({ overlap })

async function growing(jan = month(1, 20), feb = month(2, 20), names = head) {
  const bench = await refreshBench()
  const paths = [bench.file('2025-01.csv', names + jan), bench.file('2025-02.csv', names + feb)]
  const { dataset } = await importInto(bench.workspace, 'D', paths, { growing: true })
  return { ...bench, id: dataset.id }
}

test('a corrected month is told before it counts twice, and the old data stays', async () => {
  const bench = await growing()
  bench.file('2025-02修正.csv', head + month(2, 20, 1) + month(2, 5, 0, 21))
  expect(await bench.refresh(bench.id)).toMatchObject({
    state: 'failed',
    error: {
      code: 'dataset/overlap',
      details: {
        ...{ reason: 'receipts', file: '2025-02修正.csv', other: '2025-02.csv' },
        ...{ restated: 20, same: 0, fresh: 5, of: 25, from: '2025-02-01', to: '2025-02-20' },
      },
    },
  })
  expect(await amountOf(bench)).toBe(sumOf(20) + sumOf(20))
})

test.each([
  ['replace', 90, sumOf(20) + sumOf(20, 1) + sumOf(5, 0, 21), 'replacedRows'],
  ['skip', 90, sumOf(20) + sumOf(25), 'unheededRows'],
  ['keep', 130, sumOf(20) + sumOf(20) + sumOf(20, 1) + sumOf(5, 0, 21), 'restatedRows'],
] as const)(
  '%s: the figures that count are those that were said',
  async (choice, rows, sum, code) => {
    const bench = await growing()
    bench.file('2025-02修正.csv', head + month(2, 20, 1) + month(2, 5, 0, 21))
    const done = await bench.refresh(bench.id, overlapOf(choice))
    expect(done).toMatchObject({
    state: 'refreshed',
    dataset: { rows, warnings: [{ code, examples: [expect.stringContaining('2025-02修正.csv / 2025-02.csv')] }] },
  }) // prettier-ignore
    expect(await amountOf(bench)).toBe(sum)
    const stored = bench.workspace.catalogue.dataset(bench.id)
    expect(stored?.sources.reduce((total, source) => total + source.rows, 0)).toBe(rows)
    // Nobody said anything about rows that are equal.
    expect(stored).toMatchObject({ overlap: 'ask', restated: choice })
  },
)

test('a file that repeats receipts and restates a few replaces these and counts the others once', async () => {
  const bench = await growing()
  bench.file('2025-02修正.csv', head + month(2, 19) + month(2, 1, 7, 20))
  expect(await bench.refresh(bench.id)).toMatchObject({
    error: { details: { reason: 'receipts', restated: 1, same: 19, fresh: 0, of: 20 } },
  })
  await bench.refresh(bench.id, overlapOf('replace'))
  expect(bench.workspace.catalogue.dataset(bench.id)?.rows).toBe(80)
  expect(await amountOf(bench)).toBe(sumOf(20) + sumOf(19) + sumOf(1, 7, 20))
})

test('a line the correction no longer has is gone with its receipt', async () => {
  const bench = await growing()
  const lines = month(2, 20, 1).split('\n')
  const without = lines.filter((line) => !line.startsWith('R201,') || !line.includes('杯'))
  bench.file('2025-02修正.csv', head + without.join('\n'))
  await bench.refresh(bench.id, overlapOf('replace'))
  expect(await amountOf(bench)).toBe(sumOf(20) + sumOf(20, 1) - 102)
})

test('a line taken out of a receipt is gone though no other figure differs', async () => {
  const names = '单号,日期,商品,金额\n'
  const [shoes, coat, hat] = ['A1,2025-01-05,鞋,10\n', 'A1,2025-01-05,衣,5\n', 'A2,2025-01-05,帽,7\n'] // prettier-ignore
  const bench = await refreshBench()
  const paths = [bench.file('1.csv', `${names}${shoes}${coat}${hat}`)]
  const { dataset } = await importInto(bench.workspace, 'D', paths, { growing: true })
  bench.file('2.csv', `${names}${shoes}${hat}`)
  expect(await bench.refresh(dataset.id)).toMatchObject({
    error: { details: { reason: 'receipts', restated: 1, same: 1 } },
  })
  await bench.refresh(dataset.id, overlapOf('replace'))
  expect(await amountOf(bench)).toBe(17)
})

test('an export that begins and ends amid receipts takes no lines out of them', async () => {
  const bench = await growing()
  const lines = month(2, 20).trimEnd().split('\n')
  bench.file('b.csv', `${head}${lines.slice(1, 39).join('\n')}\n`)
  expect(await bench.refresh(bench.id)).toMatchObject({ error: { details: { reason: 'rows' } } })
  await bench.refresh(bench.id, overlapOf('replace'))
  expect(await amountOf(bench)).toBe(sumOf(20) + sumOf(20))
})

test('the correction stays ahead of the month it corrects when that is read again', async () => {
  const bench = await growing()
  bench.file('2025-02修正.csv', head + month(2, 20, 1))
  await bench.refresh(bench.id, overlapOf('replace'))
  bench.file('2025-02.csv', head + month(2, 20, 5) + month(2, 2, 0, 21))
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed', read: ['2025-02.csv'] })
  expect(await amountOf(bench)).toBe(sumOf(20) + sumOf(20, 1) + sumOf(2, 0, 21))
  bench.file('2025-02.csv', head + month(2, 20, 6))
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed' })
  expect(await amountOf(bench)).toBe(sumOf(20) + sumOf(20, 1))
})

test('an answer about equal rows is none about restated ones', async () => {
  const bench = await growing()
  bench.file('b.csv', head + month(2, 20) + month(2, 3, 0, 21))
  expect(await bench.refresh(bench.id)).toMatchObject({ error: { details: { reason: 'rows' } } })
  expect(await bench.refresh(bench.id, overlapOf('skip'))).toMatchObject({ state: 'refreshed' })
  bench.file('c.csv', head + month(2, 23, 9))
  expect(await bench.refresh(bench.id)).toMatchObject({
    error: { details: { reason: 'receipts' } },
  })
})

test('the same receipt numbers on other days or in another shop are other receipts', async () => {
  const bench = await growing()
  bench.file('浦东.csv', head + month(2, 20, 1).replaceAll('徐汇', '浦东'))
  bench.file('2025-03.csv', head + month(3, 20, 1).replaceAll('R3', 'R2'))
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed', dataset: { rows: 160, warnings: [] } }) // prettier-ignore
})

test('one receipt cut in two by an export in pieces is no correction', async () => {
  const bench = await refreshBench()
  const lines = month(1, 28).trimEnd().split('\n')
  const [first, second] = [lines.slice(0, 27), lines.slice(27)].map((part) => `${head}${part.join('\n')}\n`) // prettier-ignore
  const paths = [bench.file('a.csv', first ?? ''), bench.file('b.csv', second ?? '')]
  const { dataset } = await importInto(bench.workspace, 'D', paths)
  expect(dataset).toMatchObject({ rows: 56, warnings: [] })
})

const daily = (from: number, to: number, more: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)
    .flatMap((day) => ['A', 'B', 'C'].map((shop) => `${shop},2025-01-${pad(day)},${day * 10 + more}.5\n`))
    .join('') // prettier-ignore

test('a summary without numbers of its own is known by its days and names', async () => {
  const names = '门店,日期,金额\n'
  const bench = await refreshBench()
  const paths = [bench.file('a.csv', names + daily(1, 28, 0)), bench.file('b.csv', names + daily(20, 31, 1))] // prettier-ignore
  const ask = askFor('D', paths)
  await expect(importDatasets(bench.workspace, [ask])).rejects.toMatchObject({
    appError: {
      code: 'dataset/overlap',
      details: { reason: 'summary', restated: 27, same: 0, fresh: 9, of: 36, from: '2025-01-20' },
    },
  })
  const order = { ...ask.order, overlap: 'replace' as const }
  const [made] = await importDatasets(bench.workspace, [{ ...ask, order }])
  expect(made?.dataset.rows).toBe(93)
  const expected = [...Array.from({ length: 19 }, (_, i) => (i + 1) * 10), ...Array.from({ length: 12 }, (_, i) => (i + 20) * 10 + 1)] // prettier-ignore
  expect(await amountOf(bench)).toBe(3 * expected.reduce((sum, one) => sum + one + 0.5, 0))
})

test('a summary that says the same days again, to the cent, counts once or not at all', async () => {
  const names = '门店,日期,金额\n'
  const bench = await refreshBench()
  const { dataset } = await importInto(bench.workspace, 'D', [bench.file('1周.csv', names + daily(1, 7, 0))], { growing: true }) // prettier-ignore
  bench.file('2周.csv', names + daily(1, 14, 0))
  expect(await bench.refresh(dataset.id)).toMatchObject({
    state: 'failed',
    error: { code: 'dataset/overlap', details: { reason: 'rows', rows: 21, to: '2025-01-07' } },
  })
  const skipped = await bench.refresh(dataset.id, overlapOf('skip'))
  expect(skipped).toMatchObject({ state: 'refreshed', dataset: { rows: 42 } })
})

test('sales without a number, several a day, are no summary', async () => {
  const names = '门店,日期,金额\n'
  const bench = await growing(daily(1, 20, 0) + daily(1, 20, 3), daily(1, 20, 7) + daily(1, 20, 8), names) // prettier-ignore
  expect(bench.workspace.catalogue.dataset(bench.id)).toMatchObject({ rows: 240, warnings: [] })
})
