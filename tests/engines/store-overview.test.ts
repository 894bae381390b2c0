import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { CallName, Input, Output } from '../../shared/contract.ts'
import type { Field } from '../../shared/data/field.ts'
import type { Outcome } from '../../shared/errors.ts'
import { numberAt } from '../../shared/query/cell-reading.ts'
import { overlaps } from '../../shared/report/board-geometry.ts'
import { languages } from '../../shared/text/language.ts'
import { pageQuestions, pageView } from '../../shared/report/page-questions.ts'
import { readReport } from '../../shared/report/read-report.ts'
import { writeReport } from '../../shared/report/write-report.ts'
import { createEngine } from '../../electron/engine/engine.ts'
import { sampleSlots } from '../../scripts/starter/sample-slots.ts'
import { storeOverview } from '../../scripts/starter/store-overview.ts'
import { writeChain } from '../../scripts/sample/write-chain.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { startProcess } from '../support/job-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const starter = join(import.meta.dirname, '../../resources/starter')

test.each(languages)('its file in %s is what its script makes, and a whole report', (language) => {
  const file = join(starter, `store-overview.${language}.storeboard`)
  const report = storeOverview(language)
  expect(readFileSync(file, 'utf8')).toBe(writeReport(report, 'Storeboard'))
  const read = readReport(readFileSync(file))
  expect(read.ok && read.value).toEqual(report)
})

test('its pages are laid out without overlaps and without holes', () => {
  for (const { blocks } of Object.values(storeOverview('en').pages)) {
    const frames = Object.values(blocks).map(({ frame }) => frame)
    const pairs = frames.flatMap((a, i) => frames.slice(i + 1).map((b) => [a, b] as const))
    expect(pairs.filter(([a, b]) => overlaps(a, b))).toEqual([])
    const bottom = Math.max(...frames.map(({ y, h }) => y + h))
    expect(frames.reduce((area, { w, h }) => area + w * h, 0)).toBe(24 * bottom)
  }
})

async function openSample() {
  const resources = tempFolder()
  await writeChain(join(resources, 'sample'), 0.05)
  cpSync(starter, join(resources, 'starter'), { recursive: true })
  const host = createFakeHost({ startProcess })
  const engine = createEngine(
    { ...host, folders: { ...host.folders, resources } },
    { version: '0', systemLanguage: 'zh-CN', checkOutput: true },
  )
  onTestFinished(() => engine.close())
  const call = async <C extends CallName>(name: C, input: Input<C>): Promise<Output<C>> => {
    const context = { signal: new AbortController().signal, part: () => undefined }
    // The dispatcher checked the answer against this very call's schema.
    const outcome = (await engine.call(name, input, context)) as Outcome<Output<C>>
    if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`)
    return outcome.value
  }
  await call('sample.start', {})
  await expect.poll(async () => (await call('sample.state', {})).state, { timeout: 50_000 }).toBe('ready') // prettier-ignore
  const opened = await call('sample.open', {})
  const { current } = await call('workspace.state', {})
  if (current === null) throw new Error('no workspace is open')
  return { call, opened, current }
}

test('every block of it has something to show on the sample', async () => {
  const { call, opened, current } = await openSample()
  const { report, bindings } = opened
  // Digits after the point follow the prices that happen to be sold.
  const shape = (list: readonly Field[] = []) =>
    list.map(({ name, type, role }) => [name, type, role])
  for (const slot of sampleSlots) {
    const dataset = current.datasets.find(({ name }) => name === slot.name)
    expect([slot.name, shape(dataset?.fields)]).toEqual([slot.name, shape(slot.fields)])
  }
  expect(Object.keys(bindings).toSorted()).toEqual(Object.keys(report.datasets).toSorted())
  const empty: string[] = []
  let asked = 0
  for (const page of Object.values(report.pages)) {
    const view = pageView(report, page, {}, {})
    const questions = pageQuestions(report, page, view, bindings, current.relationships)
    for (const [id, question] of Object.entries(questions)) {
      if (question.kind === 'none') {
        expect([id, question.reason]).toEqual([id, 'noQuestion'])
        continue
      }
      asked++
      if (question.kind === 'rows') {
        const { count } = await call('rows.open', question.request)
        if (count === 0) empty.push(id)
        continue
      }
      const { cells, rows } = await call('query.run', { query: question.query })
      const lines = rows.paths.length
      const hasNumber = cells.some((column) => (numberAt(column, 0) ?? 0) > 0)
      if (!hasNumber || (rows.fields.length > 0 && lines < 3)) empty.push(id)
    }
  }
  expect(empty).toEqual([])
  expect(asked).toBeGreaterThanOrEqual(14)
})

test('it opens in the language read now, until somebody has changed it', async () => {
  const { call, opened } = await openSample()
  expect(opened.report.title).toBe('门店概览')
  await call('settings.save', { language: 'en', theme: 'system' })
  const english = await call('sample.open', {})
  expect(english.report.title).toBe('Store overview')
  expect(Object.keys(english.bindings).toSorted()).toEqual(Object.keys(opened.bindings).toSorted())
  const report = { ...english.report, title: 'Mine' }
  const { bindings, stamp, file } = english
  if (file === null) throw new Error('the report has no file')
  await call('report.save', { file, report, bindings, expectedStamp: stamp })
  await call('settings.save', { language: 'zh-CN', theme: 'system' })
  expect((await call('sample.open', {})).report.title).toBe('Mine')
})
