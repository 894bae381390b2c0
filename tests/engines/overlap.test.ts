import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { OverlapChoice } from '../../shared/data/import-words.ts'
import type { AppErrorException } from '../../shared/errors.ts'
import { errorSentence } from '../../shared/text/error-sentence.ts'
import { textIn } from '../../shared/text/messages.ts'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import { refreshDatasets } from '../../electron/engine/workspace/refresh/refresh-datasets.ts'
import type { Workspace } from '../../electron/engine/workspace/workspace.ts'
import { askExtract } from '../support/import-files.ts'
import { askFor, openWorkspace } from '../support/open-workspace.ts'
import { tempFolder } from '../support/temp-folder.ts'

const head = 'receipt,day,shop,amount\n'
const line = (receipt: number, day: number, amount: number): string =>
  `R${String(receipt).padStart(6, '0')},2025-03-${String(day).padStart(2, '0')},Nanjing,${amount}.50\n`
const days = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => line(from + i, from + i, from + i)).join('')

/** Sum of day numbers from .. to, each with its half. */
const sumOfDays = (from: number, to: number): number =>
  ((from + to) * (to - from + 1)) / 2 + (to - from + 1) / 2

interface Bench {
  readonly workspace: Workspace
  readonly folder: string
  readonly file: (name: string, content: string) => string
  readonly bringIn: (
    paths: readonly string[],
    more?: { overlap?: OverlapChoice; mode?: 'append' | 'fail'; growing?: boolean },
  ) => ReturnType<typeof importDatasets>
  readonly sum: () => Promise<unknown>
}

async function bench(): Promise<Bench> {
  const folder = tempFolder()
  mkdirSync(join(folder, 'files'))
  const workspace = await openWorkspace(join(folder, 'w'))
  return {
    ...{ workspace, folder },
    file: (name, content) => {
      const path = join(folder, 'files', name)
      writeFileSync(path, content)
      return path
    },
    bringIn: (paths, more = {}) => {
      const ask = askFor('D', paths)
      return importDatasets(workspace, [{ ...ask, order: { ...ask.order, ...more } }])
    },
    sum: async () => {
      const { file, fields } = workspace.catalogue.datasetNamed('D') ?? {}
      const at = fields?.findIndex(({ name }) => name === 'amount')
      const path = workspace.extractPath(file ?? '')
      return (await askExtract(path, folder, `select sum(c${at})::double from a.rows`))[0]?.[0]
    },
  }
}

test('a file that repeats days of another is refused with what would count twice, and nothing changes', async () => {
  const { workspace, file, bringIn, sum } = await bench()
  await bringIn([file('early.csv', head + days(1, 20))])
  const late = file('late.csv', head + days(16, 31))
  const refused = bringIn([late], { mode: 'append' })
  await expect(refused).rejects.toMatchObject({
    appError: {
      code: 'dataset/overlap',
      details: {
        file: 'late.csv',
        other: 'early.csv',
        rows: 5,
        from: '2025-03-16',
        to: '2025-03-20',
      },
    },
  })
  expect(workspace.catalogue.datasetNamed('D')?.rows).toBe(20)
  expect(await sum()).toBe(sumOfDays(1, 20))
})

test('the repeated rows are left out, or counted again, as was said; either is remarked', async () => {
  const { workspace, file, bringIn, sum } = await bench()
  const paths = [file('early.csv', head + days(1, 20)), file('late.csv', head + days(16, 31))]
  const [skipped] = await bringIn(paths, { overlap: 'skip' })
  expect(await sum()).toBe(sumOfDays(1, 31))
  expect(skipped?.dataset).toMatchObject({
    rows: 31,
    sources: [
      { name: 'early.csv', rows: 20 },
      { name: 'late.csv', rows: 11 },
    ],
    warnings: [
      {
        code: 'skippedRows',
        count: 5,
        examples: ['late.csv / early.csv (2025-03-16 – 2025-03-20)'],
      },
    ],
  })
  const other = await bench()
  const again = ['early.csv', 'late.csv'].map((name, i) =>
    other.file(name, head + (i === 0 ? days(1, 20) : days(16, 31))),
  )
  const [kept] = await other.bringIn(again, { overlap: 'keep' })
  expect(await other.sum()).toBe(sumOfDays(1, 31) + sumOfDays(16, 20))
  expect(kept?.dataset.warnings).toMatchObject([{ code: 'overlappingRows', count: 5 }])
  expect(workspace.catalogue.datasetNamed('D')?.overlap).toBe('skip')
})

test('two equal lines of one file are two sales: only as many are left out as the other file has', async () => {
  const { file, bringIn, sum } = await bench()
  const twice = line(7, 7, 7)
  const first = file('a.csv', head + days(1, 6) + twice)
  const second = file('b.csv', head + twice + twice + twice + days(8, 9))
  const [made] = await bringIn([first, second], { overlap: 'skip' })
  expect(made?.dataset.rows).toBe(11)
  expect(await sum()).toBe(sumOfDays(1, 9) + 2 * 7.5)
})

test('days that overlap without an equal row are no question: another shop sells on them too', async () => {
  const { file, bringIn } = await bench()
  const north = file('a.csv', head + days(1, 10))
  const south = file('b.csv', head + days(1, 10).replaceAll('Nanjing', 'Wuhan'))
  const [made] = await bringIn([north, south])
  expect(made?.dataset).toMatchObject({ rows: 20, warnings: [] })
})

