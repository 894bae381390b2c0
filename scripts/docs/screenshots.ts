import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import {
  findBrowser,
  quietFlags,
  sandboxFlags,
} from '../../electron/hosts/loopback/find-browser.ts'
import type { MessageKey } from '../../shared/text/messages.ts'
import { textIn } from '../../shared/text/messages.ts'

/** The pictures of the guide and the README, taken over the sample chain from the built product. */
const root = join(import.meta.dirname, '../..')
const pictures = join(root, 'docs/images')
const zh = textIn('zh-CN')
const en = textIn('en')

async function startHost(home: string) {
  const settings = join(home, '.config', 'storeboard')
  const child = fork(join(root, 'out/main/loopback.js'), ['--settings', settings, '--check'], {
    env: { ...process.env, HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: join(home, '.config') },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The host ended before it gave its address')))
    // The host sends nothing else over this channel.
    child.once('message', (message) => resolve((message as { url: string }).url))
  })
  return { child, url }
}

/** Every block answered and drawn, notes gone, the pointer out of the way. */
async function settle(page: Page): Promise<void> {
  await page.mouse.move(2, 2)
  for (const passing of await page.locator('[aria-busy="true"], .note').all())
    await passing.waitFor({ state: 'hidden', timeout: 60_000 })
  // Charts move to their final shape within this time, unseen by the page's animations.
  await page.waitForTimeout(1500)
}

async function shoot(page: Page, name: string): Promise<void> {
  await settle(page)
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /^(搜索命令|Search commands)$/ }).fill(name)
  await page.keyboard.press('Enter')
}

const run = (page: Page, words: typeof zh, key: MessageKey): Promise<void> =>
  command(page, words(key))

async function take(page: Page): Promise<void> {
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('radio', { name: zh('start.light') }).click()
  const open = page.getByRole('button', { name: zh('sample.open') })
  await open.waitFor({ timeout: 300_000 })
  await shoot(page, 'gallery')
  await open.click()
  await page.getByRole('region', { name: drilled.block }).waitFor({ timeout: 60_000 })
  await shoot(page, 'designer-light-zh')
  await formula(page)
  await drill(page)
  await shoot(page, 'drill')
  await page
    .getByRole('navigation', { name: zh('drill.breadcrumb') })
    .getByRole('button')
    .first()
    .click()
  await run(page, zh, 'action.view.english')
  await run(page, en, 'action.view.dark')
  await shoot(page, 'designer-dark-en')
}

/** The block of the overview that has a drill path, and the member to go into. */
const drilled = { block: '各区域销售额', member: '华东' } as const

async function drill(page: Page): Promise<void> {
  const block = page.getByRole('region', { name: drilled.block })
  await block.scrollIntoViewIfNeeded()
  const label = block.locator('svg text').getByText(drilled.member, { exact: true })
  const box = await label.boundingBox()
  if (!box) throw new Error(`${drilled.member} is not on the axis`)
  await page.mouse.dblclick(box.x + box.width / 2, box.y - 14)
  await page.getByRole('navigation', { name: zh('drill.breadcrumb') }).waitFor()
}

/** The average receipt, with a field beside a total that is not aggregated. */
async function formula(page: Page): Promise<void> {
  // Beside a block of sales a new field is one of theirs.
  await page.getByRole('region', { name: drilled.block }).locator('h2').click()
  await run(page, zh, 'action.insert.calculated')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(zh('calculated.name')).fill('客单价')
  const editor = dialog.locator('.formula-editor textarea')
  await editor.fill('求和([金额]) / 去重计数([小票号])')
  await dialog.locator('[data-level="total"]').waitFor({ timeout: 60_000 })
  await editor.fill('求和([金额]) / [小票号]')
  await dialog.locator('.form-fault', { hasText: zh('calculated.at', { place: 12, said: '' }) }).waitFor() // prettier-ignore
  await shoot(page, 'formula-editor')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
}

const home = mkdtempSync(join(tmpdir(), 'storeboard-pictures-'))
for (const folder of ['Documents', '.config']) mkdirSync(join(home, folder))
mkdirSync(pictures, { recursive: true })
const executablePath = findBrowser()
if (executablePath === undefined) throw new Error('No installed Chromium, Chrome or Edge')
const { child, url } = await startHost(home)
const browser = await chromium.launch({ executablePath, args: [...quietFlags, ...sandboxFlags()] })
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
await page.goto(url)
await take(page)
await browser.close()
child.disconnect()
rmSync(home, { recursive: true, force: true, maxRetries: 5 })
