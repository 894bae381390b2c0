import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { ReportQuery } from '../../../shared/query/report-query.ts'
import type { Block } from '../../../shared/report/blocks/block.ts'
import { newBlock } from '../../../shared/report/new-block.ts'
import type { Report } from '../../../shared/report/report.ts'
import { writeReport } from '../../../shared/report/write-report.ts'
import { z } from 'zod'
import { findBrowser } from '../../../electron/hosts/loopback/find-browser.ts'
import { runCli, startCli } from '../../support/cli-run.ts'
import { repeatableIds, salesReport } from '../../support/report-builder.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const newId = repeatableIds(7)

/** One column chart of amount by region, on the first page of the builder's report. */
function chartReport(): Report {
  const report = salesReport()
  const [pageId = ''] = report.pageOrder
  const page = report.pages[pageId]
  const block = newBlock('chart', { x: 0, y: 0, w: 12, h: 16 }, newId)
  if (block.kind !== 'chart' || !page) throw new Error('the builder changed')
  const chart: Block = {
    ...block,
    title: 'By region',
    shelves: {
      ...block.shelves,
      columns: [{ id: 'pl_region', field: 'sl_sales.region' }],
      rows: [{ id: 'pl_amount', field: 'sl_sales.amount', aggregate: 'sum' }],
    },
    filters: [{ field: 'sl_sales.region', op: 'notIn', values: ['Nowhere', '13800138000'] }],
  }
  const next = { ...page, blocks: { [chart.id]: chart }, blockOrder: [chart.id] }
  return { ...report, pages: { [pageId]: next } }
}

/** The same page with a crosstab of shops whose regions are folded. */
function foldedReport(): Report {
  const report = chartReport()
  const [pageId = ''] = report.pageOrder
  const block = newBlock('crosstab', { x: 0, y: 0, w: 12, h: 16 }, newId)
  const page = report.pages[pageId]
  if (block.kind !== 'crosstab' || !page) throw new Error('the builder changed')
  const { shelves } = block
  shelves.rows.push(...['region', 'shop'].map((name) => ({ id: `pl_${name}`, field: `sl_sales.${name}` }))) // prettier-ignore
  shelves.values.push({ id: 'pl_amount', field: 'sl_sales.amount', aggregate: 'sum' })
  block.folds = { rows: { levels: [1], paths: [] } }
  const next = { ...page, blocks: { [block.id]: block }, blockOrder: [block.id] }
  return { ...report, pages: { [pageId]: next } }
}

const lines = 'receipt,sold_at,region,shop,amount,quantity\nR1,2025-01-01,East,S1,10.50,1\nR2,2025-01-02,East,S2,4.50,2\nR3,2025-02-02,North,S3,7.25,3\n' // prettier-ignore
/** The same rows under another house's names. */
const foreign = lines.replace(/^.*/, '小票号,日期,区域,门店,金额,数量')

function bench() {
  const folder = tempFolder()
  const path = (name: string): string => join(folder, name)
  const run = (args: readonly string[]) => runCli(path('settings'), args)
  writeFileSync(path('board.storeboard'), writeReport(chartReport(), 'test'))
  const bring = async (name: string, text: string): Promise<void> => {
    writeFileSync(path(`${name}.csv`), text)
    const end = await run(['import', path(`${name}.csv`), '--workspace', path('space')])
    if (end.code !== 0) throw new Error(end.errors)
  }
  return { folder, path, run, bring }
}

async function sheetNumbers(file: string): Promise<unknown[]> {
  const book = new exceljs.Workbook()
  await book.xlsx.readFile(file)
  const rows = book.worksheets.flatMap((sheet) => sheet.getSheetValues())
  return rows.map((row) => (Array.isArray(row) ? row.slice(1, 3) : []))
}

