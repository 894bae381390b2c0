import { readFileSync } from 'node:fs'

export interface Counts {
  readonly passed: number
  readonly failed: number
  /** Names of the tests that did not run. */
  readonly skipped: readonly string[]
}

export const none: Counts = { passed: 0, failed: 0, skipped: [] }

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: [...total.skipped, ...one.skipped],
    }),
    none,
  )
}

export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped.length} skipped`
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { assertionResults: { status: string; fullName: string }[] }[]
}

interface PlaywrightSuite {
  title: string
  suites?: PlaywrightSuite[]
  specs: { title: string; tests: { status: string }[] }[]
}

/** A report that is missing or cut short counts as nothing: the exit code then makes it a failure. */
function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

export function vitestCounts(file: string): Counts {
  // The shape is the runner's own, of the locked version.
  const report = readReport(file) as VitestReport | undefined
  if (report === undefined) return none
  const all = report.testResults.flatMap((result) => result.assertionResults)
  const notRun = all.filter(({ status }) => status !== 'passed' && status !== 'failed')
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: notRun.map((test) => test.fullName),
  }
}

function specsOf(suite: PlaywrightSuite): { name: string; status: string }[] {
  const own = suite.specs.flatMap((spec) =>
    spec.tests.map(({ status }) => ({ name: `${suite.title} › ${spec.title}`, status })),
  )
  return [...own, ...(suite.suites ?? []).flatMap(specsOf)]
}

export function playwrightCounts(file: string): Counts {
  // As above.
  const report = readReport(file) as { suites: PlaywrightSuite[] } | undefined
  const all = (report?.suites ?? []).flatMap(specsOf)
  const named = (status: string): string[] =>
    all.filter((one) => one.status === status).map((one) => one.name)
  return {
    passed: named('expected').length,
    failed: named('unexpected').length + named('flaky').length,
    skipped: named('skipped'),
  }
}

/** A part that ended badly without a failed test (a crash, a file that does not load) is a failure of its own. */
export function withExit(counts: Counts, exitCode: number): Counts {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}
