import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import exceljs from 'exceljs'
import officeCrypto from 'officecrypto-tool'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { runCli } from '../../support/cli-run.ts'
import { workbookZip } from '../../../scripts/fixtures/make-zip.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const sales = [
  ['receipt', 'sold_at', 'shop', 'channel', 'amount'],
  ['000001', '2025-01-03', 'S01', '门店', '10.10'],
  ['000002', '2025-01-19', 'S01', '外卖', '20.20'],
  ['000003', '2025-02-03', 'S02', '门店', '0.30'],
  ['000004', '2025-02-28', 'S02', '门店', '1000.45'],
  ['000005', '2025-03-01', 'S03', '外卖', '7.00'],
] as const
const shops = [
  ['shop', 'region'],
  ['S01', '华东'],
  ['S02', '华北'],
  ['S03', '华东'],
] as const

const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.join(',')}\n`).join('')

interface Bench {
  readonly folder: string
  readonly workspace: string
  readonly run: (args: readonly string[], input?: string) => ReturnType<typeof runCli>
  readonly file: (name: string, text: string) => string
}

function bench(): Bench {
  const folder = tempFolder()
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  return {
    folder,
    workspace: join(folder, 'space'),
    run: (args, input) => runCli(join(folder, 'settings'), args, input),
    file,
  }
}

async function salesBench(): Promise<Bench> {
  const made = bench()
  const files = [made.file('sales.csv', csv(sales)), made.file('shops.csv', csv(shops))]
  const end = await made.run(['import', ...files, '--workspace', made.workspace])
  if (end.code !== 0) throw new Error(end.errors)
  return made
}

const Result = z.object({
  rows: z.array(z.object({ path: z.array(z.unknown()), level: z.number() })),
  columns: z.array(z.object({ path: z.array(z.unknown()), level: z.number() })),
  measures: z.array(z.string()),
  cells: z.array(z.array(z.array(z.unknown()))),
  plan: z.string().optional(),
  sql: z.array(z.string()).optional(),
})

describe('import', () => {
  it('makes a dataset of each file, says what it read, and relates them', async () => {
    const { run, workspace, file } = bench()
    const files = [file('sales.csv', csv(sales)), file('shops.csv', csv(shops))]
    const end = await run(['import', ...files, '--workspace', workspace])
    expect(end.code).toBe(0)
    expect(end.json()).toMatchObject({
      datasets: [
        {
          name: 'sales',
          rows: 5,
          rejected: 0,
          columns: [
            { name: 'receipt', type: 'text', role: 'identifier' },
            { name: 'sold_at', type: 'date', role: 'dimension' },
            { name: 'shop', type: 'text' },
            { name: 'channel', type: 'text', role: 'dimension' },
            { name: 'amount', type: 'decimal', role: 'measure' },
          ],
        },
        { name: 'shops', rows: 3 },
      ],
    })
    const listed = await run(['datasets', '--workspace', workspace])
    expect(listed.json()).toMatchObject({
      datasets: [
        { name: 'sales', rows: 5, lastDay: '2025-03-01' },
        { name: 'shops', rows: 3 },
      ],
      relationships: [{ from: 'sales.shop', to: 'shops.shop', orphans: 0, blanks: 0 }],
    })
  })

  it('counts the rows without a partner, and names the keys that keep columns of one name apart', async () => {
    const { run, workspace, file } = bench()
    const files = [
      file('dupkey.csv', 'id,v\nA1,10\nA1,20\nB2,5\n'),
      file('fact.csv', 'id,amt\nA1,1\nB2,2\nC3,3\nA1,4\n'),
    ]
    const apart = await run(['import', ...files, '--workspace', workspace, '--locale', 'en'])
    expect(apart.errors).toMatch(/“(dupkey|fact)” and “(dupkey|fact)” both have “id”.*A1/)
    const names = file('names.csv', 'id,name\nA1,x\nB2,y\n')
    const other = file('labels.csv', 'id,label\nA1,x\nB2,y\nC3,z\n')
    const listed = await run(['import', other, '--no-relate', '--workspace', workspace, '--locale', 'en']) // prettier-ignore
    expect(listed.errors).toContain('Could be related: fact.id to labels.id')
    expect(listed.errors).not.toContain('Related ')
    await run(['datasets', 'remove', 'labels', '--workspace', workspace])
    const related = await run(['import', names, '--workspace', workspace, '--locale', 'en'])
    expect(related.errors).toContain('Related fact.id to names.id')
    expect(related.errors).toContain('Rows without a partner: 1 (C3)')
    expect(related.errors).not.toContain('both have')
  })

  it('takes sheets and tables apart or into one dataset', async () => {
    const { run, workspace, folder } = bench()
    const book = new exceljs.Workbook()
    for (const half of ['上半年', '下半年']) {
      book.addWorksheet(half).addRows([
        ['shop', 'amount'],
        ['S01', half === '上半年' ? 1.5 : 2.5],
      ])
    }
    const xlsx = join(folder, '2025.xlsx')
    await book.xlsx.writeFile(xlsx)
    const sqlite = join(folder, 'pos.sqlite')
    const database = new Database(sqlite)
    database.exec('create table 门店 (shop text); create table 其他 (x text)')
    database.exec(`insert into 门店 values ('S01'); insert into 其他 values ('a')`)
    database.close()
    const one = await run(['import', xlsx, '--into', '销售', '--workspace', workspace])
    expect(one.json()).toMatchObject({ datasets: [{ name: '销售', rows: 2 }] })
    const sheet = ['--sheet', '下半年', '--table', '门店']
    const apart = await run(['import', xlsx, sqlite, ...sheet, '--workspace', workspace])
    expect(apart.json()).toMatchObject({
      datasets: [{ name: '下半年', rows: 1 }, { name: '门店' }],
    })
    const strange = await run(['import', xlsx, '--sheet', '三', '--workspace', workspace])
    expect([strange.code, strange.failure()]).toMatchObject([
      3,
      { code: 'dataset/unreadable', details: { name: '三', known: ['上半年', '下半年'] } },
    ])
  })

  it('names a dataset after its file where the sheet has no name of its own', async () => {
    const { run, workspace, folder } = bench()
    const paths = await Promise.all(
      ['一月', '二月'].map(async (month) => {
        const book = new exceljs.Workbook()
        for (const sheet of ['Sheet1', '门店', 'Sheet3']) {
          book.addWorksheet(sheet).addRows([[`${month}${sheet}`], [1]])
        }
        if (month === '二月') book.removeWorksheet('门店')
        await book.xlsx.writeFile(join(folder, `${month}.xlsx`))
        return join(folder, `${month}.xlsx`)
      }),
    )
    const end = await run(['import', ...paths, '--workspace', workspace])
    expect(end.json()).toMatchObject({
      datasets: ['一月', '门店', '一月 2', '二月', '二月 2'].map((name) => ({ name })),
    })
  })

  it('says why a file cannot be read, which sheets are hidden, and that a file has no rows', async () => {
    const { run, workspace, file, folder } = bench()
    const book = new exceljs.Workbook()
    for (const [name, state] of [
      ['销售', 'visible'],
      ['旧数据', 'hidden'],
    ] as const) {
      book.addWorksheet(name, { state }).addRows([['shop', 'amount'], ['S01', 1.5]]) // prettier-ignore
    }
    book.addWorksheet('空表')
    const xlsx = join(folder, '2025.xlsx')
    await book.xlsx.writeFile(xlsx)
    const inSpace = ['--workspace', workspace, '--locale', 'zh-CN']
    const plain = await run(['import', xlsx, ...inSpace])
    expect(plain.json()).toMatchObject({ datasets: [{ name: '销售' }] })
    expect(plain.errors).toContain(
      '2025.xlsx：未导入隐藏的工作表（可用 --sheet 名称 导入）：旧数据',
    )
    expect(plain.errors).toContain('2025.xlsx: 没有任何数据行，因此未导入：空表')
    const asked = await run(['import', xlsx, '--sheet', '旧数据', ...inSpace])
    expect(asked.json()).toMatchObject({ datasets: [{ name: '旧数据', rows: 1 }] })
    const empty = await run(['import', file('空.csv', 'shop,amount\n'), ...inSpace])
    expect(empty.json()).toMatchObject({ datasets: [{ rows: 0, warnings: [{ code: 'noRows' }] }] })
    expect(empty.errors).toContain('空: 文件只有列名，下面没有数据行')
    const cut = join(folder, 'cut.xlsx')
    writeFileSync(cut, readFileSync(xlsx).subarray(0, 2000))
    const refused = await run(['import', cut, ...inSpace])
    expect([refused.code, refused.failure()]).toMatchObject([
      3,
      { message: '文件已损坏，或没有复制完整。请重新复制、下载或导出。 (name: cut.xlsx)' },
    ])
  }, 180_000)

  it('renames and removes a dataset, and says what became of it', async () => {
    const { run, workspace } = await salesBench()
    const inSpace = ['--workspace', workspace]
    const renamed = await run(['datasets', 'rename', 'sales', '销售', ...inSpace])
    expect(renamed.json()).toEqual({ name: '销售', before: 'sales', rows: 5 })
    const taken = await run(['datasets', 'rename', '销售', 'shops', ...inSpace])
    expect([taken.code, taken.failure().code]).toEqual([4, 'dataset/nameTaken'])
    const removed = await run(['datasets', 'remove', 'shops', ...inSpace])
    expect(removed.json()).toEqual({ name: 'shops', rows: 3, usedBy: [] })
    const Names = z.object({ datasets: z.array(z.object({ name: z.string() })) })
    const left = Names.parse((await run(['datasets', ...inSpace])).json())
    expect(left.datasets).toEqual([{ name: '销售' }])
    const gone = await run(['datasets', 'remove', 'shops', ...inSpace])
    expect([gone.code, gone.failure().code]).toEqual([4, 'dataset/notFound'])
    for (const wrong of [['rename', '销售'], ['remove'], ['forget', '销售']])
      expect((await run(['datasets', ...wrong, ...inSpace])).code).toBe(2)
  }, 180_000)

  it('refuses a name that is taken unless told to replace or append', async () => {
    const { run, workspace, file } = await salesBench()
    const again = file(
      'sales.csv',
      csv([...sales, ['000006', '2025-03-02', 'S01', '门店', '1.00']]),
    )
    const refused = await run(['import', again, '--workspace', workspace])
    expect([refused.code, refused.failure().code]).toEqual([4, 'dataset/nameTaken'])
    const replaced = await run(['import', again, '--mode', 'replace', '--workspace', workspace])
    expect(replaced.json()).toMatchObject({ datasets: [{ name: 'sales', rows: 6 }] })
    const more = file('more.csv', csv([sales[0], ['000007', '2025-03-02', 'S01', '门店', '1.00']]))
    const options = ['--into', 'sales', '--mode', 'append', '--workspace', workspace]
    const appended = await run(['import', more, ...options])
    expect(appended.json()).toMatchObject({ datasets: [{ name: 'sales', rows: 7 }] })
    const twice = await run(['import', more, ...options])
    expect([twice.code, twice.failure().code]).toEqual([4, 'dataset/sameFile'])
  })

  it('leaves nothing behind when a file cannot be read or is given twice', async () => {
    const { run, workspace, file, folder } = bench()
    const good = file('sales.csv', csv(sales))
    const bad = file('broken.xlsx', 'no zip at all')
    const end = await run(['import', good, bad, '--workspace', workspace])
    expect([end.code, end.out]).toEqual([3, ''])
    expect(end.failure()).toMatchObject({
      code: 'dataset/unreadable',
      details: { name: 'broken.xlsx' },
    })
    expect(existsSync(workspace)).toBe(false)
    const twice = await run([
      'import',
      good,
      join(folder, '.', 'sales.csv'),
      '--workspace',
      workspace,
    ])
    expect([twice.code, twice.failure().code]).toEqual([4, 'dataset/sameFile'])
    const absent = await run(['import', join(folder, 'none.csv'), '--workspace', workspace])
    expect([absent.code, absent.failure().code]).toEqual([3, 'file/notFound'])
  })

  it('opens a protected workbook with the password it is handed, and says when it does not', async () => {
    const { run, folder, workspace } = bench()
    const path = join(folder, 'secret.xlsx')
    const rows = '<row><c t="str"><v>a</v></c></row><row><c><v>7</v></c></row>'
    const sheet = `<worksheet><sheetData>${rows}</sheetData></worksheet>`
    writeFileSync(path, officeCrypto.encrypt(workbookZip({ sheet }), { password: 'open 1' }))
    const asked = ['import', path, '--workspace', workspace, '--password-stdin']
    const without = await run(asked.slice(0, -1))
    expect([without.code, without.failure().code]).toEqual([3, 'dataset/encrypted'])
    const wrong = await run(asked, 'other\n')
    expect([wrong.code, wrong.failure().code]).toEqual([3, 'dataset/wrongPassword'])
    const right = await run(asked, 'open 1\n')
    expect(right.code).toBe(0)
    expect(right.json()).toMatchObject({ datasets: [{ name: 'S', rows: 1 }] })
    expect(wrong.errors + right.errors).not.toContain('open 1')
  })

  it('reads the next file of the same columns as the last one was read, and says so', async () => {
    const { run, file, workspace } = bench()
    const inSpace = ['--workspace', workspace, '--locale', 'zh-CN']
    const text = (rows: string): string => `门店,金额\n${rows}合计,3\n`
    const first = ['import', file('一月.csv', text('S01,1\nS02,2\n')), ...inSpace]
    const tags = ['--personal', '门店=address', '--keep-totals']
    expect((await run([...first, ...tags])).json()).toMatchObject({ datasets: [{ rows: 3 }] })
    const next = await run(['import', file('二月.csv', text('S01,1\nS03,2\n')), ...inSpace])
    expect(next.json()).toMatchObject({
      datasets: [{ name: '二月', rows: 3, columns: [{ personal: 'address' }, {}] }],
    })
    expect(next.errors).toContain('二月: 已沿用上次的选择：版式、1 列的设置。')
    const plain = await run([
      'import',
      file('三月.csv', text('S04,1\nS05,2\n')),
      '--as-found',
      ...inSpace,
    ])
    expect(plain.json()).toMatchObject({ datasets: [{ name: '三月', rows: 2 }] })
    expect(plain.errors).not.toContain('已沿用')
  })

  it('guesses which name was meant by one that is not there', async () => {
    const { run, file, workspace } = bench()
    const inSpace = ['--workspace', workspace, '--locale', 'en']
    await run(['import', file('sales.csv', 'region,amount\nEast,1\n'), ...inSpace])
    const ask = (question: object) =>
      run(['query', '--query', file('q.json', JSON.stringify(question)), ...inSpace])
    const measures = [{ field: 'amount', aggregate: 'sum', as: 'x' }]
    const field = await ask({ dataset: 'sales', rows: [{ field: 'regoin' }], measures })
    expect(field.failure()).toMatchObject({ details: { field: 'regoin', near: 'region' } })
    expect(field.errors).toContain('Did you mean “region”?')
    const dataset = await ask({ dataset: 'sale', measures })
    expect(dataset.failure()).toMatchObject({
      code: 'dataset/notFound',
      details: { near: 'sales' },
    })
    const tagged = await run(['tag', 'slaes', '--meaning', 'amount=amount', ...inSpace])
    expect(tagged.failure().details).toMatchObject({ near: 'sales' })
    const far = await ask({ dataset: 'sales', rows: [{ field: 'weather' }], measures })
    expect(far.failure().details).not.toHaveProperty('near')
  })

  it('reads from the row and in the encoding it is told', async () => {
    const { run, workspace, folder } = bench()
    const path = join(folder, '门店.csv')
    // 店,额 / 甲,1 in GB18030, under a title line.
    const cells = Buffer.from([0xb5, 0xea, 0x2c, 0xb6, 0xee, 0x0a, 0xbc, 0xd7, 0x2c, 0x31, 0x0a])
    writeFileSync(path, Buffer.concat([Buffer.from('report,\n'), cells]))
    const options = ['--header-row', '2', '--encoding', 'gb18030', '--workspace', workspace]
    const end = await run(['import', path, ...options])
    expect(end.json()).toMatchObject({
      datasets: [{ name: '门店', rows: 1, columns: [{ name: '店' }, { name: '额' }] }],
    })
  })
})

describe('relate', () => {
  it('lists, relates by several keys, changes and removes, and refuses what does not fit', async () => {
    const { run, workspace, file } = bench()
    const files = [
      file('lines.csv', 'store,month,amount\nA,2025-01,1\nA,2025-02,2\nB,2025-01,3\nC,2025-01,4\n'),
      file('targets.csv', 'shop,month,target\nA,2025-01,10\nA,2025-02,11\nB,2025-01,12\n'),
    ]
    expect((await run(['import', ...files, '--workspace', workspace])).code).toBe(0)
    const relate = (...more: string[]) =>
      run(['relate', ...more, '--workspace', workspace, '--locale', 'en'])
    // Found by the import itself, as neither column alone is unique.
    expect((await relate('remove', 'lines', 'targets')).json()).toMatchObject({
      from: 'lines.store + month',
    })
    expect((await relate()).json()).toMatchObject({
      relationships: [],
      proposals: [{ from: 'lines.store + month', to: 'targets.shop + month' }],
    })
    const half = await relate('lines', 'targets', '--key', 'store=shop')
    expect([half.code, half.errors]).toEqual([
      4,
      expect.stringContaining('relationship/duplicateKey'),
    ])
    const made = await relate('lines', 'targets', '--key', 'store=shop', '--key', 'month')
    const line = { from: 'lines.store + month', to: 'targets.shop + month', orphans: 1, blanks: 0 }
    expect(made.json()).toMatchObject(line)
    expect((await relate()).json()).toMatchObject({ relationships: [line], proposals: [] })
    const again = await relate('lines', 'targets', '--key', 'month', '--key', 'store=shop')
    expect(again.errors).toContain('relationship/samePair')
    const changed = await relate(
      ...['lines', 'targets', '--replace', '--key', 'month', '--key', 'store=shop'],
    )
    expect(changed.json()).toMatchObject({
      from: 'lines.month + store',
      to: 'targets.month + shop',
    })
    const question = file('q.json', JSON.stringify({
      dataset: 'lines',
      rows: [{ field: 'targets.shop' }],
      measures: [
        { field: 'amount', aggregate: 'sum', as: 'sold' },
        { field: 'targets.target', aggregate: 'sum', as: 'wanted' },
      ],
    })) // prettier-ignore
    const asked = await run(['query', '--workspace', workspace, '--query', question])
    const { rows, cells } = Result.parse(asked.json())
    expect(rows.map(({ path }, at) => [path[0], cells[at]?.[0]])).toEqual([
      ['A', [3, 21]],
      ['B', [3, 12]],
      [null, [4, null]],
    ])
    expect((await relate('remove', 'lines', 'targets')).json()).toMatchObject({ usedBy: [] })
    expect((await relate('remove', 'lines', 'targets')).code).toBe(2)
  })
})

describe('query', () => {
  it('answers as an independent sum over the file does, subtotals and total included', async () => {
    const { run, workspace } = await salesBench()
    const query = {
      dataset: 'sales',
      rows: [{ field: 'shops.region' }, { field: 'sold_at', grain: 'month' }],
      columns: [{ field: 'channel' }],
      measures: [{ field: 'amount', aggregate: 'sum', as: 'Sales' }],
      totals: { rows: 'all', columns: 'grand' },
    }
    const end = await run(
      ['query', '--workspace', workspace, '--query', '-'],
      JSON.stringify(query),
    )
    const result = Result.parse(end.json())
    const regionOf = new Map<string, string>(shops.slice(1).map(([shop, region]) => [shop, region]))
    const lines = sales.slice(1).map(([, day, shop, channel, amount]) => ({
      path: [regionOf.get(shop), day.slice(0, 7)],
      channel,
      cents: Math.round(Number(amount) * 100),
    }))
    expect(result.measures).toEqual(['Sales'])
    expect(result.rows.at(-1)).toEqual({ path: [], level: 0 })
    expect(result.rows.map(({ level }) => level).toSorted()).toEqual([0, 1, 1, 2, 2, 2])
    for (const [r, row] of result.rows.entries()) {
      expect(row.level).toBe(row.path.length)
      for (const [c, column] of result.columns.entries()) {
        const under = lines.filter(
          ({ path, channel }) =>
            row.path.every((member, index) => member === path[index]) &&
            (column.level === 0 || column.path[0] === channel),
        )
        const cents = under.reduce((sum, line) => sum + line.cents, 0)
        expect(result.cells[r]?.[c]).toEqual([under.length === 0 ? null : cents / 100])
      }
    }
  })

  it('writes csv and a workbook with the same numbers', async () => {
    const { run, workspace, file, folder } = await salesBench()
    const query = file(
      'query.json',
      JSON.stringify({
        dataset: 'sales',
        rows: [{ field: 'shop' }],
        measures: [
          { field: 'amount', aggregate: 'sum' },
          { aggregate: 'count', as: 'n' },
        ],
      }),
    )
    const ask = ['query', '--workspace', workspace, '--query', query]
    const text = await run([...ask, '--format', 'csv'])
    expect(text.out).toBe('shop,sum(amount),n\r\nS01,30.30,2\r\nS02,1000.75,2\r\nS03,7.00,1\r\n')
    const target = join(folder, '结果.xlsx')
    const written = await run([...ask, '--format', 'xlsx', '--out', target])
    expect(written.json()).toMatchObject({ file: target, rows: 3 })
    const book = new exceljs.Workbook()
    await book.xlsx.readFile(target)
    const values = book.worksheets[0]
      ?.getSheetValues()
      .map((row) => (Array.isArray(row) ? row.slice(1) : []))
    expect(values).toEqual(
      expect.arrayContaining([
        ['S01', 30.3, 2],
        ['S02', 1000.75, 2],
        ['S03', 7, 1],
      ]),
    )
    expect((await run([...ask, '--format', 'xlsx'])).code).toBe(2)
  })

  it('explains, and counts relative dates from the day it is given', async () => {
    const { run, workspace } = await salesBench()
    const query = JSON.stringify({
      dataset: 'sales',
      measures: [{ field: 'amount', aggregate: 'sum', as: 'Sales' }],
      filters: [{ field: 'sold_at', op: 'relative', span: 'toDate', unit: 'month' }],
    })
    const ask = ['query', '--workspace', workspace, '--query', '-']
    const last = Result.parse((await run([...ask, '--explain'], query)).json())
    expect(last.cells).toEqual([[[7]]])
    expect(last.plan).toContain('duckdb')
    expect(last.sql?.[0]?.toLowerCase()).toContain('select')
    const january = await run([...ask, '--as-of', '2025-01-10'], query)
    expect(Result.parse(january.json()).cells).toEqual([[[10.1]]])
  })

  it('answers formulas over aggregates and over shown cells', async () => {
    const { run, workspace } = await salesBench()
    const query = {
      dataset: 'sales',
      rows: [{ field: 'size' }],
      calculated: [{ name: 'size', formula: 'IF([amount] >= @big, "big", "small")' }],
      parameters: [{ name: 'big', type: 'number', value: 100 }],
      measures: [
        { expression: 'SUM([amount]) / COUNTROWS()', as: 'mean' },
        { aggregate: 'cells', formula: '[mean] * 2', as: 'twice' },
      ],
    }
    const ask = ['query', '--workspace', workspace, '--query', '-', '--locale', 'en']
    const { rows, cells } = Result.parse((await run(ask, JSON.stringify(query))).json())
    const small = sales
      .slice(1)
      .map((line) => Number(line[4]))
      .filter((amount) => amount < 100)
    const mean = small.reduce((sum, amount) => sum + amount, 0) / small.length
    const at = rows.findIndex(({ path }) => path[0] === 'small')
    const [[found, twice] = []] = cells[at] ?? []
    expect([Number(found).toFixed(9), Number(twice).toFixed(9)]).toEqual([
      mean.toFixed(9),
      (2 * mean).toFixed(9),
    ])
    const wrong = { ...query, measures: [{ expression: 'SUM([amount]) / [amount]', as: 'x' }] }
    const end = await run(ask, JSON.stringify(wrong))
    expect([end.code, end.failure().code]).toEqual([4, 'expression/kindMismatch'])
    expect(end.failure().details).toMatchObject({ from: 16, to: 24, suggestion: 'SUM([amount])' })
  })

  it('says what is wrong with a question, and where', async () => {
    const { run, workspace } = await salesBench()
    const ask = ['query', '--workspace', workspace, '--query', '-', '--locale', 'en']
    const asked = async (query: unknown) => {
      const end = await run(ask, typeof query === 'string' ? query : JSON.stringify(query))
      expect(end.out).toBe('')
      return [end.code, end.failure().code, end.failure().details['path']]
    }
    expect(await asked('{')).toEqual([4, 'query/invalid', ''])
    expect(await asked({ dataset: 'sales', sums: [] })).toEqual([4, 'query/invalid', ''])
    const unknown = { dataset: 'sales', measures: [{ field: 'nothing', aggregate: 'sum' }] }
    expect(await asked(unknown)).toEqual([4, 'query/invalid', 'measures.0'])
    expect(await asked({ dataset: 'nothing' })).toEqual([4, 'dataset/notFound', undefined])
  })
})

describe('the command line', () => {
  it('answers wrong usage with 2 and the usage', async () => {
    const { run, workspace, folder } = bench()
    const wrong = [
      [],
      ['fly'],
      ['datasets'],
      ['datasets', '--workspace', workspace, 'more'],
      ['import', '--workspace', workspace],
      ['import', 'a.csv', '--workspace', workspace, '--mode', 'maybe'],
      ['import', 'a.csv', '--workspace', workspace, '--header-row', 'x'],
      ['query', '--workspace', workspace, '--query', '-', '--as-of', 'soon'],
      ['datasets', '--workspace', workspace, '--locale', 'fr'],
      ['datasets', '--workspace', workspace, '--colour'],
    ]
    for (const args of wrong) {
      const end = await run(args)
      expect([args, end.code, end.out]).toEqual([args, 2, ''])
      expect(end.failure().code).toBe('cli/usage')
    }
    expect(existsSync(join(folder, 'space'))).toBe(false)
    const help = await run(['--help', '--locale', 'zh-CN'])
    expect([help.code, help.out.split('\n')[0]]).toEqual([0, '用法：'])
  }, 120_000)

  it('says what is not there, and what is no JSON, in words that fit', async () => {
    const { run, workspace, folder } = await salesBench()
    const messageOf = async (args: readonly string[], input = '') =>
      (await run([...args, '--locale', 'en'], input)).failure().message
    const there = ['--workspace', workspace]
    const query = JSON.stringify({ dataset: 'sales', measures: [{ aggregate: 'count' }] })
    const out = join(folder, 'nodir', 'q.json')
    expect([
      await messageOf(['query', ...there, '--query', '-', '--out', out], query),
      await messageOf(['import', ...there, '--', '-x.csv']),
      await messageOf(['datasets', '--workspace', join(folder, 'none')]),
    ]).toEqual([
      'The folder does not exist: nodir',
      'There is no such file: -x.csv',
      'There is no such workspace: none',
    ])
    const noJson = await messageOf(['query', ...there, '--query', '-'], '{')
    expect(noJson).toMatch(/^The query is not valid JSON: [^(]*/)
    expect((await run([])).failure().message).toBe('COMMAND is missing')
  })

  it('names the owner of a workspace that is in use, and changes nothing', async () => {
    const { run, workspace } = await salesBench()
    const lock = join(workspace, 'workspace.lock')
    const owner = { pid: process.pid, host: (await import('node:os')).hostname(), started: null, kind: 'electron', heartbeat: new Date().toISOString() } // prettier-ignore
    writeFileSync(lock, JSON.stringify(owner))
    const end = await run(['datasets', '--workspace', workspace, '--locale', 'zh-CN'])
    expect([end.code, end.failure().code]).toEqual([3, 'workspace/inUse'])
    expect(end.failure().message).toContain(`进程 ${process.pid}`)
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toEqual(owner)
  })

  it('refuses folders that are no workspace', async () => {
    const { run, folder } = bench()
    const none = await run(['datasets', '--workspace', join(folder, 'none')])
    expect([none.code, none.failure().code]).toEqual([3, 'workspace/notFound'])
    const other = join(folder, 'other')
    mkdirSync(other)
    writeFileSync(join(other, 'letter.txt'), 'mine')
    writeFileSync(join(folder, 'a.csv'), csv(shops))
    const full = await run(['import', join(folder, 'a.csv'), '--workspace', other])
    expect([full.code, full.failure().code]).toEqual([4, 'workspace/notEmpty'])
    expect(existsSync(join(other, 'catalogue.sqlite'))).toBe(false)
  })
})