describe('render', () => {
  it('writes the workbook and the pictures of a report bound by name', async () => {
    const { run, bring, path } = bench()
    await bring('sales', lines)
    const targets = ['--xlsx', path('board.xlsx'), '--png', path('pictures')]
    const end = await run(['render', path('board.storeboard'), '--workspace', path('space'), ...targets, '--locale', 'en']) // prettier-ignore
    expect([end.code, end.errors.includes('"sales"')]).toEqual([0, true])
    const written = { format: 'xlsx', file: path('board.xlsx'), rows: 2, sheets: 1 }
    expect(end.json()).toMatchObject({ files: [written, { format: 'png' }] })
    // What nobody counted is not said to be none.
    expect(end.out).not.toMatch(/"(rows|pages|sheets)": 0/)
    const numbers = await sheetNumbers(path('board.xlsx'))
    expect(numbers).toEqual(expect.arrayContaining([['East', 15], ['North', 7.25]])) // prettier-ignore
    expect(readdirSync(path('pictures'))).toEqual(['1-01-By region.png'])
    const png = readFileSync(join(path('pictures'), '1-01-By region.png'))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
  })

  it('leaves groups folded as the report has them, or opens all levels', async () => {
    const { run, bring, path } = bench()
    await bring('sales', lines)
    writeFileSync(path('folded.storeboard'), writeReport(foldedReport(), 'test'))
    const render = async (...more: string[]): Promise<string> => {
      const file = path(`folded${more.length}.xlsx`)
      const ask = ['render', path('folded.storeboard'), '--workspace', path('space')]
      const end = await run([...ask, '--xlsx', file, '--locale', 'en', ...more])
      expect([end.code, end.code === 0 ? '' : end.errors]).toEqual([0, ''])
      return JSON.stringify(await sheetNumbers(file))
    }
    const [folded, opened] = [await render(), await render('--all-levels')]
    expect([folded.includes('East'), folded.includes('S1')]).toEqual([true, false])
    for (const shop of ['S1', 'S2', 'S3']) expect(opened).toContain(shop)
  })

  it('refuses a report whose slot has no dataset, and one without a target', async () => {
    const { run, bring, path } = bench()
    await bring('weather', 'day,degrees\n2025-01-01,3.5\n')
    const ask = ['render', path('board.storeboard'), '--workspace', path('space')]
    const none = await run([...ask, '--xlsx', path('board.xlsx')])
    expect([none.code, none.failure().code]).toEqual([4, 'dataset/notFound'])
    const poor = await run([...ask, '--xlsx', path('board.xlsx'), '--data', 'sales=weather'])
    expect([poor.code, poor.failure().code]).toEqual([4, 'dataset/fieldMissing'])
    expect(existsSync(path('board.xlsx'))).toBe(false)
    expect((await run(ask)).code).toBe(2)
    expect((await run([...ask, '--png', path('p'), '--data', 'other=weather'])).code).toBe(2)
  })
})

/** Programs that look into a PDF as a reader's would. */
const hasPdfTools = spawnSync('pdftotext', ['-v']).status === 0
const inPdf = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })

