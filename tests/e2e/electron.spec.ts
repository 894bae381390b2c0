import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { electronBinary } from '../../scripts/setup/electron-binary.ts'
import { designerOf, zh } from './driver/designer.ts'
import type { ElectronDriver } from './driver/launch-electron.ts'
import { launchElectron } from './driver/launch-electron.ts'

/** What only the desktop shell does; everything else the shell shows is in the other files. */
test.describe.configure({ mode: 'serial' })
test.skip(electronBinary() === undefined, 'not on this machine: the binary of Electron')

let app: ElectronDriver
test.beforeAll(async () => {
  app = await launchElectron({ locale: 'zh-CN' })
})
test.afterAll(() => app.close())

test('it starts with one window, apart from the system and with the page in it', async () => {
  await expect(app.page.getByRole('main')).toBeVisible()
  const windows = await app
    .application()
    .evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
    )
  expect(windows).toHaveLength(1)
  expect(await app.page.evaluate(() => 'require' in globalThis)).toBe(false)
})

test('a second start ends by itself and leaves one window', async () => {
  expect(await app.startAgain()).toBe(0)
  const count = await app
    .application()
    .evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  expect(count).toBe(1)
})

test('a query process that dies takes no window with it, and the next question is answered', async () => {
  const { page } = app
  const designer = designerOf(page)
  writeFileSync(join(app.home, 'Documents', '流水.csv'), ['门店,金额', '一店,10.5'].join('\n'))
  await app.application().evaluate(
    ({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
    },
    join(app.home, 'Documents', '流水.csv'),
  )
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await page.getByRole('button', { name: zh('import.run'), exact: true }).click()
  await page.getByRole('button', { name: zh('import.design') }).click()
  await designer.field('金额').press('Enter')
  await expect(designer.block('金额（求和）')).toContainText('10.5')
  await app.application().evaluate(({ app: shell }) => {
    for (const { type, serviceName, pid } of shell.getAppMetrics())
      if (type === 'Utility' && serviceName === 'storeboard query') process.kill(pid)
  })
  await page.keyboard.press('Escape')
  await designer.field('门店').press('Enter')
  await expect(designer.block('金额（求和）')).toContainText('10.5')
})

test('quitting with unsaved work asks first, and staying keeps everything', async () => {
  const { page } = app
  await app.application().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  const question = page.getByRole('dialog').filter({ hasText: zh('leave.body') })
  await question.getByRole('button', { name: zh('app.cancel') }).click()
  await expect(designerOf(page).board.getByRole('region')).not.toHaveCount(0)
})