test('without a number that names a row, and several a day, equal lines are remarked, not refused', async () => {
  const { file, bringIn } = await bench()
  const rows = (from: number) =>
    Array.from(
      { length: 20 },
      (_, i) =>
        `2025-03-${String(from + i).padStart(2, '0')},Wuhan,3\n2025-03-${String(from + i).padStart(2, '0')},Wuhan,5\n`,
    )
  const plain = 'day,shop,pieces\n'
  const [made] = await bringIn([
    file('a.csv', plain + rows(1).join('')),
    file('b.csv', plain + rows(11).join('')),
  ])
  expect(made?.dataset).toMatchObject({
    rows: 80,
    warnings: [{ code: 'overlappingRows', count: 20 }],
  })
})

test('a row that by chance equals one of a file not repeated otherwise is kept', async () => {
  const { file, bringIn } = await bench()
  const rows = (shop: string, from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => {
      return `2025-03-${String(1 + ((from + i) % 28)).padStart(2, '0')},${shop},${from + i}\n`
    }).join('')
  const plain = 'day,shop,pieces\n'
  const [made] = await bringIn(
    [
      file('a.csv', plain + rows('Wuhan', 1, 60)),
      file('b.csv', plain + rows('Nanjing', 1, 60)),
      file('c.csv', plain + rows('Nanjing', 51, 100) + rows('Wuhan', 1, 1)),
    ],
    { overlap: 'skip' },
  )
  expect(made?.dataset).toMatchObject({ rows: 161, warnings: [{ code: 'skippedRows', count: 10 }] })
})

test('a growing folder asks once: the answer holds for the next files', async () => {
  const { workspace, file, bringIn, sum } = await bench()
  const [made] = await bringIn([file('1.csv', head + days(1, 10))], { growing: true })
  file('2.csv', head + days(8, 15))
  const refresh = async (overlap?: OverlapChoice) => {
    const order = { dataset: made?.dataset.id ?? '', renames: {}, acceptLoss: false, passwords: {} }
    const [done] = await refreshDatasets(
      workspace,
      [{ ...order, ...(overlap ? { overlap } : {}) }],
      {
        signal: new AbortController().signal,
        onProgress: () => undefined,
        readReport: () => Promise.resolve(undefined),
      },
    )
    return done
  }
  expect(await refresh()).toMatchObject({
    state: 'failed',
    error: { code: 'dataset/overlap', details: { file: '2.csv', other: '1.csv', rows: 3 } },
  })
  expect(await sum()).toBe(sumOfDays(1, 10))
  expect(await refresh('skip')).toMatchObject({ state: 'refreshed', dataset: { rows: 15 } })
  file('3.csv', head + days(14, 20))
  expect(await refresh()).toMatchObject({ state: 'refreshed', dataset: { rows: 20 } })
  expect(await sum()).toBe(sumOfDays(1, 20))
})

test('days of persons are no period, and every file that repeats rows is counted', async () => {
  const { file, bringIn } = await bench()
  const members = (from: number, to: number): string =>
    `会员号,生日\n${Array.from({ length: to - from }, (_, i) => `M${from + i},19${70 + ((from + i) % 30)}-05-01\n`).join('')}` // prettier-ignore
  await bringIn([file('会员.csv', members(100, 160))])
  const more = [file('下月.csv', members(130, 190)), file('乱序.csv', members(100, 120))]
  const refused = bringIn(more, { mode: 'append' })
  await expect(refused).rejects.toSatisfy(({ appError }: AppErrorException) => {
    expect(appError.details).toMatchObject({ file: '下月.csv', rows: 30, more: 1, all: 50 })
    expect(appError.details).not.toHaveProperty('from')
    expect(errorSentence(appError, textIn('zh-CN'))).toBe(
      '“下月.csv”中有 30 行与“会员.csv”完全相同，会被重复计算。另有 1 组文件也是如此，合计 50 处。',
    )
    return true
  })
  const [kept] = await bringIn(more, { mode: 'append', overlap: 'keep' })
  expect(kept?.dataset.warnings).toContainEqual({
    ...{ code: 'overlappingRows', count: 50 },
    examples: ['下月.csv / 会员.csv', '乱序.csv / 会员.csv'],
  })
})

test('rows that were counted twice by an answer are left out by another, though no file changed', async () => {
  const { workspace, file, bringIn, sum } = await bench()
  const paths = [file('early.csv', head + days(1, 20)), file('late.csv', head + days(16, 31))]
  const [made] = await bringIn(paths, { overlap: 'keep' })
  expect(await sum()).toBe(sumOfDays(1, 31) + sumOfDays(16, 20))
  const refresh = async (overlap: OverlapChoice) => {
    const order = { dataset: made!.dataset.id, renames: {}, acceptLoss: false, passwords: {}, overlap } // prettier-ignore
    const signal = new AbortController().signal
    const tools = { signal, onProgress: () => undefined, readReport: () => Promise.resolve(undefined) } // prettier-ignore
    return (await refreshDatasets(workspace, [order], tools))[0]?.state
  }
  expect(await refresh('skip')).toBe('refreshed')
  expect(await sum()).toBe(sumOfDays(1, 31))
  expect(await refresh('skip')).toBe('unchanged')
  expect(await refresh('keep')).toBe('refreshed')
  expect(await sum()).toBe(sumOfDays(1, 31) + sumOfDays(16, 20))
})