describe.skipIf(!hasPdfTools || findBrowser() === undefined)('render --pdf', () => {
  const listed = 20_500

  function longTable(): Report {
    const report = chartReport()
    const [pageId = ''] = report.pageOrder
    const page = report.pages[pageId]
    const block = newBlock('table', { x: 0, y: 16, w: 24, h: 12 }, newId)
    if (block.kind !== 'table' || !page) throw new Error('the builder changed')
    const table: Block = {
      ...block,
      title: '小票明细',
      overflow: 'continue',
      shelves: {
        columns: ['receipt', 'region', 'amount'].map((field) => ({
          id: newId('pl'),
          field: `sl_sales.${field}`,
        })),
      },
    }
    const blocks = { ...page.blocks, [table.id]: table }
    const blockOrder = [...page.blockOrder, table.id]
    return { ...report, pages: { [pageId]: { ...page, blocks, blockOrder } } }
  }

  it('embeds the Chinese font, keeps text selectable, repeats heads and counts pages and rows truly', async () => {
    const { run, bring, path } = bench()
    const rows = Array.from({ length: listed }, (_, n) => `R${n},2025-01-01,华东,S1,1.50,1\n`)
    await bring('sales', `receipt,sold_at,region,shop,amount,quantity\n${rows.join('')}`)
    writeFileSync(path('board.storeboard'), writeReport(longTable(), 'test'))
    const ask = ['render', path('board.storeboard'), '--workspace', path('space')]
    const end = await run([...ask, '--pdf', path('board.pdf'), '--locale', 'zh-CN'])
    expect([end.code, end.code === 0 ? '' : end.errors]).toEqual([0, ''])
    const pages = Number(/^Pages:\s+(\d+)/m.exec(inPdf('pdfinfo', path('board.pdf')))![1])
    expect(end.json()).toMatchObject({ files: [{ format: 'pdf', pages, notes: [] }] })
    expect(end.out).not.toContain('"rows"')
    const fonts = inPdf('pdffonts', path('board.pdf')).trim().split('\n').slice(2)
    const chinese = fonts.filter((line) => line.includes('NotoSansSC'))
    expect(chinese.length).toBeGreaterThan(0)
    // Subset names begin with six letters and a plus; then type, encoding, embedded, subset.
    for (const line of chinese)
      expect(line).toMatch(/^[A-Z]{6}\+NotoSansSC.* CID TrueType .* yes yes /)
    const sheets = inPdf('pdftotext', '-layout', path('board.pdf'), '-').split('\f').slice(0, pages)
    expect(sheets.length).toBe(pages)
    sheets.forEach((sheet, index) => {
      expect(sheet).toContain(`第 ${index + 1} 页，共 ${pages} 页`)
      expect(sheet).toMatch(/receipt\s+region\s+amount/)
    })
    const receipts = sheets.flatMap((sheet) => sheet.match(/\bR\d+\b/g) ?? [])
    expect(receipts).toEqual(Array.from({ length: 20_000 }, (_, n) => `R${n}`))
    expect(sheets.at(-1)).toMatch(/20500.*20000/)
  }, 240_000)
})

describe('template', () => {
  it('packs without values of the data, shows what travels, and applies to other names', async () => {
    const { run, bring, path } = bench()
    const pack = await run(['template', 'pack', path('board.storeboard'), '--out', path('board.sbtemplate')]) // prettier-ignore
    const literals = z.object({
      literals: z.array(z.object({ kind: z.string(), kept: z.boolean() })),
    })
    const listed = literals.parse(pack.json()).literals
    expect(listed).toContainEqual(expect.objectContaining({ kind: 'filterValues', kept: false }))
    expect(readFileSync(path('board.sbtemplate'), 'utf8')).not.toContain('13800138000')
    const inspect = await run(['template', 'inspect', path('board.sbtemplate')])
    expect(inspect.json()).toMatchObject({
      kind: 'template',
      slots: [{ slot: 'sales', used: true }],
    })
    // Columns nothing shows are not named in the file.
    const packed = readFileSync(path('board.sbtemplate'), 'utf8')
    expect(['region', 'amount', 'shop', 'sold_at'].filter((name) => packed.includes(name))).toEqual(['region', 'amount']) // prettier-ignore
    await bring('销售', foreign)
    const options = ['--workspace', path('space'), '--out', path('mine.storeboard')]
    const applied = await run(['template', 'apply', path('board.sbtemplate'), ...options])
    expect(applied.json()).toMatchObject({
      slots: [{ slot: 'sales', dataset: '销售', fields: { region: '区域', amount: '金额' } }],
      missing: [],
    })
    expect(applied.errors).toContain('region → 区域')
    expect((await run(['check', path('mine.storeboard')])).code).toBe(0)
    const xlsx = ['--workspace', path('space'), '--xlsx', path('mine.xlsx')]
    expect((await run(['render', path('mine.storeboard'), ...xlsx])).code).toBe(0)
    const numbers = await sheetNumbers(path('mine.xlsx'))
    expect(numbers).toEqual(expect.arrayContaining([['East', 15], ['North', 7.25]])) // prettier-ignore
  })

  it('takes a field the person names over the proposed one', async () => {
    const { run, bring, path } = bench()
    await run(['template', 'pack', path('board.storeboard'), '--out', path('board.sbtemplate')])
    await bring('销售', foreign)
    const options = ['--workspace', path('space'), '--out', path('mine.storeboard')]
    const ask = ['template', 'apply', path('board.sbtemplate'), ...options]
    const named = await run([...ask, '--data', 'sales=销售', '--map', 'sales.region=门店'])
    expect(named.code).toBe(0)
    expect(readFileSync(path('mine.storeboard'), 'utf8')).toContain('"sl_sales.门店"')
    const wrong = await run([...ask, '--map', 'sales.region=没有'])
    expect([wrong.code, wrong.failure().code]).toEqual([4, 'dataset/fieldMissing'])
  })
})

