import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Counts } from './counts.ts'
import { none, playwrightCounts, vitestCounts, withExit } from './counts.ts'

export interface Part {
  /** The npm script that runs this part alone. */
  readonly script: string
  readonly kind: 'check' | 'vitest' | 'playwright'
  readonly args?: readonly string[]
}

const root = join(import.meta.dirname, '../..')
const reports = join(root, 'node_modules/.cache/reports')
/** Tests begin hundreds of processes from source: what was compiled once is not compiled again. */
const compiled = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compile') }

function runScript(part: Part, args: readonly string[], env: Record<string, string>): number {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  const line = ['run', '-s', part.script, '--', ...args]
  const options = {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'] as ['ignore', 'inherit', 'inherit'],
    env: { ...compiled, ...process.env, ...env },
  }
  const known = npm !== undefined && node !== undefined
  const { status } = known
    ? spawnSync(node, [npm, ...line], options)
    : spawnSync('npm', line, { ...options, shell: process.platform === 'win32' })
  return status ?? 1
}

function count(part: Part): Counts {
  const report = join(reports, `${part.script.replaceAll(':', '-')}.json`)
  rmSync(report, { force: true })
  mkdirSync(reports, { recursive: true })
  const args = part.args ?? []
  if (part.kind === 'check') {
    const exit = runScript(part, args, {})
    return withExit({ ...none, passed: exit === 0 ? 1 : 0 }, exit)
  }
  if (part.kind === 'playwright') {
    const env = { STOREBOARD_REPORT: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: report }
    const exit = runScript(part, args, env)
    return withExit(playwrightCounts(report), exit)
  }
  const shape = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const exit = runScript(part, [...shape, ...args], {})
  return withExit(vitestCounts(report), exit)
}

export function runPart(part: Part): Counts {
  const start = performance.now()
  console.log(`\n— ${part.script}`)
  const counts = count(part)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const { passed, failed, skipped } = counts
  console.log(`  ${part.script}: ${passed}/${passed + failed + skipped.length} in ${seconds} s`)
  return counts
}

/** Says what was left out and why, then the one line that counts; returns the exit code. */
export function close(counts: Counts, line: string, missing: readonly string[]): number {
  for (const name of missing) console.log(`missing tool: ${name}`)
  for (const name of counts.skipped) console.log(`skipped: ${name}`)
  console.log(line)
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1
}
