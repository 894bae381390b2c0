import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import type { CallName, Input, Output } from '../../shared/contract.ts'
import type { Outcome } from '../../shared/errors.ts'
import { createEngine } from '../../electron/engine/engine.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { startProcess } from '../support/job-process.ts'
import { importInto, openWorkspace } from '../support/open-workspace.ts'
import { tempFolder } from '../support/temp-folder.ts'

function bench() {
  const host = createFakeHost({ startProcess })
  const engine = createEngine(host, { version: '0', systemLanguage: 'en', checkOutput: true })
  onTestFinished(() => engine.close())
  const folder = tempFolder()
  const call = async <C extends CallName>(name: C, input: Input<C>): Promise<Output<C>> => {
    const tools = { signal: new AbortController().signal, part: () => undefined }
    // The dispatcher checked the answer against this very call's schema.
    const outcome = (await engine.call(name, input, tools)) as Outcome<Output<C>>
    if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`)
    return outcome.value
  }
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return host.files.register(join(folder, name)).id
  }
  const look = async (id: string) => (await call('files.inspect', { files: [id] })).parts[0]!
  return { call, file, look }
}

const january = '门店,单号,手机\n人民路,001,13812345678\n'

test('the choices of an import are offered for the next file of the same columns, and for no other', async () => {
  const { call, file, look } = bench()
  const id = file('一月.csv', january)
  const seen = await look(id)
  expect(seen.remembered).toBeUndefined()
  const overrides = [{ column: '单号', type: 'integer' as const, personal: null }]
  const remember = { shape: seen.fingerprint, name: '销售', layout: { keepTotals: true } }
  await call('dataset.import', {
    orders: [{ name: '销售', mode: 'fail', parts: [{ file: id }], overrides, remember }],
  })
  const next = await look(file('二月.csv', january.replace('人民路', '中山路')))
  expect(next.remembered).toEqual({ name: '销售', layout: { keepTotals: true }, overrides })
  expect((await look(file('别的.csv', '门店,单号\n人民路,1\n'))).remembered).toBeUndefined()
})

test('an import in which nothing is chosen forgets what was chosen before', async () => {
  const { call, file, look } = bench()
  const id = file('一月.csv', january)
  const { fingerprint } = await look(id)
  const order = { mode: 'replace' as const, parts: [{ file: id }], name: '销售' }
  const overrides = [{ column: '单号', type: 'integer' as const }]
  await call('dataset.import', { orders: [{ ...order, overrides, remember: { shape: fingerprint } }] }) // prettier-ignore
  expect((await look(id)).remembered).toEqual({ overrides })
  await call('dataset.import', { orders: [{ ...order, overrides: [], remember: { shape: fingerprint } }] }) // prettier-ignore
  expect((await look(id)).remembered).toBeUndefined()
})

test('an import stands where its choices cannot be remembered', async () => {
  const folder = tempFolder()
  await (await openWorkspace(join(folder, 'w'))).close()
  const broken = new Database(join(folder, 'w', 'catalogue.sqlite'))
  broken.exec('drop table import_shape')
  broken.close()
  const workspace = await openWorkspace(join(folder, 'w'))
  const path = join(folder, '一月.csv')
  writeFileSync(path, january)
  const { dataset } = await importInto(workspace, '销售', [path], {
    remember: { shape: 'f'.repeat(32), name: '销售' },
  })
  expect(workspace.catalogue.datasetNamed('销售')).toMatchObject({ id: dataset.id, rows: 1 })
})

test('a preview says what columns seem to stand for', async () => {
  const { file, look } = bench()
  const { columns } = await look(file('一月.csv', january))
  expect(columns.map(({ name, meaning, personal }) => ({ name, meaning, personal }))).toEqual([
    { name: '门店', meaning: 'shop', personal: undefined },
    { name: '单号', meaning: 'order', personal: undefined },
    { name: '手机', meaning: undefined, personal: 'phone' },
  ])
})
