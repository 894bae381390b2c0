import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  closingLine,
  none,
  playwrightCounts,
  sum,
  vitestCounts,
  withExit,
} from '../../../scripts/testing/counts.ts'
import { temporaryFolder } from '../../support/fake-host.ts'

function report(value: unknown): string {
  const file = join(temporaryFolder(), 'report.json')
  writeFileSync(file, JSON.stringify(value))
  return file
}

describe('the closing line', () => {
  it('adds up all parts', () => {
    const parts = [
      { passed: 3, failed: 0, skipped: ['a'] },
      { passed: 2, failed: 1, skipped: [] },
    ]
    expect(closingLine(sum(parts))).toBe('5 passed, 1 failed, 1 skipped')
  })

  it('counts what did not run as skipped by name, never as passed', () => {
    const assertionResults = [
      { status: 'passed', fullName: 'one' },
      { status: 'pending', fullName: 'two' },
      { status: 'todo', fullName: 'three' },
    ]
    const file = report({
      numPassedTests: 1,
      numFailedTests: 0,
      testResults: [{ assertionResults }],
    })
    expect(vitestCounts(file)).toEqual({ passed: 1, failed: 0, skipped: ['two', 'three'] })
  })

  it('reads browser tests at any depth and takes a flaky one for failed', () => {
    const spec = (title: string, status: string) => ({ title, tests: [{ status }] })
    const inner = { title: 'inner', specs: [spec('c', 'flaky'), spec('d', 'skipped')] }
    const file = report({
      suites: [
        {
          title: 'a.spec.ts',
          specs: [spec('a', 'expected'), spec('b', 'unexpected')],
          suites: [inner],
        },
      ],
    })
    expect(playwrightCounts(file)).toEqual({ passed: 1, failed: 2, skipped: ['inner › d'] })
  })

  it('takes a part that crashed, or whose report is cut short, for a failure', () => {
    const file = join(temporaryFolder(), 'cut.json')
    writeFileSync(file, '{"numPassedTests": 3')
    expect(withExit(vitestCounts(file), 1)).toEqual({ ...none, failed: 1 })
    expect(withExit({ passed: 5, failed: 0, skipped: [] }, 1).failed).toBe(1)
    expect(withExit({ passed: 5, failed: 2, skipped: [] }, 1).failed).toBe(2)
  })
})
