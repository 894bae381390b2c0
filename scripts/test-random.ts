/** Draws new cases for every random test, as often as asked: looks for faults the fixed cases of `npm test` do not meet. */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '1' } } })
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('usage: npm run test:random -- --rounds=n')
  process.exit(2)
}
const root = join(import.meta.dirname, '..')
const files = globSync('tests/{unit,wire,engines}/**/*.test.{ts,tsx}', { cwd: root }).filter(
  (file) => /fast-check|random-formula/.test(readFileSync(join(root, file), 'utf8')),
)
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
let failed = 0
for (let round = 1; round <= rounds; round++) {
  console.log(`\n— round ${round} of ${rounds}: ${files.length} files`)
  const args = [vitest, 'run', '--project', 'unit', '--project', 'engines', '--maxWorkers=2']
  const { status } = spawnSync(process.execPath, [...args, '--reporter=dot', ...files], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, STOREBOARD_SEED: 'new' },
  })
  if (status !== 0) failed++
}
console.log(`${rounds - failed} rounds passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
