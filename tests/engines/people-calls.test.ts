import { expect, test } from 'vitest'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { PeopleSet, ReviewPair } from '../../shared/people/people-words.ts'
import { head, peopleBench, shopLines, webLines } from '../support/people-bench.ts'

type Bench = Awaited<ReturnType<typeof peopleBench>>

async function found(bench: Bench, acceptOver: number | null = null): Promise<PeopleSet> {
  return bench.value('people.find', { settings: await bench.settings(), acceptOver })
}

async function queue(bench: Bench, set: string): Promise<ReviewPair[]> {
  return (await bench.value('people.queue', { set, offset: 0, limit: 50 })).pairs
}

const keysOf = ({ records }: ReviewPair): string[] => records.map(({ key }) => key).toSorted()

async function decide(
  bench: Bench,
  set: string,
  keys: readonly string[],
  decision: 'same' | 'different' | 'skip',
) {
  const pair = (await queue(bench, set)).find(
    ({ records: [a, b] }) => [a?.key, b?.key].toSorted().join() === keys.toSorted().join(),
  )
  return bench.value('people.decide', { set, pair: pair?.id ?? 0, decision, force: false })
}

test('accounts of one person are found across lists, reviewed, and counted per account and per person', async () => {
  const bench = await peopleBench()
  const { proposed } = await bench.value('people.look', { dataset: bench.id('shop') })
  expect(proposed).toMatchObject([
    {
      key: '会员号',
      fields: { name: '姓名', phone: '手机号', birthday: '生日', gender: '性别' },
      newest: '注册日期',
    },
    { dataset: bench.id('web') },
  ])
  const set = await found(bench)
  expect(set.counts).toMatchObject({ open: 3, accepted: 0, rows: 7, accounts: 7, persons: 7 })
  expect(set.search).toMatchObject({ rows: 7, worth: 3, crowded: { groups: 0 } })
  const pairs = await queue(bench, set.id)
  expect(pairs.map(keysOf)).toEqual([
    ['O1', 'S1'],
    ['S1', 'S2'],
    ['O1', 'S2'],
  ])
  // Same phone, one sign of the name apart, day and month swapped, same gender.
  expect(pairs[0]?.levels).toBe('1220001')
  await decide(bench, set.id, ['S1', 'S2'], 'same')
  expect(await bench.distinct('shop', '会员号', 'person')).toEqual([5, 5])
  const written = await bench.value('people.write', { set: set.id })
  expect(written).toMatchObject({ unwritten: 0, counts: { persons: 6, merged: 1 } })
  expect(await bench.distinct('shop', '会员号', 'person')).toEqual([5, 4])
  // Four accounts bought, of three people.
  expect(await bench.distinct('sales', '会员号', 'shop.person')).toEqual([4, 3])
  const each = 'person' as const
  const counted = { field: '会员号', aggregate: 'countDistinct' as const, each }
  expect(await bench.ask({ dataset: bench.id('sales'), measures: [counted] })).toEqual([3])
  // Split by person, in hundredths: S1 and S2 bought for 10, 20 and 5, the others once each.
  const sums = { field: '金额', aggregate: 'sum' as const }
  const split = await bench.value('query.run', {
    query: ReportQuery.parse({ dataset: bench.id('sales'), rows: [{ field: '会员号', each }], measures: [sums] }),
  }) // prettier-ignore
  expect([...(split.cells[0]?.values ?? [])].map(Number).toSorted((a, b) => a - b)).toEqual([3000, 3500, 4000]) // prettier-ignore
  const nobody = { field: '小票号', aggregate: 'countDistinct' as const, each }
  expect(await bench.call('query.run', { query: ReportQuery.parse({ dataset: bench.id('sales'), measures: [nobody] }) })).toMatchObject({ error: { details: { reason: 'noPerson', field: '小票号' } } }) // prettier-ignore
  await decide(bench, set.id, ['O1', 'S1'], 'same')
  const both = await bench.value('people.write', { set: set.id })
  expect(both.counts).toMatchObject({ persons: 5, merged: 1, mergedAccounts: 3, open: 1 })
})

