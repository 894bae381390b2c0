import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ReportPort } from '../../../electron/engine/reports/report-port.ts'
import { diskReports } from '../../../electron/engine/reports/report-port.ts'
import { ReportFiles } from '../../../electron/engine/reports/report-files.ts'
import type { Report } from '../../../shared/report/report.ts'
import { writeReport } from '../../../shared/report/write-report.ts'
import { salesReport } from '../../support/report-builder.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const titled = (title: string): Report => ({ ...salesReport(), title })

async function saved(
  files: ReportFiles,
  path: string,
  title: string,
  expected: string | null,
): Promise<string> {
  const outcome = await files.save(path, titled(title), expected)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.value
}

async function titleOf(files: ReportFiles, path: string): Promise<string> {
  const read = await files.read(path)
  return read.ok ? read.value.report.title : read.error.code
}

describe('opening a file', () => {
  it('of any size, by a mistake, is answered as what it is', async () => {
    const path = join(tempFolder(), 'movie.storeboard')
    writeFileSync(path, '{}')
    truncateSync(path, 3 * 2 ** 30)
    expect(await new ReportFiles('Storeboard 1').read(path)).toMatchObject({
      ok: false,
      error: { code: 'report/notAReport', details: { step: 'size' } },
    })
  })
})

describe('saving a report', () => {
  it('reads back the same, keeps the one before, and leaves nothing else behind', async () => {
    const folder = tempFolder()
    const path = join(folder, '月报.storeboard')
    const files = new ReportFiles('Storeboard 1')
    const first = await saved(files, path, 'one', null)
    await saved(files, path, 'two', first)
    expect(await titleOf(files, path)).toBe('two')
    expect(await titleOf(files, `${path}.bak`)).toBe('one')
    expect(readdirSync(folder).sort()).toEqual(['月报.storeboard', '月报.storeboard.bak'])
  })

  it('is refused when the file changed underneath or is gone, and changes nothing', async () => {
    const path = join(tempFolder(), 'r.storeboard')
    const files = new ReportFiles('Storeboard 1')
    const stamp = await saved(files, path, 'mine', null)
    writeFileSync(path, writeReport(titled('theirs'), 'other'))
    const outcome = await files.save(path, titled('mine again'), stamp)
    expect(outcome).toMatchObject({ ok: false, error: { code: 'report/changedOnDisk' } })
    expect(await titleOf(files, path)).toBe('theirs')
  })

  it('never writes a report that could not be opened again for its size', async () => {
    const path = join(tempFolder(), 'r.storeboard')
    const files = new ReportFiles('Storeboard 1')
    await saved(files, path, 'small', null)
    const data = 'A'.repeat(5_700_000)
    const ids = Array.from({ length: 15 }, (_, n) => `im_face${n}`)
    const images = Object.fromEntries(
      ids.map((id) => [id, { id, type: 'image/png' as const, data }]),
    )
    const outcome = await files.save(path, { ...titled('large'), images }, null)
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'report/invalid', details: { reason: 'tooLarge', megabytes: 80 } },
    })
    expect(await titleOf(files, path)).toBe('small')
  })

  const steps = [
    'writing the report',
    'writing the backup',
    'the backup’s name',
    'the report’s name',
    'the folder',
  ]
  const kinds = ['once', 'for good'] as const
  const failures = steps.flatMap((step, index) =>
    kinds.map((kind) => [step, kind, index + 1] as const),
  )

  it.each(failures)(
    'a disk that fails at %s, %s, leaves the old report or the new one, and a whole backup',
    async (_step, kind, failing) => {
      const folder = tempFolder()
      const path = join(folder, 'r.storeboard')
      const first = await saved(new ReportFiles('Storeboard 1'), path, 'older', null)
      await saved(new ReportFiles('Storeboard 1'), path, 'old', first)
      const files = new ReportFiles('Storeboard 1', failingPort(failing, kind === 'for good'))
      const outcome = await files.save(path, titled('new'), null)
      expect(outcome).toMatchObject({ ok: false, error: { code: 'file/diskFull', canRetry: true } })
      const read = new ReportFiles('x')
      expect(await titleOf(read, path)).toBe(failing === 5 ? 'new' : 'old')
      expect(['older', 'old']).toContain(await titleOf(read, `${path}.bak`))
      // A disk that is gone takes no removal either.
      if (kind === 'once') expect(readdirSync(folder)).toEqual(['r.storeboard', 'r.storeboard.bak'])
      await saved(new ReportFiles('Storeboard 1'), path, 'next', null)
      expect(await titleOf(read, path)).toBe('next')
    },
  )
})

