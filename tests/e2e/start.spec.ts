import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'start' } })

test('the page reaches its engine, and again after a reload and a crash of the host', async ({
  app,
}) => {
  const faults: string[] = []
  app.page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  app.page.on('pageerror', (error) => faults.push(error.message))
  await expect(app.page.locator('#root')).not.toBeEmpty()
  await app.page.reload()
  await expect(app.page.locator('#root')).not.toBeEmpty()
  expect(faults).toEqual([])
  await app.crashAndRestart()
  await expect(app.page.locator('#root')).not.toBeEmpty()
})