test('a person shows what the rules say, in every list and at every account', async () => {
  const bench = await peopleBench()
  const set = await found(bench)
  await decide(bench, set.id, ['S1', 'S2'], 'same')
  await decide(bench, set.id, ['O1', 'S1'], 'same')
  const shown = async (): Promise<unknown> => {
    const rows = await bench.value('rows.open', {
      query: { dataset: bench.id('shop'), rows: [], columns: [], measures: [], filters: [], totals: { rows: 'none', columns: 'none' } },
      fields: ['会员号', 'person accounts', 'person name', 'person phone', 'person birthday'], sort: [], limit: 2,
    }) // prettier-ignore
    return rows.page.columns.map((column) => [...column.values])
  }
  await bench.value('people.write', { set: set.id })
  // Two of three accounts say 王小明, the newest phone is that of the web, birthdays stand one to one and the newer wins.
  expect(await shown()).toEqual([
    ['S1', 'S2'], [3, 3], ['王小明', '王小明'], ['13800001111', '13800001111'], ['1990-04-03', '1990-04-03'],
  ]) // prettier-ignore
  const survivors = { ...set.settings.survivors, birthday: 'source' as const, name: 'newest' as const } // prettier-ignore
  await bench.value('people.write', { set: set.id, survivors })
  expect(await shown()).toEqual([
    ['S1', 'S2'], [3, 3], ['王晓明', '王晓明'], ['13800001111', '13800001111'], ['1990-03-04', '1990-03-04'],
  ]) // prettier-ignore
})

test('what is most frequent is what most accounts say, however often a list repeats one', async () => {
  const bench = await peopleBench()
  const set = await found(bench)
  await decide(bench, set.id, ['S1', 'S2'], 'same')
  await decide(bench, set.id, ['O1', 'S1'], 'same')
  await bench.refresh('web', [head, ...Array.from({ length: 4 }, () => webLines[0]!)])
  const rows = await bench.value('rows.open', {
    query: { dataset: bench.id('shop'), rows: [], columns: [], measures: [], filters: [], totals: { rows: 'none', columns: 'none' } },
    fields: ['person accounts', 'person name'], sort: [], limit: 1,
  }) // prettier-ignore
  expect(rows.page.columns.map((column) => [...column.values])).toEqual([[3], ['王小明']])
})

test('decisions outlive a refresh and rows in another order, and only what is new is asked', async () => {
  const bench = await peopleBench()
  const set = await found(bench)
  await decide(bench, set.id, ['S1', 'S2'], 'same')
  await decide(bench, set.id, ['O1', 'S1'], 'different')
  await bench.value('people.write', { set: set.id })
  const personOf = async (key: string): Promise<unknown> => {
    const rows = await bench.value('rows.open', {
      query: { dataset: bench.id('shop'), rows: [], columns: [], measures: [], filters: [{ field: '会员号', op: 'in', values: [key] }], totals: { rows: 'none', columns: 'none' } },
      fields: ['person'], sort: [], limit: 1,
    }) // prettier-ignore
    return rows.page.columns[0]?.values[0]
  }
  const before = await personOf('S2')
  expect(await personOf('S1')).toBe(before)
  const added = 'S6,陈静,136 0000 4444,1979-01-02,女,2025-01-01'
  await bench.refresh('shop', [head, added, ...shopLines.toReversed()])
  // The person field is there without anybody asking for it, with the same name for the same person.
  expect(await bench.distinct('shop', '会员号', 'person')).toEqual([6, 5])
  expect(await personOf('S2')).toBe(before)
  // Searched again by itself: S6 may be S5; what was decided stays decided.
  const { set: now } = await bench.value('people.look', { dataset: bench.id('shop') })
  expect(now).toMatchObject({ outdated: false, unwritten: 0, counts: { accepted: 1, rejected: 1 } })
  expect((await queue(bench, set.id)).map(keysOf)).toEqual([['S5', 'S6'], ['O1', 'S1', 'S2']]) // prettier-ignore
  const changes = await bench.value('dataset.changes', { dataset: bench.id('shop') })
  expect(changes.people).toEqual({ fresh: 1, open: 2 })
  const { people } = await bench.value('people.merged', { set: set.id, offset: 0, limit: 9 })
  expect(people.map(({ records }) => records.map(({ key }) => key).toSorted())).toEqual([['S1', 'S2']]) // prettier-ignore
  const again = await bench.value('people.find', { set: set.id, settings: set.settings, acceptOver: 99 }) // prettier-ignore
  // The rejected pair stays away; its sister would join those who were told apart, so it waits for a word.
  expect((await queue(bench, set.id)).map(keysOf)).toEqual([['O1', 'S1', 'S2']])
  expect(again.counts).toMatchObject({ accepted: 2, unasked: 1, rejected: 1, persons: 6 })
  const rolled = await bench.value('dataset.versions', { dataset: bench.id('shop') })
  await bench.value('dataset.rollback', { dataset: bench.id('shop'), version: rolled.versions[1]?.version ?? 0 }) // prettier-ignore
  expect(await bench.call('people.queue', { set: set.id, offset: 0, limit: 9 })).toMatchObject({ error: { code: 'people/outdated' } }) // prettier-ignore
  expect(await bench.distinct('shop', '会员号', 'person')).toEqual([5, 4])
  expect(await personOf('S2')).toBe(before)
})

