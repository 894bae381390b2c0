/**
 * `npm run bench:million`: imports of millions of rows beside peers and floors, written under its own head into
 * docs/benchmarks.md. `--xlsx=`, `--csv=`, `--sqlite=`, `--recipe=` (rows) and `--rounds=` make it shorter. Needs the built product.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { aim, millionHead, two, whole } from './bench/words.ts'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    xlsx: { type: 'string', default: '1000000' },
    csv: { type: 'string', default: '5000000' },
    sqlite: { type: 'string', default: '1000000' },
    recipe: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    /** Said in the page: what else the machine did. */
    note: { type: 'string', default: '' },
  },
})

const Numbers = z.record(z.string(), z.number())
const Reports = z.array(
  z.object({
    kind: z.enum(['xlsx', 'csv', 'sqlite', 'recipe']),
    rows: z.number(),
    bytes: z.number(),
    ms: Numbers,
    peakMb: Numbers,
    failed: z.array(z.string()),
  }),
)
type Report = z.infer<typeof Reports>[number]

function measured(): Report[] {
  const { xlsx, csv, sqlite, recipe, rounds } = values
  const script = join(root, 'tests/bench/million-bench.ts')
  const child = spawnSync(process.execPath, [script, xlsx, csv, sqlite, recipe, rounds], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.status !== 0) throw new Error(`million-bench.ts ended with ${String(child.status)}`)
  return Reports.parse(JSON.parse(child.stdout))
}

function aimsOf({ kind, ms, peakMb }: Report): string[] {
  // A reader of workbooks is measured to its columns, the others to the extract.
  const ours = ms[kind === 'xlsx' ? 'columns' : 'storeboard'] ?? NaN
  const over = (peer: string): number => ours / (ms[peer] ?? NaN)
  const faster = (peer: string, wanted: number): string[] => {
    const times = 1 / over(peer)
    return ms[peer] === undefined ? [] : [aim(`${kind}: against ${peer}`, `≥ ${wanted} times faster`, `${two(times)} times`, times >= wanted)] // prettier-ignore
  }
  const atMost = (what: string, peer: string, wanted: number): string =>
    aim(`${kind}: against ${what}`, `≤ ${wanted} times`, `${two(over(peer))} times`, over(peer) <= wanted) // prettier-ignore
  const peak = peakMb['storeboard'] ?? NaN
  const memory = aim(`${kind}: peak memory of the job`, '< 1,024 MiB', `${whole(peak)} MiB`, peak < 1024) // prettier-ignore
  if (kind === 'xlsx')
    return [...faster('exceljs', 12), ...faster('sheetjs', 8), ...faster('hucre', 8), atMost('inflating the zip', 'inflate', 4), memory] // prettier-ignore
  // A recipe has no peer: what it takes and what it holds is told.
  if (kind === 'recipe') return [memory]
  return kind === 'csv'
    ? [atMost("DuckDB's own reader", 'duckdb', 1.5), memory]
    : [atMost('merely iterating', 'iterate', 2.2), memory]
}

function tableOf({ kind, rows, bytes, ms, peakMb, failed }: Report): string {
  const lines = Object.keys(ms).map((name) => `| ${name} | ${whole(ms[name])} | ${whole(peakMb[name])} |`) // prettier-ignore
  return `### ${kind}: ${rows.toLocaleString('en')} rows × 14, ${whole(bytes / 1_000_000)} MB

| Contender | ms | Peak MiB |
| --- | ---: | ---: |
${[...lines, ...failed.map((name) => `| ${name} | did not get through | |`)].join('\n')}
`
}

if (!existsSync(join(root, 'out/main/job.js'))) {
  throw new Error('The product is not built: npm run build')
}
const reports = measured()
const text = `${millionHead}

Written by \`npm run bench:million\` (\`scripts/bench-million.ts\`, \`tests/bench/million-bench.ts\`). The built job process from its
start to the finished extract, each contender in a process of its own, ${values.rounds === '1' ? 'one round' : `medians of ${values.rounds} rounds`}; rows and the sum of one column are
compared first.${values.note === '' ? '' : ` ${values.note}`}

| What | Aim | Measured | |
| --- | --- | --- | --- |
${reports.flatMap(aimsOf).join('\n')}

${reports.map(tableOf).join('\n')}`
const path = join(root, 'docs/benchmarks.md')
const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
const at = before.indexOf(millionHead)
writeFileSync(path, `${(at < 0 ? before : before.slice(0, at)).trimEnd()}\n\n${text}`)
process.stdout.write(text)
