import { cpSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createFileRegistry } from '../../electron/engine/file-registry.ts'
import { SampleService } from '../../electron/engine/workspace/sample-service.ts'
import { WorkspaceService } from '../../electron/engine/workspace/workspace-service.ts'
import { writeChain } from '../../scripts/sample/write-chain.ts'
import type { Field } from '../../shared/data/field.ts'
import type { SampleState } from '../../shared/workspace-words.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { jobsInPlace } from '../support/open-workspace.ts'
import { tempFolder } from '../support/temp-folder.ts'

interface SampleBench {
  readonly service: SampleService
  readonly workspaces: WorkspaceService
  readonly states: SampleState[]
  readonly resources: string
  readonly settled: () => Promise<SampleState>
}

function bench(): SampleBench {
  const resources = tempFolder()
  const states: SampleState[] = []
  const waiting: (() => void)[] = []
  const workspaces = new WorkspaceService({
    host: createFakeHost(),
    now: () => new Date('2026-01-01T00:00:00Z'),
    emit: () => undefined,
    runJob: jobsInPlace,
  })
  const service = new SampleService({
    files: createFileRegistry(),
    resources,
    workspaces,
    language: () => Promise.resolve('zh-CN'),
    changed: (state) => {
      states.push(state)
      if (state.state !== 'importing') for (const done of waiting.splice(0)) done()
    },
  })
  onTestFinished(async () => {
    await service.close()
    await workspaces.close()
  })
  const settled = async (): Promise<SampleState> => {
    if ((await service.state()).state === 'importing') {
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    return service.state()
  }
  return { service, workspaces, states, resources, settled }
}

const shipped = join(import.meta.dirname, '../../resources')

/** Every column of the sample that stands for something; all others stand for nothing. */
const meaningsOfSample = {
  门店: { 门店编码: 'shop', 开店日期: 'time' },
  月度目标: { 门店编码: 'shop', 月份: 'time' },
  商品: { 商品编码: 'product', 成本价: 'cost' },
  营销活动: { 活动编码: 'campaign', 触达渠道: 'channel', 开始日期: 'time' },
  活动触达: { 活动编码: 'campaign', 会员号: 'customer', 触达时间: 'time' },
  问卷: {
    会员号: 'customer', 门店编码: 'shop', 提交时间: 'time', 总体满意度: 'score', 服务满意度: 'score',
    商品满意度: 'score', 推荐意愿: 'score', 意见建议: 'comment',
  }, // prettier-ignore
  会员: { 会员号: 'customer', 注册日期: 'time', 注册门店: 'shop', 注册渠道: 'channel' },
  积分流水: { 会员号: 'customer', 发生时间: 'time', 积分: 'points', 关联小票号: 'order' },
  销售明细: {
    小票号: 'order', 销售时间: 'time', 门店编码: 'shop', 会员号: 'customer', 商品编码: 'product', 渠道: 'channel',
    数量: 'quantity', 金额: 'amount', 促销活动: 'campaign',
  }, // prettier-ignore
}
const personalInSample = {
  ...Object.fromEntries(Object.keys(meaningsOfSample).map((name) => [name, {}])),
  门店: { 店长: 'name' },
  会员: { 姓名: 'name', 手机号: 'phone', 生日: 'birthday' },
}

test('the sample comes in as nine related datasets, its report bound, and only once', async () => {
  const { service, workspaces, states, resources, settled } = bench()
  await writeChain(join(resources, 'sample'), 0.02)
  cpSync(join(shipped, 'starter'), join(resources, 'starter'), { recursive: true })
  const report = { report: { datasets: { ds1: { id: 'ds1', name: '销售明细', fields: [] } } } }
  writeFileSync(
    join(resources, 'starter', 'store-overview.zh-CN.storeboard'),
    JSON.stringify(report),
  )
  expect(await service.state()).toEqual({ state: 'absent' })
  expect(await service.start()).toMatchObject({ state: 'importing' })
  expect(await settled()).toMatchObject({ state: 'ready' })
  expect(states.some((state) => state.state === 'importing' && state.rows > 0)).toBe(true)
  expect(existsSync(service.reportPath)).toBe(true)
  await workspaces.open(workspaces.samplePath)
  const state = workspaces.state()
  expect(state?.sample).toBe(true)
  expect(state?.datasets.map((dataset) => dataset.name)).toEqual(
    ['门店', '月度目标', '商品', '营销活动', '活动触达', '问卷', '会员', '积分流水', '销售明细'],
  ) // prettier-ignore
  const tagged = (pick: (field: Field) => string | undefined) =>
    Object.fromEntries(
      (state?.datasets ?? []).map(({ name, fields }) => [
        name,
        Object.fromEntries(fields.flatMap((field) => {
          const tag = pick(field)
          return tag === undefined ? [] : [[field.name, tag]]
        })), // prettier-ignore
      ]),
    )
  expect(tagged(({ meaning }) => meaning)).toEqual(meaningsOfSample)
  expect(tagged(({ personal }) => personal)).toEqual(personalInSample)
  const names = new Map(state?.datasets.map((dataset) => [dataset.id, dataset.name]))
  const related = state?.relationships.map(({ from, to }) => `${names.get(from.dataset) ?? ''}→${names.get(to.dataset) ?? ''}`) // prettier-ignore
  expect(related).toEqual(
    expect.arrayContaining(['销售明细→商品', '销售明细→会员', '销售明细→门店']),
  )
  const sales = state?.datasets.find((dataset) => dataset.name === '销售明细')
  const reports = workspaces.current?.catalogue.reports()
  expect(reports?.[0]?.slots).toEqual({ ds1: sales?.id })
  expect(await service.start()).toMatchObject({ state: 'ready' })
})

test('without its files the sample says so, and can be asked for again', async () => {
  const { service, settled } = bench()
  await service.start()
  expect(await settled()).toEqual({ state: 'failed', code: 'file/notFound' })
  expect(await service.start()).toMatchObject({ state: 'importing' })
  await settled()
})

test('a cancelled sample is absent', async () => {
  const { service, resources } = bench()
  await writeChain(join(resources, 'sample'), 0.02)
  await service.start()
  expect(await service.cancel()).toEqual({ state: 'absent' })
})
