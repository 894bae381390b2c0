import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'

/** The in-page file dialog of the loopback host, driven as a person would: by its roles and names in either language. */
const openName = /^(打开|Open)$/
const folderName = /^(选择文件夹|Choose a folder)$/
const saveName = /^(另存为|Save as)$/
const places = {
  Documents: /^(文档|Documents)$/,
  Downloads: /^(下载|Downloads)$/,
  Home: /^(个人文件夹|Home)$/,
} as const

export type Place = keyof typeof places

async function enter(page: Page, title: RegExp, path: readonly [Place, ...string[]]) {
  const dialog = page.getByRole('dialog', { name: title })
  const [place, ...folders] = path
  const way = dialog
    .getByRole('navigation', { name: /^(位置|Places)$/ })
    .getByRole('button', { name: places[place] })
  await way.click()
  await expect(way).toHaveAttribute('aria-current', 'true')
  const crumbs = dialog.getByRole('navigation', { name: /^(路径|Path)$/ })
  for (const folder of folders) {
    await dialog.getByRole('option', { name: folder, exact: true }).dblclick()
    const last = crumbs.getByRole('button', { name: folder, exact: true })
    await expect(last).toHaveAttribute('aria-current', 'page')
  }
  return dialog
}

/** Picks files of one folder and opens them. */
export async function pickFiles(
  page: Page,
  path: readonly [Place, ...string[]],
  names: readonly string[],
): Promise<void> {
  const dialog = await enter(page, openName, path)
  for (const [index, name] of names.entries())
    await dialog
      .getByRole('option', { name, exact: true })
      .click(index === 0 ? {} : { modifiers: ['Control'] })
  await dialog.getByRole('button', { name: /^(打开|Open)$/ }).click()
  await expect(dialog).toBeHidden()
}

/** Chooses a folder inside a folder. */
export async function pickFolder(
  page: Page,
  path: readonly [Place, ...string[]],
  name: string,
): Promise<void> {
  const dialog = await enter(page, folderName, path)
  await dialog.getByRole('option', { name, exact: true }).click()
  await dialog.getByRole('button', { name: /^(选择此文件夹|Choose this folder)$/ }).click()
  await expect(dialog).toBeHidden()
}

/** Saves under a name in a folder; an existing file is replaced when `replace` says so. */
export async function saveFile(
  page: Page,
  path: readonly [Place, ...string[]],
  name: string,
  replace = false,
): Promise<void> {
  const dialog = await enter(page, saveName, path)
  await dialog.getByRole('textbox').fill(name)
  await dialog.getByRole('button', { name: /^(保存|Save)$/ }).click()
  if (replace) await dialog.getByRole('button', { name: /^(替换|Replace)$/ }).click()
  await expect(dialog).toBeHidden()
}
