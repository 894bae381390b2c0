/**
 * From a click on a mark to the painted answer of every linked block, against the same batch asked alone over the same
 * kind of wire. `node tests/bench/page-bench.ts`. Runs the built product over the sample chain in an installed browser.
 * The page's numbers are compared with the batch's before times are taken; the two take turns. Prints medians as JSON.
 * Painted is the first frame that shows the new answers: charts then move to their final shape, which is not counted.
 */
import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { socketWire } from '../../electron/hosts/loopback/socket-wire.ts'
import {
  findBrowser,
  quietFlags,
  sandboxFlags,
} from '../../electron/hosts/loopback/find-browser.ts'
import { createEngineClient } from '../../renderer/client/engine-client.ts'
import { pageQuestions, pageView } from '../../shared/report/page-questions.ts'
import { askedKey } from '../../shared/report/pick.ts'
import type { ReportQuery } from '../../shared/query/report-query.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import { numberAt } from '../../shared/query/cell-reading.ts'
import { admit, rawSocket } from '../support/raw-http.ts'

const built = join(import.meta.dirname, '../../out/main/loopback.js')
const clicked = { id: 'bk_regions', title: '各区域销售额' } as const
const cards = { bk_orders: '订单数', bk_buyers: '消费会员数' } as const
/** The first warms both sides. A member is clicked once: a second click would be answered from the cache. */
const regions = ['华东', '华南', '华北', '西南', '东北'] as const

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