/** Fails at the n-th step of a save, after half of the bytes when it is a writing one; at every later one, too, for good. */
function failingPort(failing: number, forGood: boolean): ReportPort {
  let step = 0
  const full = () => Object.assign(new Error('full'), { code: 'ENOSPC' })
  const fails = (): boolean => {
    step += 1
    return forGood ? step >= failing : step === failing
  }
  return {
    ...diskReports,
    write: async (path, bytes) => {
      const failed = fails()
      await diskReports.write(path, failed ? bytes.subarray(0, bytes.length / 2) : bytes)
      if (failed) throw full()
    },
    rename: (from, to) => (fails() ? Promise.reject(full()) : diskReports.rename(from, to)),
    flushFolder: (path) => (fails() ? Promise.reject(full()) : diskReports.flushFolder(path)),
    remove: (path) =>
      forGood && step >= failing ? Promise.reject(full()) : diskReports.remove(path),
  }
}

describe('opening a report from a stranger', () => {
  const open = async (text: string): Promise<string> => {
    const path = join(tempFolder(), 'r.storeboard')
    writeFileSync(path, text)
    const read = await new ReportFiles('x').read(path)
    return read.ok ? 'opened' : read.error.code
  }
  const file = (
    change: (raw: { report: Record<string, unknown>; [key: string]: unknown }) => void,
  ): string => {
    const raw = JSON.parse(writeReport(salesReport(), 'test')) as {
      report: Record<string, unknown>
    }
    change(raw)
    return JSON.stringify(raw)
  }

  it.each([
    ['no JSON', 'PK\u0003\u0004', 'report/notAReport'],
    ['JSON of something else', '{"format":"x","version":1}', 'report/notAReport'],
    ['a newer version', file((raw) => (raw['version'] = 99)), 'report/tooNew'],
    [
      'a field the schema does not know',
      file((raw) => (raw.report['script'] = 'alert(1)')),
      'report/invalid',
    ],
    [
      'a slot with a path',
      file(
        (raw) =>
          (raw.report['datasets'] = {
            sl_sales: { id: 'sl_sales', name: 'x', fields: [], path: '/etc/passwd' },
          }),
      ),
      'report/invalid',
    ],
    [
      'a page nobody listed',
      file((raw) => (raw.report['pageOrder'] = ['pg_other'])),
      'report/dangling',
    ],
    [
      'a picture that is none',
      file(
        (raw) =>
          (raw.report['images'] = {
            im_aaaa: { id: 'im_aaaa', type: 'image/png', data: 'PHN2Zz4=' },
          }),
      ),
      'report/invalid',
    ],
    [
      'a picture that is a web page',
      file(
        (raw) =>
          (raw.report['images'] = { im_aaaa: { id: 'im_aaaa', type: 'text/html', data: '' } }),
      ),
      'report/invalid',
    ],
  ])('refuses %s', async (_what, text, code) => {
    expect(await open(text)).toBe(code)
  })

  it('opens the same report untouched', async () => {
    expect(await open(file(() => undefined))).toBe('opened')
  })

  it('keys that would reach into objects are only keys', async () => {
    expect(await open(file((raw) => (raw.report['title'] = '__proto__')))).toBe('opened')
    expect(await open(writeReport(salesReport(), 't').replace('"title"', '"__proto__"'))).toBe(
      'report/invalid',
    )
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

it('canonical text differs only where two reports differ', async () => {
  const path = join(tempFolder(), 'r.storeboard')
  const files = new ReportFiles('Storeboard 1')
  await saved(files, path, 'one', null)
  const before = readFileSync(path, 'utf8').split('\n')
  await saved(files, path, 'two', null)
  const after = readFileSync(path, 'utf8').split('\n')
  expect(after.filter((line, index) => line !== before[index])).toEqual(['    "title": "two"'])
  expect(existsSync(path)).toBe(true)
})
