/**
 * `node tests/bench/print-memory.ts`: peak memory of the browser that prints a PDF, for the sample's overview and for a table of
 * 5,000 rows. Needs the built product, the sample (`npm start` makes it) and Linux, whose /proc says what processes share.
 */
import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { newBlock } from '../../shared/report/new-block.ts'
import type { Report } from '../../shared/report/report.ts'
import { writeReport } from '../../shared/report/write-report.ts'
import { treeKb } from './process-tree.ts'
import { repeatableIds, salesReport } from '../support/report-builder.ts'

const root = join(import.meta.dirname, '../..')
const listed = 5000
const sampleMs = 100
const folder = mkdtempSync(join(tmpdir(), 'print-memory-'))
const inFolder = (name: string): string => join(folder, name)

const browserKb = (ancestor: number): number =>
  treeKb(ancestor, (command) => /chrom|edge/i.test(command))

/** Runs the command line; the peak of the browser below it, in MiB, and what it answered. */
async function storeboard(args: readonly string[]): Promise<{ peakMb: number; out: string }> {
  const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [peak, out, said, ended] = [0, '', '', false]
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  void code.then(() => (ended = true))
  while (!ended) {
    peak = Math.max(peak, browserKb(child.pid ?? 0))
    await wait(sampleMs)
  }
  if ((await code) !== 0) throw new Error(said)
  return { peakMb: Math.round(peak / 1024), out }
}

function longTable(): Report {
  const newId = repeatableIds(7)
  const report = salesReport(newId)
  const [pageId = ''] = report.pageOrder
  const page = report.pages[pageId]
  const block = newBlock('table', { x: 0, y: 0, w: 24, h: 16 }, newId)
  if (page === undefined || block.kind !== 'table') throw new Error('the builder changed')
  const columns = ['sold_at', 'region', 'shop', 'amount', 'quantity'].map((field) => ({
    id: newId('pl'),
    field: `sl_sales.${field}`,
  }))
  const table = { ...block, overflow: 'continue' as const, shelves: { columns } }
  const next = { ...page, blocks: { [table.id]: table }, blockOrder: [table.id] }
  return { ...report, pages: { [pageId]: next } }
}

const sample = join(root, 'resources/sample')
const space = (name: string): string[] => ['--workspace', inFolder(name)]

async function printedSample(): Promise<number> {
  const into = async (name: string, pattern: string): Promise<void> => {
    await storeboard(['import', ...globSync(join(sample, pattern)), '--into', name, ...space('s')])
  }
  await into('销售明细', '销售明细_POS_*.xlsx')
  await into('商品', '商品资料.csv')
  await into('会员', '会员名单.xlsx')
  await into('问卷', '问卷.csv')
  await storeboard(['import', join(sample, '门店.sqlite'), ...space('s')])
  const report = join(root, 'resources/starter/store-overview.zh-CN.storeboard')
  const printed = await storeboard(['render', report, '--pdf', inFolder('s.pdf'), ...space('s')])
  return printed.peakMb
}

async function printedTable(): Promise<number> {
  const lines = Array.from(
    { length: listed },
    (_, at) => `R${at},2025-01-${String(1 + (at % 28)).padStart(2, '0')},East,S${at % 9},1.50,1`,
  )
  const head = 'receipt,sold_at,region,shop,amount,quantity'
  writeFileSync(inFolder('sales.csv'), [head, ...lines].join('\n'))
  writeFileSync(inFolder('t.storeboard'), writeReport(longTable(), 'bench'))
  await storeboard(['import', inFolder('sales.csv'), ...space('t')])
  const args = ['render', inFolder('t.storeboard'), '--pdf', inFolder('t.pdf'), ...space('t')]
  return (await storeboard(args)).peakMb
}

try {
  const table = await printedTable()
  const overview = await printedSample()
  process.stdout.write(
    `${JSON.stringify({ overviewMb: overview, tableMb: table, rows: listed })}\n`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