/** The built product over a home of its own; each `url` lets one page in. */
async function startHost(home: string) {
  for (const name of ['Documents', '.config']) mkdirSync(join(home, name))
  const child = fork(built, ['--settings', join(home, '.config/storeboard')], {
    env: { ...process.env, HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: join(home, '.config') },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const next = (): Promise<string> =>
    new Promise((resolve) =>
      // The host sends nothing else over this channel.
      child.once('message', (message) => resolve((message as { url: string }).url)),
    )
  const first = await next()
  return {
    first,
    another(): Promise<string> {
      const answer = next()
      child.send('url')
      return answer
    },
    end: () => child.disconnect(),
  }
}

async function connect(url: string) {
  const port = Number(new URL(url).port)
  const { cookie, key, origin } = await admit(port, url)
  return createEngineClient(
    {
      async connect() {
        const socket = await rawSocket(port, '/wire', ['storeboard.1', `key.${key}`], {
          origin,
          cookie,
        })
        if (typeof socket === 'number') throw new Error(`refused: ${socket}`)
        return socketWire(socket)
      },
    },
    { check: false },
  )
}

type Client = Awaited<ReturnType<typeof connect>>

function must<T>(answer: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

async function openSample({ engine }: Client) {
  must(await engine['sample.start']({}))
  for (;;) {
    const { state } = must(await engine['sample.state']({}))
    if (state === 'ready') break
    if (state !== 'importing') throw new Error(`the sample is ${state}`)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  const opened = must(await engine['sample.open']({}))
  const { current } = must(await engine['workspace.state']({}))
  return { ...opened, relationships: current?.relationships ?? [] }
}

type Sample = Awaited<ReturnType<typeof openSample>>

/** What the page asks when a column is clicked: every question the click changes. */
function questionsAfter({ report, bindings, relationships }: Sample, region: string) {
  const page = report.pages[report.pageOrder[0] ?? '']
  const block = page?.blocks[clicked.id]
  if (!page || !block) throw new Error('the overview has other blocks now')
  const ask = (picks: Parameters<typeof pageView>[2]) =>
    pageQuestions(report, page, pageView(report, page, picks, {}), bindings, relationships)
  const before = ask({})
  const pick = { cell: { row: [region], column: [] }, asked: askedKey(report, block, {}) }
  return Object.entries(ask({ [clicked.id]: pick })).flatMap(([id, question]) =>
    question.kind === 'query' && JSON.stringify(before[id]) !== JSON.stringify(question)
      ? [{ block: id, query: question.query }]
      : [],
  )
}

/** The same question under other names of its measures: the same work, and a miss in the cache. */
function renamed(query: ReportQuery): ReportQuery {
  const names = query.measures.flatMap(({ as }) => (as === undefined ? [] : [as]))
  const text = names.reduce(
    (json, name) => json.replaceAll(JSON.stringify(name), JSON.stringify(`${name}_alone`)),
    JSON.stringify(query),
  )
  // The same shape: only names of measures differ.
  return JSON.parse(text) as ReportQuery
}

async function askAlone({ engine }: Client, asked: ReturnType<typeof questionsAfter>) {
  const blocks = asked.map(({ block, query }) => ({ block, query: renamed(query) }))
  const results = new Map<string, QueryResult>()
  const start = performance.now()
  must(
    await engine['query.batch'](
      { blocks },
      { onPart: (part) => part.ok && results.set(part.block, part.result) },
    ),
  )
  return { ms: performance.now() - start, results }
}

/** Clicks a column; the page itself tells the time from the click to the frame that shows every new answer. */
async function clickColumn(page: Page, region: string): Promise<number> {
  const label = page
    .getByRole('region', { name: clicked.title })
    .locator('svg text')
    .getByText(region, { exact: true })
  const box = await label.boundingBox()
  if (!box) throw new Error(`${region} is not on the axis`)
  await page.evaluate((card) => {
    const shown = (): string => document.querySelector(card)?.textContent ?? ''
    const before = shown()
    const painted = new Promise<number>((resolve) => {
      let start = 0
      const look = (): void => {
        const busy = document.querySelector('.block-body[aria-busy="true"]') !== null
        if (busy || shown() === before) requestAnimationFrame(look)
        // The task after a frame's callbacks runs once that frame is painted.
        else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)))
      }
      const begin = (event: Event): void => {
        start = event.timeStamp
        requestAnimationFrame(look)
      }
      addEventListener('click', begin, { capture: true, once: true })
    })
    Reflect.set(window, 'painted', painted)
  }, `[data-block="bk_orders"]`)
  await page.mouse.click(box.x + box.width / 2, box.y - 14)
  // Set just before the click.
  return page.evaluate(() => Reflect.get(window, 'painted') as Promise<number>)
}

async function compare(page: Page, results: ReadonlyMap<string, QueryResult>): Promise<void> {
  for (const [id, title] of Object.entries(cards)) {
    const number = numberAt(results.get(id)?.cells[0], 0) ?? NaN
    const shown = await page.getByRole('region', { name: title, exact: true }).textContent()
    const wanted = `${title}${new Intl.NumberFormat('zh-CN').format(number)}`
    if (shown !== wanted) throw new Error(`${title}: the page has ${shown ?? ''}, not ${wanted}`)
  }
}

async function openPage(url: string) {
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error('No installed Chromium, Chrome or Edge')
  const browser = await chromium.launch({
    executablePath,
    args: [...quietFlags, ...sandboxFlags()],
  })
  // Tall enough for the whole board: every linked block is drawn.
  const page = await browser.newPage({ viewport: { width: 1440, height: 1400 }, locale: 'zh-CN' })
  await page.goto(url)
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: '打开“门店概览”' }).click()
  await page.getByRole('region', { name: clicked.title }).locator('svg').waitFor()
  await settle(page)
  return { page, close: () => browser.close() }
}

async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  // Charts have moved to their final shape by then.
  await page.waitForTimeout(600)
}

const home = mkdtempSync(join(tmpdir(), 'page-bench-'))
const host = await startHost(home)
const client = await connect(host.first)
const sample = await openSample(client)
const { page, close } = await openPage(await host.another())
const times = { interaction: [] as number[], alone: [] as number[], over: [] as number[] }
let linked = 0
for (const [round, region] of regions.entries()) {
  const asked = questionsAfter(sample, region)
  linked = asked.length
  const first = round % 2 === 0 ? await askAlone(client, asked) : null
  const interaction = await clickColumn(page, region)
  const alone = first ?? (await askAlone(client, asked))
  await compare(page, alone.results)
  if (round > 0) {
    times.interaction.push(interaction)
    times.alone.push(alone.ms)
    times.over.push(interaction - alone.ms)
  }
  await page.keyboard.press('Escape')
  await page.getByRole('group', { name: '联动筛选' }).getByRole('button').first().click()
  await settle(page)
}
const report = {
  lines: 301_518,
  linkedBlocks: linked,
  rounds: times.alone.length,
  ms: {
    interaction: median(times.interaction),
    alone: median(times.alone),
    over: median(times.over),
  },
}
console.log(JSON.stringify(report, null, 2))
client.close()
await close()
host.end()
rmSync(home, { recursive: true, force: true, maxRetries: 5 })
process.exit(0)
