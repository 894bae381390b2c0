import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { closingLine, sum } from './testing/counts.ts'
import type { Part } from './testing/run-part.ts'
import { close, runPart } from './testing/run-part.ts'

/** Everything that must hold, cheapest first; every part runs alone by the script it is named after. */
const parts: readonly Part[] = [
  { script: 'check:format', kind: 'check' },
  { script: 'check:types', kind: 'check' },
  { script: 'check:lint', kind: 'check' },
  { script: 'check:rooms', kind: 'check' },
  { script: 'check:unused', kind: 'check' },
  { script: 'test:unit', kind: 'vitest' },
  { script: 'test:engines', kind: 'vitest' },
  { script: 'test:hosts', kind: 'vitest' },
  { script: 'test:e2e', kind: 'playwright' },
]

function missingTools(): string[] {
  const file = join(import.meta.dirname, '../.setup/missing.json')
  // Written by the set-up that ran just before.
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : []
}

const counts = sum(parts.map(runPart))
process.exit(close(counts, closingLine(counts), missingTools()))
