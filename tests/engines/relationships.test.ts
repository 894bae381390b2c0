/** Relationships over real extracts: keys of several fields, what is refused and why, proposals, what breaks and heals. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { queryCatalog, relationshipInfo } from '../../electron/engine/workspace/dataset-words.ts'
import { liveDataset } from '../../electron/engine/workspace/live-dataset.ts'
import { proposeRelationships } from '../../electron/engine/workspace/propose-relationships.ts'
import {
  catchUpRelationships,
  createRelationship,
  rebuildRelationships,
} from '../../electron/engine/workspace/relate-datasets.ts'
import { reportsOver } from '../../electron/engine/workspace/reports-over.ts'
import type { Workspace } from '../../electron/engine/workspace/workspace.ts'
import type { JobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import { AppErrorException, appError } from '../../shared/errors.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Field } from '../../shared/data/field.ts'
import { fieldId, fieldNameOf, slotOf } from '../../shared/report/field-use.ts'
import { newBlock } from '../../shared/report/new-block.ts'
import { newReport } from '../../shared/report/new-report.ts'
import type { Report } from '../../shared/report/report.ts'
import { askExtract } from '../support/import-files.ts'
import { importInto, openWorkspace } from '../support/open-workspace.ts'
import { repeatableIds } from '../support/report-builder.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** A workspace of small tables by name; each is the text of a CSV file. */
async function model(tables: Readonly<Record<string, string>>) {
  const folder = tempFolder()
  mkdirSync(join(folder, 'in'))
  const workspace = await openWorkspace(join(folder, 'w'))
  const put = async (name: string, content: string): Promise<string> => {
    const path = join(folder, 'in', `${name}.csv`)
    writeFileSync(path, `${content}\n`)
    const known = workspace.catalogue.datasetNamed(name) !== undefined
    const made = await importInto(workspace, name, [path], known ? { mode: 'replace' } : {})
    return made.dataset.id
  }
  const ids: Record<string, string> = {}
  for (const [name, content] of Object.entries(tables)) ids[name] = await put(name, content)
  const end = (name: string, ...fields: string[]) => ({ dataset: ids[name] ?? '', fields })
  return { folder, workspace, put, end, ids }
}

async function refusal(made: Promise<unknown>): Promise<AppError> {
  try {
    await made
  } catch (error) {
    if (error instanceof AppErrorException) return error.appError
    throw error
  }
  throw new Error('nothing was refused')
}

const targets = 'shop,month,target\nA,2025-01,100\nA,2025-02,110\nB,2025-01,90\nB,2025-03,95'
const lines =
  'store,period,amount\nA,2025-01,1\nA,2025-01,2\nA,2025-02,4\nB,2025-02,8\n,2025-01,16\nB,,32\nB,2025-03,64'

describe('a key of several fields', () => {
  test('is measured as a single one is: partners, orphans, blanks, most rows', async () => {
    const { folder, workspace, end } = await model({ lines, targets })
    const made = await createRelationship(workspace, {
      from: end('lines', 'store', 'period'),
      to: end('targets', 'shop', 'month'),
    })
    expect(made).toMatchObject({
      orphans: 1,
      blanks: 2,
      examples: ['B · 2025-02-01'],
      broken: null,
    })
    expect(made).toMatchObject({ most: 2, mostExample: 'A · 2025-01-01' })
    const [relation] = queryCatalog(workspace).relations
    const map = await askExtract(relation!.map!.path, folder, 'select * from a.map order by 3')
    expect(map.map((row) => Number(row[2]))).toEqual([0, 1, 3])
  })

  test('that repeats is refused with its keys, and one half alone as well', async () => {
    const { workspace, end } = await model({
      lines,
      targets: `${targets}\nA,2025-02,111`,
    })
    const both = { from: end('lines', 'store', 'period'), to: end('targets', 'shop', 'month') }
    expect(await refusal(createRelationship(workspace, both))).toMatchObject({
      code: 'relationship/duplicateKey',
      details: { field: 'shop · month', count: 1, examples: ['A · 2025-02-01'] },
    })
    const half = { from: end('lines', 'store'), to: end('targets', 'shop') }
    expect(await refusal(createRelationship(workspace, half))).toMatchObject({
      details: { count: 2, examples: ['A', 'B'] },
    })
  })

  test('can be given to a relationship that is there, which stays when it does not fit', async () => {
    const { workspace, end } = await model({ lines, targets, one: 'k,v\nA,1\nB,2' })
    const first = await createRelationship(workspace, {
      from: end('lines', 'store'),
      to: end('one', 'k'),
    })
    const other = { id: first.id, from: end('lines', 'store'), to: end('targets', 'shop') }
    expect(await refusal(createRelationship(workspace, other))).toMatchObject({
      code: 'relationship/duplicateKey',
    })
    expect(workspace.catalogue.relationships()).toEqual([first])
    const fits = { ...other, from: end('lines', 'store', 'period'), to: end('targets', 'shop', 'month') } // prettier-ignore
    expect(await createRelationship(workspace, fits)).toMatchObject({ id: first.id })
    expect(workspace.catalogue.relationships()).toHaveLength(1)
  })
})

