import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { CallName, Input, Output, Part } from '../../shared/contract.ts'
import type { Outcome } from '../../shared/errors.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import { newBlock } from '../../shared/report/new-block.ts'
import type { Engine } from '../../electron/engine/engine.ts'
import { createEngine } from '../../electron/engine/engine.ts'
import { createFakeHost } from '../support/fake-host.ts'
import type { FakeHost } from '../support/fake-host.ts'
import { startProcess } from '../support/job-process.ts'
import { repeatableIds, salesReport } from '../support/report-builder.ts'
import { tempFolder } from '../support/temp-folder.ts'

interface Bench {
  readonly host: FakeHost
  readonly engine: Engine
  readonly folder: string
  /** A reference to a file with this content. */
  readonly file: (name: string, content: string | Buffer) => string
  readonly call: <C extends CallName>(
    name: C,
    input: Input<C>,
    options?: { readonly signal?: AbortSignal; readonly onPart?: (part: Part<C>) => void },
  ) => Promise<Outcome<Output<C>>>
  readonly value: <C extends CallName>(name: C, input: Input<C>) => Promise<Output<C>>
}

const salesLines = 'receipt,sold_at,region,shop,amount,quantity\nR1,2025-01-01,East,S1,10.50,1\n'

/** The whole engine on a host without a shell, with real job and query processes. */
function bench(host = createFakeHost({ startProcess })): Bench {
  const engine = createEngine(host, { version: '0', systemLanguage: 'en', checkOutput: true })
  onTestFinished(() => engine.close())
  const folder = tempFolder()
  const made: Bench = {
    host,
    engine,
    folder,
    file: (name, content) => {
      writeFileSync(join(folder, name), content)
      return host.files.register(join(folder, name)).id
    },
    call: async (name, input, options = {}) => {
      const part = (payload: unknown): void => options.onPart?.(payload as never)
      const signal = options.signal ?? new AbortController().signal
      // The dispatcher checked the answer against this very call's schema.
      return (await engine.call(name, input, { signal, part })) as Outcome<never>
    },
    value: async (name, input) => {
      const outcome = await made.call(name, input)
      if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`)
      return outcome.value
    },
  }
  return made
}

const order = (name: string, file: string, part?: string) => ({
  name,
  mode: 'fail' as const,
  overrides: [],
  parts: [part === undefined ? { file } : { file, part }],
})

test('files are looked into, imported with progress, related and asked', async () => {
  const { file, call, value } = bench()
  const lines = Array.from({ length: 40_000 }, (_, i) => `S0${i % 3},2025-01-${String((i % 28) + 1).padStart(2, '0')},${i % 7}.50\n`) // prettier-ignore
  const sales = file('销售.csv', `店号,日期,金额\n${lines.join('')}`)
  const shops = file('门店.csv', '店号,区域\nS00,东\nS01,西\nS02,东\n')
  const { parts, unreadable } = await value('files.inspect', { files: [sales, shops] })
  expect(unreadable).toEqual([])
  expect(parts.map(({ fileName, layout, columns }) => [fileName, layout.headerRow, columns.length])).toEqual([
    ['销售.csv', 1, 3],
    ['门店.csv', 1, 2],
  ]) // prettier-ignore
  expect(parts[0]?.columns[2]).toEqual({
    name: '金额',
    type: 'decimal',
    role: 'measure',
    scale: 2,
    meaning: 'amount',
  })
  expect(parts[0]?.sample[0]).toEqual(['S00', '2025-01-01', '0.50'])
  const phases = new Set<string>()
  const imported = await call(
    'dataset.import',
    { orders: [order('销售', sales), order('门店', shops)] },
    { onPart: ({ phase }) => void phases.add(phase) },
  )
  if (!imported.ok) throw new Error(imported.error.code)
  const [salesSet, shopsSet] = imported.value.datasets.map(({ dataset }) => dataset.id)
  expect(phases.has('reading')).toBe(true)
  const { proposals } = await value('relationship.propose', {})
  expect(proposals).toMatchObject([
    { from: { dataset: salesSet, fields: ['店号'] }, to: { dataset: shopsSet, fields: ['店号'] } },
  ])
  const { from, to } = proposals[0]!
  await value('relationship.create', { from, to })
  const { current } = await value('workspace.state', {})
  expect(current).toMatchObject({ datasets: [{ rows: 40_000 }, { rows: 3 }], sample: false })
  const asked = await value('query.run', {
    query: {
      dataset: '销售',
      rows: [{ field: '门店.区域' }],
      columns: [],
      measures: [{ aggregate: 'sum', field: '金额' }, { aggregate: 'count' }],
      filters: [],
      totals: { rows: 'none', columns: 'none' },
    },
  })
  const expected = [0, 1].map((region) =>
    lines.reduce((total, _line, i) => (Number(i % 3 === 1) === region ? total + (i % 7) * 100 + 50 : total), 0),
  ) // prettier-ignore
  const cells = asked.cells[0]!
  if (cells.kind !== 'scaled') throw new Error('money must be exact')
  const byRegion = new Map(asked.rows.paths.map(([region], i) => [region, cells.values[i]]))
  expect([byRegion.get('东'), byRegion.get('西')]).toEqual(expected)
})

test('values of a field are listed with their rows', async () => {
  const { file, value } = bench()
  const { datasets } = await value('dataset.import', {
    orders: [order('A', file('a.csv', '店,n\n上海一店,1\n上海二店,2\n北京店,3\n上海一店,4\n'))],
  })
  const dataset = datasets[0]!.dataset.id
  expect(
    await value('dataset.values', { dataset, field: '店', search: '上海', limit: 10 }),
  ).toEqual({
    values: [
      { value: '上海二店', rows: 1 },
      { value: '上海一店', rows: 2 },
    ],
    total: 2,
  })
  // In the order charts have them; of more than are wanted the most frequent.
  const listed = async (limit: number) =>
    (await value('dataset.values', { dataset, field: '店', search: '', limit })).values.map((one) => one.value) // prettier-ignore
  const query = { dataset, rows: [{ field: '店' }], measures: [{ aggregate: 'count' as const }] }
  const drawn = await value('query.run', { query: ReportQuery.parse(query) })
  expect(await listed(10)).toEqual(drawn.rows.paths.map(([member]) => member))
  expect(await listed(1)).toEqual(['上海一店'])
})

test('a file that cannot be read changes nothing and says why', async () => {
  const { file, call, value } = bench()
  const broken = file('a.xlsx', 'no workbook at all')
  const strange = file('b.pdf', 'pdf')
  const { parts, unreadable } = await value('files.inspect', { files: [broken, strange] })
  expect(parts).toEqual([])
  expect(unreadable).toMatchObject([
    { fileName: 'a.xlsx', code: 'dataset/unreadable' },
    { fileName: 'b.pdf', code: 'dataset/unreadable' },
  ])
  const outcome = await call('dataset.import', { orders: [order('x', broken)] })
  expect(outcome).toMatchObject({ ok: false, error: { code: 'dataset/unreadable' } })
  const gone = await call('dataset.import', { orders: [order('x', 'file_0000000000')] })
  expect(gone).toMatchObject({ ok: false, error: { code: 'file/unknownReference' } })
  expect((await value('workspace.state', {})).current?.datasets).toEqual([])
})

test('an import that is cancelled ends its process and leaves nothing', async () => {
  const { file, call, value, host } = bench()
  const lines = Array.from({ length: 400_000 }, (_, i) => `${i},receipt-${i},${i}.25\n`)
  const big = file('big.csv', `n,t,v\n${lines.join('')}`)
  await value('workspace.openDefault', {})
  const stop = new AbortController()
  const outcome = await call(
    'dataset.import',
    { orders: [order('big', big)] },
    { signal: stop.signal, onPart: () => stop.abort() },
  )
  expect(outcome).toMatchObject({ ok: false, error: { code: 'internal/cancelled' } })
  const home = join(host.folders.documents, 'Storeboard')
  expect(readdirSync(join(home, 'extracts'))).toEqual([])
  expect(readdirSync(join(home, 'temp'))).toEqual([])
  expect((await value('workspace.state', {})).current?.datasets).toEqual([])
})

test('datasets are renamed and removed, names stay unique', async () => {
  const { file, call, value } = bench()
  const a = file('a.csv', 'k,n\nx,1\n')
  const b = file('b.csv', 'k,n\ny,2\n')
  const { datasets } = await value('dataset.import', { orders: [order('A', a), order('B', b)] })
  const [first, second] = datasets.map(({ dataset }) => dataset.id)
  expect(await call('dataset.rename', { dataset: first!, name: 'b' })).toMatchObject({
    error: { code: 'dataset/nameTaken' },
  })
  expect(await value('dataset.rename', { dataset: first!, name: 'a' })).toMatchObject({ name: 'a' })
  expect(await value('dataset.usedBy', { dataset: second! })).toEqual({ reports: [] })
  await value('dataset.remove', { dataset: second! })
  expect(await call('dataset.remove', { dataset: second! })).toMatchObject({
    error: { code: 'dataset/notFound' },
  })
  const { current } = await value('workspace.state', {})
  expect(current?.datasets.map((dataset) => dataset.name)).toEqual(['a'])
})

test('a name cannot be given while rows are added to the dataset, and is once they are in', async () => {
  const { file, call, value } = bench()
  const first = file('a.csv', 'k,n\nx,1\n')
  const { datasets } = await value('dataset.import', { orders: [order('A', first)] })
  const id = datasets[0]!.dataset.id
  const more = { ...order('A', file('b.csv', 'k,n\ny,2\n')), mode: 'append' as const }
  const renamed: Promise<Outcome<unknown>>[] = []
  await call(
    'dataset.import',
    { orders: [more] },
    {
      onPart: () => {
        if (renamed.length === 0) renamed.push(call('dataset.rename', { dataset: id, name: 'B' }))
      },
    },
  )
  expect(await Promise.all(renamed)).toMatchObject([
    { ok: false, error: { code: 'dataset/beingImported', details: { name: 'A' }, canRetry: true } },
  ])
  await value('dataset.rename', { dataset: id, name: 'B' })
  const { current } = await value('workspace.state', {})
  expect(current?.datasets).toMatchObject([{ id, name: 'B', rows: 2 }])
})

test('imports run beside each other, and one dataset of them is stopped alone by its run and name', async () => {
  const { file, call, value } = bench()
  const many = Array.from({ length: 60_000 }, (_, i) => `M${i},${i}\n`).join('')
  const left: Promise<Outcome<unknown>>[] = []
  const run = 'rn_together'
  const orders = [order('慢', file('slow.csv', `k,n\n${many}`)), order('快', file('fast.csv', 'k,n\nx,1\n'))] // prettier-ignore
  const [both, beside] = await Promise.all([
    call(
      'dataset.import',
      { orders, run },
      {
        onPart: ({ dataset }) => {
          if (left.length === 0 && dataset === '慢')
            left.push(call('dataset.leaveOut', { run, name: '慢' }))
        },
      },
    ),
    call('dataset.import', { orders: [order('旁', file('beside.csv', 'k,n\ny,2\n'))] }),
  ])
  expect(await Promise.all(left)).toMatchObject([{ ok: true, value: { leftOut: true } }])
  expect(both).toMatchObject({ ok: true, value: { datasets: [{ dataset: { name: '快' } }] } })
  expect(beside.ok).toBe(true)
  // The run is over: there is nothing to stop any more.
  expect(await value('dataset.leaveOut', { run, name: '快' })).toEqual({ leftOut: false })
  const { current } = await value('workspace.state', {})
  expect(current?.datasets.map(({ name }) => name).toSorted()).toEqual(['快', '旁'].toSorted())
})

test('what was picked only to be read is never written; a report is saved where it was opened', async () => {
  const { call, value, host, folder } = bench()
  await value('workspace.openDefault', {})
  const path = join(folder, 'a.csv')
  writeFileSync(path, 'k,n\nx,1\n')
  host.picks = [path]
  const picked = await value('host.pickOpen', { purpose: 'data', multiple: false })
  const file = picked.files[0]!
  const report = salesReport()
  const saving = { file, report, bindings: {}, expectedStamp: null }
  const refused = { error: { code: 'file/unknownReference' } }
  expect(await call('report.save', saving)).toMatchObject(refused)
  expect(await call('template.pack', { report, bindings: {}, keep: [], to: file })).toMatchObject(
    refused,
  )
  // Neither does the way round a recovery copy lead there.
  await value('report.keepRecovery', { file, report, bindings: {} })
  const { copies } = await value('report.recoveries', {})
  expect(copies.map((copy) => copy.file)).toEqual([null])
  expect(await call('report.save', saving)).toMatchObject(refused)
  expect(readFileSync(path, 'utf8')).toBe('k,n\nx,1\n')

  host.picks = [join(folder, 'b.storeboard')]
  const target = await value('host.pickSave', { purpose: 'report', suggestedName: 'b' })
  await value('report.save', { ...saving, file: target.file! })
  const again = await value('host.pickOpen', { purpose: 'report', multiple: false })
  const { stamp } = await value('report.open', { file: again.files[0]! })
  await value('report.save', { ...saving, file: again.files[0]!, expectedStamp: stamp })
})

test('a report keeps working when its dataset is renamed, and is named before that is removed', async () => {
  const { file, call, value, host, folder } = bench()
  const imported = await value('dataset.import', { orders: [order('sales', file('s.csv', salesLines))] }) // prettier-ignore
  const dataset = imported.datasets[0]!.dataset.id
  const target = host.files.register(join(folder, 'board.storeboard'))
  const report = salesReport()
  const bindings = { sl_sales: dataset }
  await value('report.save', { file: target, report, bindings, expectedStamp: null })
  await value('dataset.rename', { dataset, name: '销售' })
  const opened = await value('report.open', { file: target })
  expect([opened.bindings, opened.report.datasets]).toEqual([bindings, report.datasets])
  expect(await value('dataset.usedBy', { dataset })).toEqual({ reports: [{ title: report.title }] })
  await value('dataset.remove', { dataset })
  const after = await value('report.open', { file: target })
  expect([after.bindings, after.report]).toEqual([{}, report])
  expect(await call('dataset.usedBy', { dataset })).toMatchObject({
    error: { code: 'dataset/notFound' },
  })
})

test('a workspace is made, switched, backed up and moved; a used folder is refused', async () => {
  const { file, call, value, host, folder } = bench()
  const at = (name: string) => ({ file: host.files.register(join(folder, name)) })
  await value('workspace.create', at('one'))
  await value('dataset.import', { orders: [order('A', file('a.csv', 'k,n\nx,1\n'))] })
  await value('workspace.backUp', at('backup'))
  await value('dataset.import', { orders: [order('B', file('b.csv', 'k,n\ny,2\n'))] })
  const names = (state: Output<'workspace.open'>) => state.datasets.map((dataset) => dataset.name)
  expect(names(await value('workspace.move', at('two')))).toEqual(['A', 'B'])
  expect(existsSync(join(folder, 'one'))).toBe(false)
  expect(names(await value('workspace.open', at('backup')))).toEqual(['A'])
  expect(names(await value('workspace.open', at('two')))).toEqual(['A', 'B'])
  expect(await call('workspace.create', at('backup'))).toMatchObject({ error: { code: 'workspace/notEmpty' } }) // prettier-ignore
  expect(await call('workspace.open', at('nowhere'))).toMatchObject({ error: { code: 'workspace/notFound' } }) // prettier-ignore
  expect(await call('workspace.backUp', at('two/inside'))).toMatchObject({ error: { code: 'workspace/notEmpty' } }) // prettier-ignore
  const { current } = await value('workspace.state', {})
  expect(current?.name).toBe('two')
})

test('a second engine is told who owns the workspace', async () => {
  const first = bench()
  const folder = join(first.folder, 'shared')
  await first.value('workspace.create', { file: first.host.files.register(folder) })
  const second = bench()
  const refused = await second.call('workspace.open', { file: second.host.files.register(folder) })
  expect(refused).toMatchObject({
    error: { code: 'workspace/inUse', details: { pid: process.pid } },
  })
})

test('an export asks in a process of its own, and both together keep to the memory for questions', async () => {
  const limits: number[] = []
  const host = createFakeHost({
    startProcess: (kind) => {
      const port = startProcess(kind)
      const post = (message: unknown): void => {
        const isOpening =
          typeof message === 'object' && message !== null && 'memoryLimitMb' in message
        if (isOpening) limits.push(Number(message.memoryLimitMb))
        port.post(message)
      }
      return { ...port, post }
    },
  })
  const { file, value, folder } = bench(host)
  const sales = file('sales.csv', 'shop,amount\nA,1.5\nB,2\n')
  const { datasets } = await value('dataset.import', { orders: [order('sales', sales)] })
  const id = datasets[0]?.dataset.id ?? ''
  const measures = [{ field: 'amount', aggregate: 'sum' as const }]
  await value('query.run', { query: ReportQuery.parse({ dataset: id, measures }) })
  expect(limits).toHaveLength(1)
  const newId = repeatableIds()
  const card = newBlock('metric', { x: 0, y: 0, w: 4, h: 4 }, newId)
  if (card.kind !== 'metric') throw new Error(card.kind)
  // Another question than the one above, whose answer is known.
  card.shelves.values.push({ id: newId('pl'), field: 'sl_sales.amount', aggregate: 'average' })
  const empty = salesReport(newId)
  const pages = Object.entries(empty.pages).map(([id, page]): [string, typeof page] => [
    id,
    { ...page, blocks: { [card.id]: card }, blockOrder: [card.id] },
  ])
  const report = { ...empty, pages: Object.fromEntries(pages) }
  const to = host.files.register(join(folder, 'out.csv'))
  const view = { filters: {}, drill: {} }
  const request = { format: 'csv' as const, to, report, bindings: { sl_sales: id }, view }
  const scope = { kind: 'block' as const, block: card.id }
  await value('export.run', { ...request, scope, locale: 'en', personal: 'mask' })
  expect(limits).toHaveLength(2)
  const [screen = 0, exports = 0] = limits
  expect(screen).toBeGreaterThan(exports)
  const all = Math.max(512, Math.min(3072, Math.floor(totalmem() / 1_048_576 / 4)))
  expect(screen + exports).toBeLessThanOrEqual(all)
})

test('a column is profiled over every row, and anew for a new version of its dataset', async () => {
  const { file, value } = bench()
  await value('workspace.openDefault', {})
  const lines = (more: string): string => `手机,金额\n13800001111,5\n13800002222,7.50\n${more}`
  const first = file('流水.csv', lines(''))
  const ask = async () => {
    const dataset = (await value('workspace.state', {})).current?.datasets[0]?.id ?? ''
    return value('dataset.profile', { dataset, field: '手机' })
  }
  await value('dataset.import', { orders: [order('流水', first)] })
  expect(await ask()).toMatchObject({
    rows: 2,
    distinct: 2,
    texts: { patterns: [{ pattern: '99999999999', rows: 2 }] },
  })
  const second = file('流水二.csv', lines('13800003333,1\n'))
  await value('dataset.import', { orders: [{ ...order('流水', second), mode: 'replace' }] })
  expect(await ask()).toMatchObject({ rows: 3, distinct: 3 })
})

test('a column is tagged, and what an export and a template hold of it is told at once', async () => {
  const { file, call, value } = bench()
  await value('workspace.openDefault', {})
  const orders = [order('sales', file('sales.csv', 'region,amount\n东,5\n西,7.50\n'))]
  const { datasets } = await value('dataset.import', { orders })
  const id = datasets[0]!.dataset.id
  const newId = repeatableIds()
  const table = newBlock('table', { x: 0, y: 0, w: 4, h: 4 }, newId)
  if (table.kind !== 'table') throw new Error(table.kind)
  table.shelves.columns.push({ id: newId('pl'), field: 'sl_sales.region' })
  table.filters.push({ field: 'sl_sales.region', op: 'contains', text: '东' })
  const empty = salesReport(newId)
  const pages = Object.entries(empty.pages).map(([page, one]): [string, typeof one] => [
    page,
    { ...one, blocks: { [table.id]: table }, blockOrder: [table.id] },
  ])
  const report = { ...empty, pages: Object.fromEntries(pages) }
  const bindings = { sl_sales: id }
  const view = { filters: {}, drill: {} }
  const told = async () => {
    const { columns } = await value('export.personal', { report, bindings, view })
    const { literals } = await value('template.literals', { report, bindings })
    const kept = literals.find(({ id: literal }) => literal.endsWith('.filter0'))?.keepByDefault
    return { columns, kept }
  }
  expect(await told()).toEqual({ columns: [], kept: true })
  const tagged = await value('dataset.tag', { dataset: id, field: 'region', personal: 'address' })
  expect(tagged.fields[0]).toMatchObject({ name: 'region', personal: 'address' })
  const columns = [{ dataset: 'sales', field: 'region', kind: 'address' }]
  expect(await told()).toEqual({ columns, kept: false })
  const gone = await call('dataset.tag', { dataset: id, field: 'nowhere', personal: null })
  expect(gone).toMatchObject({ error: { code: 'dataset/fieldMissing' } })
})
