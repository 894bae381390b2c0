/** The whole engine over two small member lists and the sales of one of them. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CallName, Input, Output } from '../../shared/contract.ts'
import type { Outcome } from '../../shared/errors.ts'
import type { PeopleSettings } from '../../shared/people/settings.ts'
import { usualSurvivors } from '../../shared/people/settings.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import { createEngine } from '../../electron/engine/engine.ts'
import { createFakeHost } from './fake-host.ts'
import { startProcess } from './job-process.ts'
import { tempFolder } from './temp-folder.ts'

export const head = '会员号,姓名,手机号,生日,性别,注册日期'

/** S1 and S2 are one person, S3 and S4 share a name alone; O1 is S1 on the web, O2 nobody's. */
export const shopLines = [
  'S1,王小明,13800001111,1990-03-04,男,2020-01-01',
  'S2,王小明,+86 138 0000 1111,,男,2023-05-01',
  'S3,李娜,13900002222,1985-06-07,女,2021-01-01',
  'S4,李娜,13700003333,1992-11-12,女,2022-01-01',
  'S5,陈静,13600004444,1979-01-02,女,2020-06-01',
]
export const webLines = [
  'O1,王晓明,138-0000-1111,1990-04-03,男,2024-02-02',
  'O2,赵强,13500005555,1970-12-01,男,2024-03-03',
]
const sales = [
  'R1,S1,2025-01-01,10.00', 'R2,S2,2025-01-02,20.00', 'R3,S3,2025-01-03,30.00', 'R4,S4,2025-01-04,40.00', 'R5,S1,2025-01-05,5.00',
] // prettier-ignore

export const words: PeopleSettings['words'] = {
  person: 'person',
  accounts: 'person accounts',
  shown: {
    ...{ name: 'person name', phone: 'person phone', birthday: 'person birthday' },
    ...{ email: 'person e-mail', idNumber: 'person ID', address: 'person address' },
  },
}

export async function peopleBench() {
  const host = createFakeHost({ startProcess })
  const engine = createEngine(host, { version: '0', systemLanguage: 'en', checkOutput: true })
  onTestFinished(() => engine.close())
  const folder = tempFolder()
  const call = async <C extends CallName>(name: C, input: Input<C>): Promise<Outcome<Output<C>>> =>
    // The dispatcher checked the answer against this very call's schema.
    (await engine.call(name, input, {
      signal: new AbortController().signal,
      part: () => undefined,
    })) as Outcome<never>
  const value = async <C extends CallName>(name: C, input: Input<C>): Promise<Output<C>> => {
    const outcome = await call(name, input)
    if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`)
    return outcome.value
  }
  const write = (name: string, lines: readonly string[]): string => {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
    return join(folder, name)
  }
  const ids: Record<string, string> = {}
  const bring = async (name: string, lines: readonly string[]): Promise<void> => {
    const parts = [{ file: host.files.register(write(`${name}.csv`, lines)).id }]
    const orders = [{ name, mode: 'fail' as const, overrides: [], parts }]
    const { datasets } = await value('dataset.import', { orders })
    ids[name] = datasets[0]?.dataset.id ?? ''
  }
  await bring('shop', [head, ...shopLines])
  await bring('web', [head, ...webLines])
  await bring('sales', ['小票号,会员号,日期,金额', ...sales])
  const id = (name: string): string => ids[name] ?? ''
  const key = '会员号'
  const ends = { from: { dataset: id('sales'), fields: [key] }, to: { dataset: id('shop'), fields: [key] } } // prettier-ignore
  await value('relationship.create', ends)
  const settings = async (): Promise<PeopleSettings> => {
    const { proposed } = await value('people.look', { dataset: id('shop') })
    return { sources: proposed, survivors: usualSurvivors, words }
  }
  /** One cell a measure, or one column a row. */
  const ask = async (query: object): Promise<unknown[]> => {
    const result = await value('query.run', { query: ReportQuery.parse(query) })
    return result.cells.map(({ values }) => [...values].at(0))
  }
  const distinct = (dataset: string, ...fields: string[]): Promise<unknown[]> =>
    ask({
      dataset: id(dataset),
      measures: fields.map((field) => ({ field, aggregate: 'countDistinct', as: field })),
    })
  const refresh = async (name: string, lines: readonly string[]): Promise<void> => {
    write(`${name}.csv`, lines)
    const order = { dataset: id(name) }
    const { datasets } = await value('dataset.refresh', { orders: [order as never] })
    if (datasets[0]?.state !== 'refreshed') throw new Error(JSON.stringify(datasets[0]))
  }
  return { folder, host, engine, call, value, id, settings, distinct, ask, refresh }
}