describe('what would leave two answers', () => {
  const small = {
    lines: 'm,s\nM1,S1\nM1,S2',
    members: 'm,s\nM1,S1\nM2,S1',
    shops: 's,z\nS1,east\nS2,west',
  }
  const related = async () => {
    const bench = await model(small)
    const { workspace, end } = bench
    await createRelationship(workspace, { from: end('lines', 'm'), to: end('members', 'm') })
    await createRelationship(workspace, { from: end('members', 's'), to: end('shops', 's') })
    return bench
  }

  test('a second relationship of a pair, a circle and a second way are refused, the way named', async () => {
    const { workspace, end } = await related()
    const ask = (from: ReturnType<typeof end>, to: ReturnType<typeof end>) =>
      refusal(createRelationship(workspace, { from, to }))
    expect(await ask(end('lines', 's'), end('members', 'm'))).toMatchObject({
      code: 'relationship/samePair',
      details: { way: 'lines → members' },
    })
    expect(await ask(end('shops', 's'), end('lines', 's'))).toMatchObject({
      code: 'relationship/cycle',
      details: { way: 'shops → lines → members → shops' },
    })
    expect(await ask(end('lines', 's'), end('shops', 's'))).toMatchObject({
      code: 'relationship/ambiguous',
      details: { way: 'lines → members → shops', other: 'lines → shops' },
    })
    expect(workspace.catalogue.relationships()).toHaveLength(2)
  })

  test('live datasets are refused by name', async () => {
    const { workspace, end } = await related()
    const described = { rows: 1, fields: [], lastDay: null, warnings: [] }
    const live = liveDataset({
      ...{ id: 'ds_live000001', name: 'till', path: '/x.sqlite', table: 't', now: new Date(0) },
      described: { ...described, stamp: 's' } as never,
    })
    workspace.catalogue.saveDatasets([live])
    const ends = { from: { dataset: live.id, fields: ['a'] }, to: end('shops', 's') }
    expect(await refusal(createRelationship(workspace, ends))).toMatchObject({
      code: 'relationship/live',
      details: { dataset: 'till' },
    })
  })
})

test('a relationship that stopped holding says why until it holds again', async () => {
  const { workspace, put, end } = await model({ lines, shops: 'store,z\nA,1\nB,2' })
  await createRelationship(workspace, { from: end('lines', 'store'), to: end('shops', 'store') })
  const told = () => workspace.catalogue.relationships().map(relationshipInfo)[0]
  await put('shops', 'store,z\nA,1\nA,3\nB,2')
  expect(told()).toMatchObject({
    broken: { code: 'relationship/duplicateKey', details: { examples: ['A'] } },
  })
  expect(queryCatalog(workspace).relations).toEqual([])
  await put('shops', 'code,z\nA,1')
  expect(told()?.broken).toMatchObject({
    code: 'dataset/fieldMissing',
    details: { field: 'store' },
  })
  await put('shops', 'store,z\nA,1\nB,2')
  expect(told()).toMatchObject({ broken: null })
  expect(queryCatalog(workspace).relations).toHaveLength(1)
})

