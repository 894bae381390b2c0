import { expect, test } from 'vitest'
import type { ColumnOverride } from '../../shared/data/import-words.ts'
import type { RefreshedDataset, RetypedField } from '../../shared/data/refresh-words.ts'
import { importInto } from '../support/open-workspace.ts'
import { refreshBench } from '../support/refresh-bench.ts'

const heads = '单号,日期,金额'
const month = (number: number, cells: (line: number) => readonly [string, string]): string =>
  [heads, ...Array.from({ length: 40 }, (_, i) => `R${number}${100 + i},${cells(i).join(',')}`)].join('\n') // prettier-ignore
const day = (number: number, i: number): string =>
  `2025-0${number}-${String((i % 28) + 1).padStart(2, '0')}`
const plain = (number: number) => (i: number) => [day(number, i), `${i}.50`] as const

/** A folder of months that grows. */
async function growing(first: string) {
  const bench = await refreshBench()
  const { file } = bench
  const { dataset } = await importInto(bench.workspace, 'D', [file('1.csv', first)], { growing: true }) // prettier-ignore
  const { id } = dataset
  const field = (name: string) =>
    bench.workspace.catalogue.dataset(id)?.fields.find((one) => one.name === name)
  const place = (name: string) =>
    bench.workspace.catalogue.dataset(id)!.fields.findIndex((one) => one.name === name)
  const ruled = (asked: RefreshedDataset, kind: string, answer = {}) => {
    const overrides: ColumnOverride[] = retypedIn(asked).flatMap(({ ways }) =>
      ways.filter((way) => way.kind === kind).map(({ rule }) => rule),
    )
    return bench.refresh(id, { overrides, ...answer })
  }
  return { ...bench, id, field, place, ruled }
}

function retypedIn(asked: RefreshedDataset): readonly RetypedField[] {
  if (asked.state !== 'question') throw new Error(`no question: ${asked.state}`)
  return asked.question.retyped
}

test('one odd cell of a new month: the type is kept with that cell blank, and kept again next month', async () => {
  const { id, file, field, place, refresh, ruled, cells, workspace } = await growing(month(1, plain(1))) // prettier-ignore
  file(
    '2.csv',
    month(2, (i) => [day(2, i), i === 5 ? '待定' : `${i}.50`]),
  )
  const asked = await refresh(id)
  expect(retypedIn(asked)).toEqual([
    {
      ...{ field: '金额', from: 'decimal', to: 'text', proposed: 'blank' },
      odd: [{ file: '2.csv', count: 1, of: 40, examples: ['待定'] }],
      ways: [{ kind: 'blank', rule: { column: '金额', type: 'decimal' }, blank: 1, rounded: 0 }],
    },
  ])
  expect(await ruled(asked, 'blank')).toMatchObject({ state: 'refreshed', dataset: { rows: 80 } })
  expect(field('金额')).toMatchObject({ type: 'decimal', scale: 2, blanks: 1 })
  // 0.50 … 39.50 twice, without the 5.50 of the second month.
  const sum = `select sum(c${place('金额')})::varchar, count(*)::int from a.rows`
  expect(await cells(sum)).toEqual([['1594.50', 80]])
  file(
    '3.csv',
    month(3, (i) => [day(3, i), i < 2 ? '未定' : `${i}.50`]),
  )
  expect(await refresh(id)).toMatchObject({ state: 'refreshed', dataset: { rows: 120 } })
  expect(field('金额')).toMatchObject({ type: 'decimal', blanks: 3 })
  const said = workspace.catalogue.dataset(id)?.warnings.find(({ code }) => code === 'lostValues')
  expect(said).toMatchObject({ column: '金额', count: 3, examples: ['待定', '未定'] })
})

test('where many cells are odd nothing is proposed, and every file with odd cells is named', async () => {
  const { id, file, refresh } = await growing(month(1, plain(1)))
  file(
    '2.csv',
    month(2, (i) => [day(2, i), i < 30 ? '待定' : `${i}.50`]),
  )
  file(
    '3.csv',
    month(3, (i) => [day(3, i), i === 0 ? '—' : `${i}.50`]),
  )
  const [retyped] = retypedIn(await refresh(id))
  expect(retyped?.proposed).toBeUndefined()
  expect(retyped?.odd.map(({ file: name, count }) => [name, count])).toEqual([['2.csv', 30], ['3.csv', 1]]) // prettier-ignore
  expect(retyped?.ways).toMatchObject([{ kind: 'blank', blank: 31 }])
})

