/**
 * `npm run bench:levels`: pivot questions on one and on ten million rows beside the obvious SQL on plain columns, the floor of
 * a scan, pandas and SQLite, each written under its own head into docs/benchmarks.md. `--rows=` and `--rounds=` make it
 * shorter. Needs the built product.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { aim, levelsHeads, printHead, two, whole } from './bench/words.ts'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000,10000000' },
    rounds: { type: 'string', default: '5' },
    /** Said in the page: what else the machine did. */
    note: { type: 'string', default: '' },
  },
})

const Numbers = z.record(z.string(), z.number())
const Report = z.object({
  rows: z.number(),
  rounds: z.number(),
  questions: z.array(z.object({ name: z.string(), ms: Numbers })),
  peakMb: z.object({ service: z.number(), tree: z.number(), plainTable: z.number() }),
})
type Report = z.infer<typeof Report>

function measured(rows: string): Report {
  const script = join(root, 'tests/bench/levels-bench.ts')
  const child = spawnSync(process.execPath, [script, rows, values.rounds], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.status !== 0) throw new Error(`levels-bench.ts ended with ${String(child.status)}`)
  return Report.parse(JSON.parse(child.stdout))
}

/** By the question's name: how many times faster than the obvious SQL it is to be on ten million rows. */
const wanted: Readonly<Record<string, number>> = {
  'region × month': 5,
  'three levels, exact distinct customers, all totals': 6,
  'three levels, additive, all totals': 4,
  'twelve blocks after one filter': 2,
}

const tenMillion = 10_000_000
const treeMb = 4096

function againstSql({ questions }: Report): string[] {
  return questions.flatMap(({ name, ms }) => {
    const times = (ms['plainTable'] ?? NaN) / (ms['service'] ?? NaN)
    const least = wanted[name]
    return least === undefined ? [] : [aim(`${name}: against the obvious SQL`, `≥ ${least} times faster`, `${two(times)} times`, times >= least)] // prettier-ignore
  })
}

function againstSqlite({ questions }: Report): string[] {
  return questions.flatMap(({ name, ms }) => {
    const sqlite = ms['sqlite']
    if (sqlite === undefined) return []
    const times = sqlite / (ms['service'] ?? NaN)
    return [aim(`${name}: against SQLite without indexes`, '≥ 10 times faster', `${two(times)} times`, times >= 10)] // prettier-ignore
  })
}

function aimsOf(report: Report): string[] {
  const { questions, peakMb, rows } = report
  if (rows < tenMillion) return againstSqlite(report)
  const [first] = questions
  const floor = (first?.ms['service'] ?? NaN) / (first?.ms['floor'] ?? NaN)
  const memory = peakMb.service / peakMb.plainTable
  return [
    ...againstSql(report),
    aim('region × month: against the scan over typed arrays', '≤ 2 times', `${two(floor)} times`, floor <= 2), // prettier-ignore
    aim('exact distinct customers: peak memory against one select a level', '≤ 0.6 ×', `${two(memory)} × (${whole(peakMb.service)} against ${whole(peakMb.plainTable)} MiB)`, memory <= 0.6), // prettier-ignore
    aim('peak of all processes together, from the import to the last question', '≤ 4,096 MiB', `${whole(peakMb.tree)} MiB`, peakMb.tree <= treeMb), // prettier-ignore
  ]
}

const columns = ['service', 'plainTable', 'floor', 'pandas', 'sqlite'] as const

function pageOf(report: Report, head: string): string {
  const lines = report.questions.map(({ name, ms }) => {
    const cells = columns.map((key) => ms[key]?.toFixed(1) ?? '–')
    return `| ${name} | ${cells.join(' | ')} |`
  })
  return `${head}

Written by \`npm run bench:levels\`: ${report.rows.toLocaleString('en')} rows, medians of ${report.rounds} rounds in turn (SQLite once), answers compared first.
\`service\` is the product with its result cache missed; \`obvious SQL\` asks a table with plain text columns in the same engine:
grouping sets for additive totals, one grouped select a level for distinct counts, twelve statements in sequence for twelve
blocks; \`floor\` is a scan over three typed arrays on one thread; \`pandas\` groups a frame whose texts are categories.${values.note === '' ? '' : ` ${values.note}`}

| What | Aim | Measured | |
| --- | --- | --- | --- |
${aimsOf(report).join('\n')}

| Question, ms | service | obvious SQL | floor | pandas | SQLite |
| --- | ---: | ---: | ---: | ---: | ---: |
${lines.join('\n')}

`
}

/** In place of the part under the same head, or before the part about printing. */
function put(text: string, head: string): void {
  const path = join(root, 'docs/benchmarks.md')
  const page = readFileSync(path, 'utf8')
  const at = page.indexOf(`${head}\n`)
  const next = at < 0 ? -1 : page.indexOf('\n## ', at)
  const rest = at < 0 ? page : page.slice(0, at) + (next < 0 ? '' : page.slice(next + 1))
  const before = at < 0 ? rest.indexOf(printHead) : at
  writeFileSync(path, before < 0 ? `${rest}\n${text}` : rest.slice(0, before) + text + rest.slice(before)) // prettier-ignore
}

if (!existsSync(join(root, 'out/main/job.js'))) {
  throw new Error('The product is not built: npm run build')
}
for (const rows of values.rows.split(',')) {
  const report = measured(rows)
  const head = levelsHeads[report.rows < tenMillion ? 'million' : 'tenMillion']
  const text = pageOf(report, head)
  put(text, head)
  process.stdout.write(text)
}