describe('proposals', () => {
  const offered = async (workspace: Workspace) =>
    (await proposeRelationships(workspace)).map(({ from, to, reasons }) => ({
      from: `${workspace.catalogue.dataset(from.dataset)?.name}.${from.fields.join('+')}`,
      to: `${workspace.catalogue.dataset(to.dataset)?.name}.${to.fields.join('+')}`,
      reasons: reasons.map(({ code, percent }) =>
        percent === undefined ? code : `${code} ${percent}`,
      ),
    }))

  test('find keys by names and values in both languages, the likeliest first, with reasons', async () => {
    const { workspace } = await model({
      销售: '会员号,购买门店,金额\nM1,S1,1\nM1,S2,2\nM2,S1,3\nM9,S2,4',
      会员: '会员号,城市\nM1,上海\nM2,北京\nM3,北京',
      门店: '门店编码,名称\nS1,一店\nS2,二店',
      orders: 'order_no,customer_id\nO1,C1\nO2,C1\nO3,C2',
      customers: 'id,nick\nC1,a\nC2,b',
    })
    expect(await offered(workspace)).toEqual([
      { from: '销售.会员号', to: '会员.会员号', reasons: ['sameName', 'sameMeaning', 'values 66'] },
      { from: '销售.购买门店', to: '门店.门店编码', reasons: ['likeName', 'sameMeaning', 'values 100'] },
      { from: 'orders.customer_id', to: 'customers.id', reasons: ['likeName', 'values 100'] },
    ]) // prettier-ignore
  })

  test('find keys of other names by their values alone, and none where values do not meet', async () => {
    const codes = ['K1', 'K2', 'K3', 'K4', 'K5', 'K6']
    const { workspace } = await model({
      log: `x,n\n${[...codes, ...codes].map((code, n) => `${code},${n}`).join('\n')}`,
      list: `entry,t\n${codes.map((code) => `${code},t${code}`).join('\n')}`,
      other: `x,t\n${codes.map((code) => `no${code},u${code}`).join('\n')}`,
    })
    expect(await offered(workspace)).toEqual([
      { from: 'log.x', to: 'list.entry', reasons: ['values 100'] },
    ])
  })

  test('take several fields together where no single one is unique', async () => {
    const { workspace } = await model({
      lines: lines.replace('store,period', 'shop,month'),
      targets,
    })
    expect(await offered(workspace)).toEqual([
      { from: 'lines.shop+month', to: 'targets.shop+month', reasons: ['composite', 'sameName', 'values 75'] },
    ]) // prettier-ignore
  })

  test('leave out what would be a second way', async () => {
    const { workspace } = await model({
      lines: 'member_id,shop_id\nM1,S1\nM1,S2\nM2,S1',
      members: 'member_id,home_shop\nM1,S1\nM2,S2\nM3,S1',
      shops: 'shop_id,z\nS1,e\nS2,w',
    })
    const found = await offered(workspace)
    expect(found.map(({ from, to }) => `${from} ${to}`).toSorted()).toEqual([
      'lines.member_id members.member_id',
      'lines.shop_id shops.shop_id',
    ])
  })
})

/** A report of one crosstab with these fields on its rows. */
function reportWith(title: string, fields: readonly string[]): Report {
  const newId = repeatableIds()
  const report = newReport(title, 'Page 1', newId)
  const slots = new Map<string, Field[]>()
  for (const field of fields) {
    const named: Field = { name: fieldNameOf(field), type: 'text', role: 'dimension' }
    slots.set(slotOf(field), [...(slots.get(slotOf(field)) ?? []), named])
  }
  const datasets = [...slots].map(([id, own]) => [id, { id, name: id, fields: own }] as const)
  const [page] = Object.values(report.pages)
  const block = newBlock('crosstab', { x: 0, y: 0, w: 6, h: 6 }, newId)
  if (block.kind !== 'crosstab' || !page) throw new Error('no crosstab')
  const rows = fields.map((field) => ({ id: newId('pl'), field }))
  const filled = { ...block, shelves: { ...block.shelves, rows } }
  const pages = { [page.id]: { ...page, blocks: { [block.id]: filled }, blockOrder: [block.id] } }
  return { ...report, datasets: Object.fromEntries(datasets), pages }
}