test('joining who was told apart, or has another birthday, is asked about first', async () => {
  const bench = await peopleBench()
  await bench.refresh('web', [head, ...webLines, 'O3,王小明,13800001111,1961-09-09,男,2024-01-01'])
  const set = await found(bench)
  await decide(bench, set.id, ['S1', 'S2'], 'same')
  // S2 has no birthday and could be O3, but S1 comes along with another one.
  const asked = await decide(bench, set.id, ['O3', 'S2'], 'same')
  expect(asked).toMatchObject({
    state: 'conflict',
    conflict: { kind: 'contradiction', mark: 'birthday', a: { key: 'S1' }, b: { key: 'O3' } },
  })
  await decide(bench, set.id, ['O1', 'S1'], 'different')
  const told = await decide(bench, set.id, ['O1', 'S2'], 'same')
  expect(told).toMatchObject({ state: 'conflict', conflict: { kind: 'rejected' } })
  const pair = (await queue(bench, set.id)).find((one) => keysOf(one).join() === 'O3,S1,S2')
  const forced = await bench.value('people.decide', { set: set.id, pair: pair?.id ?? 0, decision: 'same', force: true }) // prettier-ignore
  expect(forced).toMatchObject({ state: 'done', set: { counts: { mergedAccounts: 3 } } })
})

test('merges are undone step by step, person by person, and all at once', async () => {
  const bench = await peopleBench()
  const set = await found(bench)
  await decide(bench, set.id, ['S1', 'S2'], 'skip')
  expect((await queue(bench, set.id)).map(keysOf).at(-1)).toEqual(['S1', 'S2'])
  await decide(bench, set.id, ['O1', 'S1'], 'same')
  await decide(bench, set.id, ['S1', 'S2'], 'same')
  const undo = (what: object) => bench.value('people.undo', { set: set.id, undo: what as never })
  const reopened = { accepted: 1, open: 2, skipped: 1 }
  expect(await undo({ what: 'last' })).toMatchObject({ counts: reopened })
  expect((await queue(bench, set.id)).map(({ skipped }) => skipped)).toEqual([false, true])
  expect(await undo({ what: 'last' })).toMatchObject({ counts: { accepted: 0, open: 3 } })
  // The putting off came first, so it is taken back last.
  expect(await undo({ what: 'last' })).toMatchObject({ counts: { open: 3, skipped: 0 } })
  await bench.value('people.acceptOver', { set: set.id, percent: 90 })
  const { people } = await bench.value('people.merged', { set: set.id, offset: 0, limit: 9 })
  expect(people).toHaveLength(1)
  expect(people[0]?.unasked).toBe(true)
  await undo({ what: 'person', dataset: bench.id('shop'), key: 'S2' })
  // Taken apart by hand: no score joins them again.
  const again = await bench.value('people.acceptOver', { set: set.id, percent: 90 })
  expect(again.counts).toMatchObject({ accepted: 0, merged: 0 })
  await decide(bench, set.id, ['S1', 'S2'], 'same')
  expect(await undo({ what: 'all' })).toMatchObject({ counts: { accepted: 0, open: 3 } })
  await bench.value('people.write', { set: set.id })
  expect(await bench.distinct('shop', '会员号', 'person')).toEqual([5, 5])
  await bench.value('people.remove', { set: set.id })
  const { current } = await bench.value('workspace.state', {})
  const shop = current?.datasets.find(({ name }) => name === 'shop')
  expect(shop?.fields.map(({ name }) => name)).not.toContain('person')
})

