/**
 * `npm run bench:levels`: pivot questions on ten million rows beside the obvious SQL on plain columns and the floor of a scan,
 * written under its own head into docs/benchmarks.md. `--rows=` and `--rounds=` make it shorter. Needs the built product.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { aim, levelsHead, printHead, two, whole } from './bench/words.ts'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
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
  peakMb: z.object({ service: z.number(), plainTable: z.number() }),
})
type Report = z.infer<typeof Report>

function measured(): Report {
  const script = join(root, 'tests/bench/levels-bench.ts')
  const child = spawnSync(process.execPath, [script, values.rows, values.rounds], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.status !== 0) throw new Error(`levels-bench.ts ended with ${String(child.status)}`)
  return Report.parse(JSON.parse(child.stdout))
}

/** By the question's name: how many times faster than the obvious SQL it is to be. */
const wanted: Readonly<Record<string, number>> = {
  'region × month': 5,
  'three levels, exact distinct customers, all totals': 6,
  'three levels, additive, all totals': 4,
  'twelve blocks after one filter': 2,
}

function aimsOf({ questions, peakMb }: Report): string[] {
  const faster = questions.flatMap(({ name, ms }) => {
    const times = (ms['plainTable'] ?? NaN) / (ms['service'] ?? NaN)
    const least = wanted[name]
    return least === undefined ? [] : [aim(`${name}: against the obvious SQL`, `≥ ${least} times faster`, `${two(times)} times`, times >= least)] // prettier-ignore
  })
  const [first] = questions
  const floor = (first?.ms['service'] ?? NaN) / (first?.ms['floor'] ?? NaN)
  const memory = peakMb.service / peakMb.plainTable
  return [
    ...faster,
    aim('region × month: against the scan over typed arrays', '≤ 2 times', `${two(floor)} times`, floor <= 2), // prettier-ignore
    aim('exact distinct customers: peak memory against one select a level', '≤ 0.6 ×', `${two(memory)} × (${whole(peakMb.service)} against ${whole(peakMb.plainTable)} MiB)`, memory <= 0.6), // prettier-ignore
  ]
}

if (!existsSync(join(root, 'out/main/job.js'))) {
  throw new Error('The product is not built: npm run build')
}
const report = measured()
const lines = report.questions.map(({ name, ms }) => {
  const cells = ['service', 'plainTable', 'floor'].map((key) => ms[key]?.toFixed(1) ?? '–')
  return `| ${name} | ${cells.join(' | ')} |`
})
const text = `${levelsHead}

Written by \`npm run bench:levels\`: ${report.rows.toLocaleString('en')} rows, medians of ${report.rounds} rounds in turn, answers compared first.
\`service\` is the product with its result cache missed; \`obvious SQL\` asks a table with plain text columns in the same engine:
grouping sets for additive totals, one grouped select a level for distinct counts, twelve statements in sequence for twelve
blocks; \`floor\` is a scan over three typed arrays on one thread.${values.note === '' ? '' : ` ${values.note}`}

| What | Aim | Measured | |
| --- | --- | --- | --- |
${aimsOf(report).join('\n')}

| Question, ms | service | obvious SQL | floor |
| --- | ---: | ---: | ---: |
${lines.join('\n')}

`
const path = join(root, 'docs/benchmarks.md')
const page = readFileSync(path, 'utf8')
const at = page.indexOf(levelsHead)
const next = at < 0 ? -1 : page.indexOf('\n## ', at)
const rest = at < 0 ? page : page.slice(0, at) + (next < 0 ? '' : page.slice(next + 1))
const before = rest.indexOf(printHead)
writeFileSync(
  path,
  before < 0 ? `${rest}\n${text}` : rest.slice(0, before) + text + rest.slice(before),
)
process.stdout.write(text)
