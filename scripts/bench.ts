/**
 * `npm run bench`: imports, pivot questions and clicks in the page beside their peers and floors, written to docs/benchmarks.md.
 * `--rows=` and `--rounds=` make it shorter. Needs the built product; ratios of one run mean something, times do not.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { aim, levelsHeads, millionHead, printHead, two, whole } from './bench/words.ts'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '300000' },
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    /** Said in the page: what else the machine did. */
    note: { type: 'string', default: '' },
  },
})

const Numbers = z.record(z.string(), z.number())
const ImportReport = z.object({
  rows: z.number(),
  ms: Numbers,
  peakMb: Numbers,
  fasterThanExceljs: z.number(),
  timesInflate: z.number(),
  memoryOverExceljs: z.number(),
})
const PivotReport = z.object({
  rows: z.number(),
  rounds: z.number(),
  questions: z.array(z.object({ name: z.string(), ms: Numbers })),
})

const PageReport = z.object({
  lines: z.number(),
  linkedBlocks: z.number(),
  rounds: z.number(),
  ms: z.object({ interaction: z.number(), alone: z.number(), over: z.number() }),
})

function run(script: string, args: readonly string[]): unknown {
  const child = spawnSync(process.execPath, [join(root, 'tests/bench', script), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  })
  if (child.status !== 0) throw new Error(`${script} ended with ${String(child.status)}`)
  return JSON.parse(child.stdout)
}

function importAims(report: z.infer<typeof ImportReport>): string[] {
  const { fasterThanExceljs, timesInflate, memoryOverExceljs, peakMb } = report
  const ours = peakMb['storeboard'] ?? Infinity
  return [
    aim('Import against exceljs merely reading', '≥ 6 times faster', `${two(fasterThanExceljs)} times`, fasterThanExceljs >= 6),
    aim('Import against inflating the same zip', '≤ 7 times', `${two(timesInflate)} times`, timesInflate <= 7),
    aim('Peak memory of an import', '≤ 1.3 × exceljs or 400 MiB', `${two(memoryOverExceljs)} × (${whole(ours)} MiB)`, memoryOverExceljs <= 1.3 || ours <= 400),
  ] // prettier-ignore
}

function pivotAims({ questions }: z.infer<typeof PivotReport>): string[] {
  const aims = questions.map(({ name, ms }) => {
    const [service = NaN, straight = NaN] = [ms['service'], ms['straight']]
    const bound = straight * 1.15 + 3
    const got = `${two(service / straight)} × (${service.toFixed(1)} against ${straight.toFixed(1)} ms)`
    return aim(
      `${name}: through the service`,
      '≤ 1.15 × the same SQL + 3 ms',
      got,
      service <= bound,
    )
  })
  const first = questions[0]?.ms ?? {}
  const over = (peer: string): number => (first[peer] ?? NaN) / (first['service'] ?? NaN)
  return [
    ...aims,
    aim('Region × month against SQL on a plain table', '≥ 4 times faster', `${two(over('plainTable'))} times`, over('plainTable') >= 4),
    aim('Region × month against SQLite without indexes', '≥ 10 times faster', `${two(over('sqlite'))} times`, over('sqlite') >= 10),
  ] // prettier-ignore
}

function interactions({ lines, linkedBlocks, rounds, ms }: z.infer<typeof PageReport>): string {
  return `## From a click to the painted answer

A click on a column of the sample's overview (${lines.toLocaleString('en')} lines) filters ${linkedBlocks} linked blocks. \`painted\` is the first
frame that shows every new answer; \`batch alone\` is the same questions asked over the same kind of wire without a page.
Both miss the cache; medians of ${rounds} clicks in turn, after one that warmed both.

| | ms |
| --- | ---: |
| click to painted | ${whole(ms.interaction)} |
| batch alone | ${whole(ms.alone)} |
| the page over the query | ${whole(ms.over)} |
`
}

interface Reports {
  readonly imports: z.infer<typeof ImportReport>
  readonly pivots: z.infer<typeof PivotReport>
  readonly pages: z.infer<typeof PageReport>
}

function page({ imports, pivots, pages }: Reports): string {
  const gib = Math.round(totalmem() / 2 ** 30)
  const importLines = Object.keys(imports.ms).map(
    (name) => `| ${name} | ${whole(imports.ms[name])} | ${whole(imports.peakMb[name])} |`,
  )
  const pivotLines = pivots.questions.map(({ name, ms }) => {
    const cells = ['service', 'straight', 'plainTable', 'sqlite'].map((key) => ms[key]?.toFixed(1) ?? '–') // prettier-ignore
    return `| ${name} | ${cells.join(' | ')} |`
  })
  return `# Benchmarks

Written by \`npm run bench\` (\`scripts/bench.ts\`; the work is in \`tests/bench/\`). Contenders take turns within one run
and answers are compared for equality before anything is timed. Only ratios of one run mean something: the times
vary with the machine and with what else it does. Machine: ${availableParallelism()} processors, ${gib} GiB, ${process.platform} ${process.arch},
Node ${process.versions.node}. Medians of ${values.rounds} rounds.${values.note === '' ? '' : ` ${values.note}`}

## Aims

| What | Aim | Measured | |
| --- | --- | --- | --- |
${[...importAims(imports), ...pivotAims(pivots)].join('\n')}

## Import: ${imports.rows.toLocaleString('en')} rows × 14 columns of a workbook to a queryable extract

Each in a cold process of its own: the built job process from its start to the finished extract, exceljs's streaming
reader merely visiting the rows, and zlib merely inflating the file.

| Contender | ms | Peak MiB |
| --- | ---: | ---: |
${importLines.join('\n')}

## Pivot questions on ${pivots.rows.toLocaleString('en')} rows

\`service\` answers as the page is answered, in the query process, cell by cell in display order, with its result cache
missed; \`straight\` gives the engine the very statements the service makes and reads the columns; \`plain table\` is the
obvious SQL on one table with text columns in the same engine (of the twelve blocks it answers the first only);
\`SQLite\` is a table without indexes. Times in ms.

| Question | service | straight | plain table | SQLite |
| --- | ---: | ---: | ---: | ---: |
${pivotLines.join('\n')}

${interactions(pages)}`
}

if (!existsSync(join(root, 'out/main/job.js'))) {
  throw new Error('The product is not built: npm run build')
}
const imports = ImportReport.parse(run('import-bench.ts', [values.lines, values.rounds]))
const pivots = PivotReport.parse(run('pivot-bench.ts', [values.rows, values.rounds]))
const pages = PageReport.parse(run('page-bench.ts', []))
const text = page({ imports, pivots, pages })
const path = join(root, 'docs/benchmarks.md')
const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
const others = [...Object.values(levelsHeads), printHead, millionHead]
  .map((head) => before.indexOf(head))
  .filter((at) => at >= 0)
const kept = others.length > 0 ? `\n${before.slice(Math.min(...others))}` : ''
writeFileSync(path, `${text}${kept}`)
process.stdout.write(text)
