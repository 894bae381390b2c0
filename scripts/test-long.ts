import { parseArgs } from 'node:util'
import { closingLine, sum } from './testing/counts.ts'
import { close, runPart } from './testing/run-part.ts'

/** Kill runs, fuzzing, million-row runs and visual baselines. `--slice k/n` runs one of n shares of the files. */
const { values } = parseArgs({ options: { slice: { type: 'string' } } })
const share = values.slice
if (share !== undefined && !/^\d+\/\d+$/.test(share)) {
  console.error('usage: npm run test:long -- --slice k/n')
  process.exit(2)
}
const args = share === undefined ? [] : [`--shard=${share}`]
const counts = sum([
  runPart({ script: 'test:long:files', kind: 'vitest', args }),
  runPart({ script: 'test:long:screens', kind: 'playwright', args }),
])
// A share of few files may hold none: that is no failure.
const code = close(counts, closingLine(counts), [])
process.exit(counts.failed === 0 ? 0 : code)