describe('check', () => {
  it('says every fault with its place', async () => {
    const { run, path } = bench()
    expect((await run(['check', path('board.storeboard')])).json()).toMatchObject({ ok: true })
    const text = readFileSync(path('board.storeboard'), 'utf8')
    writeFileSync(path('bad.storeboard'), text.replaceAll('"sl_sales.amount"', '"sl_sales.gone"'))
    const dangling = await run(['check', path('bad.storeboard')])
    expect([dangling.code, dangling.failure().code]).toEqual([4, 'report/dangling'])
    expect(dangling.json()).toMatchObject({
      faults: [{ place: 'sl_sales.gone', fault: 'danglingField' }],
    })
    const wrong = text.replace('"mark": "bar"', '"mark": "spiral"').replace('"w": 12', '"w": 99')
    writeFileSync(path('bad.storeboard'), wrong)
    const invalid = await run(['check', path('bad.storeboard')])
    expect(invalid.failure().code).toBe('report/invalid')
    const places = z.object({ faults: z.array(z.object({ place: z.string() })) })
    expect(places.parse(invalid.json()).faults.map(({ place }) => place.split('.').at(-1)).toSorted()).toEqual(['mark', 'w']) // prettier-ignore
    writeFileSync(path('bad.storeboard'), 'Dear all,')
    expect((await run(['check', path('bad.storeboard')])).failure().code).toBe('report/notAReport')
    expect((await run(['check', path('none')])).code).toBe(3)
  })
})

describe('schema', () => {
  it('prints the JSON Schemas the product validates with', async () => {
    const { run } = bench()
    const query = await run(['schema', 'query'])
    expect(query.json()).toEqual(z.toJSONSchema(ReportQuery, { io: 'input' }))
    const template = await run(['schema', 'template'])
    expect(template.json()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      properties: { format: { const: 'storeboard-template' } },
    })
    expect((await run(['schema', 'weather'])).code).toBe(2)
  })
})

describe('serve', () => {
  it('prints one line with its address, serves, owns the workspace, and ends when told', async () => {
    const { run, bring, path } = bench()
    await bring('sales', lines)
    const args = ['serve', '--workspace', path('space'), '--no-open']
    const child = startCli(path('settings'), args)
    const line = await new Promise<string>((resolve) => child.stdout?.once('data', (data: Buffer) => resolve(data.toString()))) // prettier-ignore
    const { url } = z.strictObject({ url: z.url() }).parse(JSON.parse(line))
    expect(new URL(url).hostname).toBe('127.0.0.1')
    expect((await fetch(url)).status).toBe(200)
    const second = await run(['datasets', '--workspace', path('space')])
    expect(second.failure()).toMatchObject({ code: 'workspace/inUse', details: { pid: child.pid } })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect((await run(['datasets', '--workspace', path('space')])).code).toBe(0)
  })
})