test('whole numbers that got decimals beside an odd cell stay exact', async () => {
  const { id, file, field, place, refresh, ruled, cells } = await growing(month(1, (i) => [day(1, i), `${i}`])) // prettier-ignore
  file(
    '2.csv',
    month(2, (i) => [day(2, i), i === 5 ? '待定' : `${i}.25`]),
  )
  const asked = await refresh(id)
  expect(retypedIn(asked)[0]?.ways).toMatchObject([{ kind: 'blank', rule: { type: 'decimal' }, blank: 1 }]) // prettier-ignore
  await ruled(asked, 'blank')
  expect(field('金额')).toMatchObject({ type: 'decimal', blanks: 1 })
  const sum = `select sum(c${place('金额')})::varchar from a.rows`
  // 780, and 780 - 5 with a quarter each in 39 lines.
  expect(await cells(sum)).toEqual([['1564.75']])
})

test('dates that read either way round are read as said, and nothing is proposed', async () => {
  const { id, file, field, refresh, ruled } = await growing(month(1, plain(1)))
  const open = (i: number): string => `0${(i % 9) + 1}/02/2025`
  file(
    '2.csv',
    month(2, (i) => [i === 7 ? '不详' : open(i), `${i}.50`]),
  )
  const asked = await refresh(id)
  const [retyped] = retypedIn(asked)
  expect(retyped).toMatchObject({ field: '日期', from: 'date', to: 'text' })
  expect(retyped?.proposed).toBeUndefined()
  // Five of them, the second of February, are the same either way.
  expect(retyped?.odd).toMatchObject([{ file: '2.csv', count: 35, of: 40 }])
  expect(retyped?.ways.map(({ kind, blank }) => [kind, blank])).toEqual([['dayFirst', 1], ['monthFirst', 1]]) // prettier-ignore
  expect(await ruled(asked, 'dayFirst')).toMatchObject({ state: 'refreshed' })
  expect(field('日期')).toMatchObject({ type: 'date', max: '2025-02-09', blanks: 1 })
  expect(await refresh(id)).toMatchObject({ state: 'unchanged' })
})

test('one amount of seven decimals asks before the money of all months is no longer exact', async () => {
  const { id, file, field, place, refresh, ruled, cells, workspace } = await growing(month(1, plain(1))) // prettier-ignore
  file('2.csv', month(2, (i) => [day(2, i), i === 3 ? '3.1251234' : i === 4 ? '-0.30000000000000004' : `${i}.5`])) // prettier-ignore
  const asked = await refresh(id)
  expect(retypedIn(asked)).toMatchObject([
    {
      ...{ field: '金额', from: 'decimal', to: 'double', proposed: 'rounded' },
      odd: [{ file: '2.csv', count: 2, of: 40, examples: ['3.1251234', '-0.30000000000000004'] }],
      ways: [{ kind: 'rounded', rule: { type: 'decimal', rounded: true }, blank: 0, rounded: 2 }],
    },
  ])
  expect(await ruled(asked, 'rounded')).toMatchObject({ state: 'refreshed' })
  expect(field('金额')).toMatchObject({ type: 'decimal', scale: 2, blanks: 0 })
  const sum = `select sum(c${place('金额')})::varchar, min(c${place('金额')})::varchar from a.rows`
  // Twice 800.00, with 3.13 for 3.50 and -0.30 for 4.50 in the second month.
  expect(await cells(sum)).toEqual([['1594.83', '-0.30']])
  const said = workspace.catalogue.dataset(id)?.warnings.find(({ code }) => code === 'roundedValues') // prettier-ignore
  expect(said).toMatchObject({ column: '金额', count: 2 })
  expect((await refresh(id, { acceptLoss: true })).state).toBe('unchanged')
})

test('whoever accepts it has floating numbers; an import of such a column says so', async () => {
  const { id, file, field, refresh } = await growing(month(1, plain(1)))
  file(
    '2.csv',
    month(2, (i) => [day(2, i), i === 3 ? '3.1234567' : `${i}.5`]),
  )
  expect(await refresh(id, { acceptLoss: true })).toMatchObject({ state: 'refreshed' })
  expect(field('金额')?.type).toBe('double')
  const { workspace, file: write } = await refreshBench()
  const { dataset } = await importInto(workspace, 'E', [write('e.csv', month(2, (i) => [day(2, i), i === 3 ? '3.1234567' : `${i}.5`]))]) // prettier-ignore
  expect(dataset.warnings).toEqual([
    { code: 'longDecimals', column: '金额', examples: ['3.1234567'] },
  ])
})

