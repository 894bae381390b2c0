import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findBrowser } from '../../../electron/hosts/loopback/find-browser.ts'
import type { Field } from '../../../shared/data/field.ts'
import type { Block } from '../../../shared/report/blocks/block.ts'
import { newBlock } from '../../../shared/report/new-block.ts'
import type { Report } from '../../../shared/report/report.ts'
import { writeReport } from '../../../shared/report/write-report.ts'
import { runCli } from '../../support/cli-run.ts'
import { repeatableIds, salesReport } from '../../support/report-builder.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const newId = repeatableIds(7)
const secrets = ['13812345678', '13900001111', '王伟', '李娜', '1990-05-17']
const lines = '会员号,姓名,手机号,生日,城市\n001,王伟,13812345678,1990-05-17,杭州\n002,李娜,13900001111,1985-11-02,宁波\n' // prettier-ignore

async function bench() {
  const folder = tempFolder()
  const path = (name: string): string => join(folder, name)
  const run = (args: readonly string[], input = '') => runCli(path('settings'), args, input)
  const space = ['--workspace', path('space')]
  writeFileSync(path('会员.csv'), lines)
  const brought = await run(['import', path('会员.csv'), ...space])
  if (brought.code !== 0) throw new Error(brought.errors)
  return { path, run, space, brought }
}

const query = JSON.stringify({
  dataset: '会员',
  rows: [{ field: '姓名' }, { field: '手机号' }],
  measures: [{ aggregate: 'count' }],
  filters: [{ field: '手机号', op: 'startsWith', text: '13812345678' }],
})

describe('query', () => {
  it('writes people masked, as tokens or in full as it is told, and masked when it is not', async () => {
    const { run, space } = await bench()
    const ask = async (more: readonly string[]) => {
      const end = await run(['query', ...space, '--query', '-', ...more], query)
      expect(end.code, end.errors).toBe(0)
      return end.out
    }
    const masked = JSON.parse(await ask([])) as { rows: unknown }
    expect(masked.rows).toEqual([{ path: ['王**', '138****5678'], level: 2 }])
    const explained = await ask(['--explain'])
    for (const secret of secrets) expect(explained).not.toContain(secret)
    expect(await ask(['--personal', 'hash', '--format', 'csv'])).toMatch(/p[0-9a-f]{16},p[0-9a-f]{16},1/) // prettier-ignore
    expect(await ask(['--personal', 'full'])).toContain('13812345678')
  }, 120_000)

  it('knows no other way of writing them', async () => {
    const { run, space } = await bench()
    const end = await run(['query', ...space, '--query', '-', '--personal', 'some'], query)
    expect([end.code, end.out]).toEqual([2, ''])
  }, 60_000)
})

describe('import and tag', () => {
  it('show what was proposed, and keep what is said instead', async () => {
    const { run, space, path, brought } = await bench()
    const columns = (brought.json() as { datasets: { columns: Field[] }[] }).datasets[0]!.columns
    const tagged = (list: readonly Field[]) =>
      Object.fromEntries(list.map(({ name, meaning, personal }) => [name, [meaning, personal]]))
    const proposed = {
      会员号: ['customer', undefined],
      姓名: [undefined, 'name'],
      手机号: [undefined, 'phone'],
      生日: [undefined, 'birthday'],
      城市: [undefined, undefined],
    }
    expect(tagged(columns)).toEqual(proposed)
    const said = await run(['tag', '会员', ...space, '--personal', '城市=address', '--meaning', '会员号=none']) // prettier-ignore
    const next = { ...proposed, 会员号: [undefined, undefined], 城市: [undefined, 'address'] }
    expect(tagged((said.json() as { columns: Field[] }).columns)).toEqual(next)
    const again = await run(['import', path('会员.csv'), ...space, '--into', '会员', '--mode', 'replace', '--personal', '姓名=none']) // prettier-ignore
    const after = (again.json() as { datasets: { columns: Field[] }[] }).datasets[0]!.columns
    expect(tagged(after)).toEqual({ ...next, 姓名: [undefined, undefined] })
    const unknown = await run(['tag', '会员', ...space, '--personal', '手机=phone'])
    expect(unknown.failure()).toMatchObject({ code: 'dataset/fieldMissing' })
  }, 120_000)
})

function peopleReport(): Report {
  const report = salesReport(newId)
  const [pageId = ''] = report.pageOrder
  const page = report.pages[pageId]
  const table = newBlock('table', { x: 0, y: 0, w: 24, h: 10 }, newId)
  const chart = newBlock('chart', { x: 0, y: 10, w: 12, h: 10 }, newId)
  const filter = newBlock('filter', { x: 12, y: 10, w: 6, h: 10 }, newId)
  if (table.kind !== 'table' || chart.kind !== 'chart' || filter.kind !== 'filter' || !page) {
    throw new Error('the builder changed')
  }
  const use = (field: string) => ({ id: newId('pl'), field: `sl_sales.${field}` })
  table.title = '名单 13900001111'
  table.shelves.columns = ['姓名', '手机号', '生日', '城市'].map(use)
  chart.title = '13812345678 的图'
  chart.shelves.columns = [use('姓名')]
  chart.shelves.rows = [{ ...use('姓名'), aggregate: 'count' }]
  filter.shelves.field = [use('手机号')]
  filter.selected = ['13812345678', '13900001111']
  const blocks: Block[] = [table, chart, filter]
  const fields: Field[] = ['姓名', '手机号', '生日', '城市'].map((name) => ({
    ...{ name, type: name === '生日' ? ('date' as const) : ('text' as const), role: 'dimension' },
  }))
  return {
    ...report,
    title: '会员 13812345678',
    datasets: { sl_sales: { id: 'sl_sales', name: '会员', fields } },
    pages: {
      [pageId]: {
        ...page,
        setup: { ...page.setup, footer: '联系 a.b@example.com' },
        blocks: Object.fromEntries(blocks.map((block) => [block.id, block])),
        blockOrder: blocks.map(({ id }) => id),
      },
    },
  }
}

const inPdf = (program: 'pdftotext' | 'pdfinfo', ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8' })
const hasPdfTools = spawnSync('pdftotext', ['-v']).status === 0

describe.skipIf(!hasPdfTools || findBrowser() === undefined)('render --pdf', () => {
  it('prints people masked in tables, charts, filter words, titles and the document’s own title', async () => {
    const { run, space, path } = await bench()
    writeFileSync(path('b.storeboard'), writeReport(peopleReport(), 'test'))
    const render = async (name: string, more: readonly string[]) => {
      const end = await run(['render', path('b.storeboard'), ...space, '--pdf', path(name), '--locale', 'zh-CN', ...more]) // prettier-ignore
      expect(end.code, end.errors).toBe(0)
      const words = inPdf('pdftotext', '-layout', path(name), '-')
      return words + inPdf('pdfinfo', path(name))
    }
    const masked = await render('masked.pdf', ['--png', path('pictures')])
    for (const secret of [...secrets, 'a.b@']) expect(masked, secret).not.toContain(secret)
    expect(masked).toContain('138****5678')
    expect(masked).toContain('王**')
    expect(masked).toContain('杭州')
    expect(readdirSync(path('pictures'))).toEqual(['1-01-138xxxx5678 的图.png'])
    expect(await render('full.pdf', ['--personal', 'full'])).toContain('13900001111')
  }, 240_000)
})