test('the reports with a block that leads over a relationship are known, others are not', async () => {
  const { workspace, end, ids } = await model({
    lines: 'm\nM1',
    members: 'm,s\nM1,S1',
    shops: 's,z\nS1,e',
  })
  await createRelationship(workspace, { from: end('lines', 'm'), to: end('members', 'm') })
  const second = await createRelationship(workspace, { from: end('members', 's'), to: end('shops', 's') }) // prettier-ignore
  const slots = { sl_lines0: ids['lines']!, sl_shops0: ids['shops']!, sl_members: ids['members']! }
  const kept = new Map<string, Report>()
  const keep = (title: string, fields: readonly string[]): void => {
    kept.set(`/${title}`, reportWith(title, fields))
    workspace.catalogue.saveReport({ path: `/${title}`, title, openedAt: '2026-01-01', slots })
  }
  keep('over two hops', [fieldId('sl_lines0', 'm'), fieldId('sl_shops0', 'z')])
  keep('over the first alone', [fieldId('sl_lines0', 'm'), fieldId('sl_members', 's')])
  keep('one dataset', [fieldId('sl_lines0', 'm')])
  const read = (path: string) => Promise.resolve(kept.get(path))
  expect(await reportsOver(workspace, second.id, read)).toEqual([{ title: 'over two hops' }])
})

test('a relationship that is removed while it is measured anew stays removed and leaves no file', async () => {
  const { workspace, end, ids } = await model({ lines, targets })
  const made = await createRelationship(workspace, {
    from: end('lines', 'store', 'period'),
    to: end('targets', 'shop', 'month'),
  })
  const before = workspace.catalogue.files()
  const measuring = rebuildRelationships(workspace, new Set(Object.values(ids)))
  expect(workspace.catalogue.removeRelationship(made.id)).toBe(true)
  await measuring
  expect(workspace.catalogue.relationships()).toEqual([])
  const left = readdirSync(workspace.extractPath('.')).filter((name) => name.startsWith(made.id))
  expect(left.filter((name) => !before.includes(name))).toEqual([])
})

describe('a relationship that could not be measured for want of room or a lost process', () => {
  async function related() {
    const tables = { lines: 'store,amount\nA,1\nB,2', shops: 'store,z\nA,1\nB,2' }
    const made = await model(tables)
    const { workspace, end } = made
    await createRelationship(workspace, { from: end('lines', 'store'), to: end('shops', 'store') })
    const { runJob } = workspace.options
    let troubled = true
    const troublesome: JobRunner = (name, order, options) => {
      if (name !== 'relate' || !troubled) return runJob(name, order, options)
      return Promise.reject(new AppErrorException(appError('file/diskFull')))
    }
    Object.assign(workspace.options, { runJob: troublesome })
    const told = () => workspace.catalogue.relationships().map(relationshipInfo)[0]?.broken
    return { ...made, told, mend: () => void (troubled = false) }
  }

  test('says so without being broken, and is measured with the next version of any dataset', async () => {
    const { workspace, put, told, mend } = await related()
    await put('shops', 'store,z\nA,1\nB,3')
    expect(told()).toMatchObject({ code: 'file/diskFull', canRetry: true })
    expect(queryCatalog(workspace).relations).toEqual([])
    mend()
    await put('apart', 'x,y\n1,2')
    expect(told()).toBe(null)
    expect(queryCatalog(workspace).relations).toHaveLength(1)
  })

  test('is measured at the next opening, one that really fails keeps its reason until a version comes', async () => {
    const { workspace, put, told, mend } = await related()
    await put('shops', 'store,z\nA,1\nB,3')
    mend()
    expect(await catchUpRelationships(workspace)).toBe(true)
    expect(told()).toBe(null)
    expect(await catchUpRelationships(workspace)).toBe(false)
    await put('shops', 'store,z\nA,1\nA,3')
    expect(told()).toMatchObject({ code: 'relationship/duplicateKey', canRetry: false })
    expect(await catchUpRelationships(workspace)).toBe(false)
  })

  test('so is one whose owner was ended between the version and the measuring', async () => {
    const { workspace, ids, told, mend } = await related()
    mend()
    const shops = workspace.catalogue.dataset(ids['shops'] ?? '')!
    const version = workspace.catalogue.versions.next(shops.id)
    workspace.catalogue.saveDatasets([{ ...shops, version }])
    expect(queryCatalog(workspace).relations).toEqual([])
    expect(await catchUpRelationships(workspace)).toBe(true)
    expect(told()).toBe(null)
    expect(queryCatalog(workspace).relations).toHaveLength(1)
  })
})
