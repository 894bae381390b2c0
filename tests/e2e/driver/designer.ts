import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import type { MessageKey } from '../../../shared/text/messages.ts'
import { textIn } from '../../../shared/text/messages.ts'
import { stillStanding } from './still-standing.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** The designer by its roles and names, in the words of one language. */
export interface Designer {
  readonly board: Locator
  readonly shelves: Locator
  readonly rowsPanel: Locator
  readonly linkBar: Locator
  field(name: string): Locator
  block(title: string): Locator
  shelf(label: MessageKey): Locator
  /** Drags with the real pointer and lets go where the hint says what will happen. */
  drag(from: Locator, to: Locator, at?: Point): Promise<void>
  /** Drags a field to the end of a shelf of the selected block. */
  place(field: string, shelf: MessageKey): Promise<void>
  /** Runs a command of the toolbar or its insert menu. */
  press(command: MessageKey): Promise<void>
  insert(command: MessageKey): Promise<void>
  /** The middle of the foot of a column, over its label on the axis. */
  column(block: Locator, category: string): Promise<Point>
  /** What the chart says about a column while the pointer rests on it. */
  tooltip(block: Locator, category: string): Promise<readonly string[]>
  /** The crosstab as it reads: one list of texts a line, heads first; heads that cover lines are on the first. */
  lines(block: Locator): Promise<readonly (readonly string[])[]>
  cell(block: Locator, line: number, cell: number): Locator
  undoAll(): Promise<number>
  redoAll(): Promise<number>
}

const text = textIn('zh-CN')
export const zh = text

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const startingWith = (words: string): RegExp => new RegExp(`^${escaped(words)}`)
const command = (key: MessageKey): RegExp => startingWith(text(key).replace('…', ''))

async function centre(place: Locator): Promise<Point> {
  const box = await place.boundingBox()
  if (!box) throw new Error('A place of the page has no box')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function dragBetween(page: Page, from: Locator, to: Locator, at?: Point): Promise<void> {
  const hint = page.locator('.drop-hint')
  await to.scrollIntoViewIfNeeded()
  await from.scrollIntoViewIfNeeded()
  const start = await centre(from)
  const box = await to.boundingBox()
  if (!box) throw new Error('The target of a drag has no box')
  const end = at
    ? { x: box.x + at.x, y: box.y + at.y }
    : { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 6, start.y + 6, { steps: 3 })
  await page.mouse.move(end.x, end.y, { steps: 8 })
  await page.mouse.move(end.x + 1, end.y)
  await expect(hint).toBeVisible()
  await page.mouse.up()
  await expect(hint).toBeHidden()
}

const blockIds = (board: Locator): Promise<(string | null)[]> =>
  board
    .locator('[data-block]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-block')))

async function pressWhileEnabled(page: Page, key: MessageKey): Promise<number> {
  const button = page.getByRole('toolbar').getByRole('button', { name: command(key) })
  let steps = 0
  while (await button.isEnabled()) {
    await button.click()
    steps += 1
  }
  return steps
}

export function designerOf(page: Page): Designer {
  const toolbar = page.getByRole('toolbar', { name: text('designer.toolbar') })
  const panel = page.getByRole('complementary', { name: text('fields.title') })
  const format = page.getByRole('complementary', { name: text('designer.format') })
  const designer: Designer = {
    board: page.locator('.board'),
    shelves: format,
    rowsPanel: page.locator('.rows-panel'),
    linkBar: page.getByRole('group', { name: text('link.title') }),
    field: (name) => panel.getByRole('button', { name: startingWith(`${name}，`) }),
    block: (title) => page.getByRole('region', { name: title, exact: true }),
    shelf: (label) =>
      format.getByRole('group', { name: text(label), exact: true }).getByRole('list'),
    drag: (from, to, at) => dragBetween(page, from, to, at),
    async place(name, label) {
      const shelf = designer.shelf(label)
      // The middle of a pill replaces it: past the last one, or in the middle of an empty shelf.
      const pills = await shelf.getByRole('button').count()
      const { height, width } = (await shelf.boundingBox()) ?? { height: 0, width: 0 }
      const y = pills === 0 ? height / 2 : height - 3
      await designer.drag(designer.field(name), shelf, { x: width / 2, y })
      await expect(shelf.getByRole('button')).toHaveCount(pills + 1)
    },
    press: (key) => toolbar.getByRole('button', { name: command(key) }).click(),
    async insert(key) {
      const before = await blockIds(designer.board)
      await toolbar.getByRole('button', { name: text('designer.insert'), exact: true }).click()
      const item = page.getByRole('menuitem', { name: text(key) })
      await item.waitFor()
      await stillStanding(page)
      await item.click()
      // Until it is there the shelves are those of the block before.
      await expect
        .poll(async () => (await blockIds(designer.board)).some((id) => !before.includes(id)))
        .toBe(true)
    },
    async column(block, category) {
      const label = block.locator('svg text').getByText(category, { exact: true })
      // While the chart is drawn anew its labels are replaced: the place counts once one stands still.
      const at = { x: 0, y: 0 }
      await expect(async () => {
        const box = await label.boundingBox({ timeout: 1000 })
        expect(box).not.toBeNull()
        Object.assign(at, { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) - 14 })
      }).toPass()
      return at
    },
    async tooltip(block, category) {
      const { x, y } = await designer.column(block, category)
      await page.mouse.move(x, y - 1)
      await page.mouse.move(x, y)
      return block.locator('svg g').first().locator('text[x="10"]').allTextContents()
    },
    lines: (block) =>
      block
        .getByRole('row')
        .evaluateAll((all) =>
          all
            .slice(1)
            .map((line) =>
              [...line.querySelectorAll('[role="rowheader"], [role="cell"]')].map((one) =>
                one.textContent.trim(),
              ),
            ),
        ),
    cell: (block, line, cell) =>
      block
        .getByRole('row')
        .nth(line + 1)
        .getByRole('cell')
        .nth(cell),
    undoAll: () => pressWhileEnabled(page, 'action.edit.undo'),
    redoAll: () => pressWhileEnabled(page, 'action.edit.redo'),
  }
  return designer
}