test('a search that is withdrawn changes nothing, and a list that is removed takes its accounts along', async () => {
  const bench = await peopleBench()
  const set = await found(bench)
  await decide(bench, set.id, ['O1', 'S1'], 'same')
  await decide(bench, set.id, ['S1', 'S2'], 'same')
  await bench.value('people.write', { set: set.id })
  const before = (await queue(bench, set.id)).map(keysOf)
  const abort = new AbortController()
  const ask = { set: set.id, settings: await bench.settings(), acceptOver: null }
  const running = bench.engine.call('people.find', ask, {
    signal: abort.signal,
    part: () => abort.abort(),
  })
  expect(await running).toMatchObject({ ok: false, error: { code: 'internal/cancelled' } })
  expect((await queue(bench, set.id)).map(keysOf)).toEqual(before)
  expect(await bench.distinct('shop', 'person')).toEqual([4])
  const known = async () => (await bench.value('people.look', { dataset: bench.id('shop') })).set
  const state = await known()
  const late = new AbortController()
  await bench.value('people.undo', { set: set.id, undo: { what: 'all' } })
  const undone = await known()
  // Withdrawn after pairs were accepted, while who is whom is written.
  const writing = bench.engine.call('people.find', { ...ask, acceptOver: 90 }, {
    signal: late.signal,
    part: (step) => {
      if ((step as { stage: string }).stage === 'writing') late.abort()
    },
  }) // prettier-ignore
  expect(await writing).toMatchObject({ ok: false, error: { code: 'internal/cancelled' } })
  expect(await known()).toEqual(undone)
  expect(undone?.counts).toMatchObject({ accepted: 0, merged: 0 })
  await decide(bench, set.id, ['O1', 'S1'], 'same')
  await decide(bench, set.id, ['S1', 'S2'], 'same')
  await bench.value('people.write', { set: set.id })
  expect((await known())?.counts).toEqual(state?.counts)
  await bench.value('dataset.remove', { dataset: bench.id('web') })
  const { set: left } = await bench.value('people.look', { dataset: bench.id('shop') })
  expect(left).toMatchObject({ unwritten: 0, counts: { rows: 5, persons: 4, mergedAccounts: 2 } })
  expect(await bench.distinct('shop', '会员号', 'person')).toEqual([5, 4])
})

test('a recipe that renames a compared column keeps decisions, and the person is back with the column', async () => {
  const bench = await peopleBench()
  const set = await found(bench, 99)
  expect(set.counts.persons).toBe(5)
  const step = {
    id: 'r',
    kind: 'rename' as const,
    on: true,
    names: [{ field: '手机号', to: '手机' }],
  }
  const recipe = { format: 1 as const, steps: [step] }
  await bench.value('dataset.applyRecipe', { dataset: bench.id('shop'), recipe, acceptLoss: true }) // prettier-ignore
  const asked = await bench.call('people.write', { set: set.id })
  expect(asked).toMatchObject({
    error: { code: 'dataset/fieldMissing', details: { field: '手机号' } },
  })
  await bench.value('dataset.applyRecipe', { dataset: bench.id('shop'), recipe: { format: 1, steps: [] }, acceptLoss: true }) // prettier-ignore
  expect(await bench.distinct('shop', '会员号', 'person')).toEqual([5, 4])
})