test('numbers where texts were are kept as text unless it is said otherwise', async () => {
  const { workspace, file, refresh } = await refreshBench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', '编号,备注\nA1,甲\nA2,乙\n')])
  file('a.csv', '编号,备注\nA1,12\nA2,13\n')
  const asked = await refresh(dataset.id)
  expect(retypedIn(asked)).toMatchObject([
    { field: '备注', to: 'integer', proposed: 'same', ways: [{ kind: 'same', rule: { type: 'text' } }] }, // prettier-ignore
  ])
  const overrides = retypedIn(asked).flatMap(({ ways }) => ways.map(({ rule }) => rule))
  expect(await refresh(dataset.id, { overrides })).toMatchObject({ state: 'refreshed' })
  expect(workspace.catalogue.dataset(dataset.id)?.fields[1]?.type).toBe('text')
})

const members = (from: number, write: (number: number) => string): string =>
  ['会员号,消费', ...Array.from({ length: 40 }, (_, i) => `${write(from + i)},${i}.50`)].join('\n')
const padded = (number: number): string => String(number).padStart(6, '0')

/** How many different members there are, and how long their numbers. */
async function membersIn({ cells, workspace }: Awaited<ReturnType<typeof refreshBench>>) {
  const place = workspace.catalogue.datasetNamed('D')!.fields.findIndex(({ name }) => name === '会员号') // prettier-ignore
  const values = await cells(`select d.value from a.rows r join a.dict_c${place} d on d.code = r.c${place}`) // prettier-ignore
  const numbers = values.map(([value]) => String(value))
  return { different: new Set(numbers).size, lengths: [...new Set(numbers.map((one) => one.length))] } // prettier-ignore
}

test('a month whose member numbers lost their zeros asks, pads them as said, and so does the next', async () => {
  const bench = await growing(members(1, padded))
  const { id, file, refresh, workspace } = bench
  // 31 of these 40 are members of January, ten are new.
  file('2.csv', members(10, String))
  const asked = await refresh(id)
  expect(asked).toMatchObject({
    state: 'question',
    question: {
      unpadded: [{ field: '会员号', file: '2.csv', digits: 6, count: 31, of: 40, examples: ['10', '11', '12', '13', '14'] }], // prettier-ignore
    },
  })
  expect(workspace.catalogue.dataset(id)?.rows).toBe(40)
  const rule = { column: '会员号', padTo: 6 }
  expect(await refresh(id, { overrides: [rule] })).toMatchObject({ state: 'refreshed', dataset: { rows: 80 } }) // prettier-ignore
  expect(await membersIn(bench)).toEqual({ different: 49, lengths: [6] })
  file('3.csv', members(20, String))
  expect(await refresh(id)).toMatchObject({ state: 'refreshed', dataset: { rows: 120 } })
  expect(await membersIn(bench)).toEqual({ different: 59, lengths: [6] })
})

test('a single file saved without its zeros is held against what was read of it before', async () => {
  const bench = await refreshBench()
  const { dataset } = await importInto(bench.workspace, 'D', [bench.file('a.csv', members(1, padded))]) // prettier-ignore
  bench.file('a.csv', members(1, String))
  const asked = await bench.refresh(dataset.id)
  expect(asked).toMatchObject({ question: { unpadded: [{ field: '会员号', count: 40, of: 40 }] } })
  expect(await bench.refresh(dataset.id, { acceptLoss: true })).toMatchObject({ state: 'refreshed' }) // prettier-ignore
  expect(await membersIn(bench)).toEqual({ different: 40, lengths: [1, 2] })
})

test('numbers without zeros that are other ones, or were agreed to, are no question', async () => {
  const bench = await growing(members(1, padded))
  const { id, file, refresh } = bench
  file('2.csv', members(5000, String))
  expect((await refresh(id)).state).toBe('refreshed')
  file('3.csv', members(1, String))
  expect((await refresh(id)).state).toBe('question')
  expect((await refresh(id, { acceptLoss: true })).state).toBe('refreshed')
  file(
    '4.csv',
    members(1, (number) => `${number}`),
  )
  expect(await refresh(id, { leaveOut: [] })).toMatchObject({ question: { copyOf: '3.csv' } })
  file('4.csv', `${members(1, String)}\n7,99.00`)
  expect((await refresh(id)).state).toBe('refreshed')
})

test('files that come together and differ in their zeros are told at once, with a rule', async () => {
  const { workspace, file } = await refreshBench()
  const paths = [file('1.csv', members(1, padded)), file('2.csv', members(1, String))]
  const { dataset } = await importInto(workspace, 'D', paths)
  expect(dataset.warnings.find(({ code }) => code === 'lostZeros')).toEqual({
    ...{ code: 'lostZeros', column: '会员号', count: 40, digits: 6 },
    examples: ['2.csv: 1 → 000001', '2 → 000002', '3 → 000003', '4 → 000004', '5 → 000005'],
  })
})
