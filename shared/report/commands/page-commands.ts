import { z } from 'zod'
import { PageId } from '../ids.ts'
import { BoardPage, maxPages, PageSetup } from '../report.ts'
import { dropBlockTraces, dropUnusedImages } from './cleanup.ts'
import { command, CommandRefused } from './command.ts'
import { pageIn } from './find.ts'

export const pageCommands = {
  'report.rename': command({
    args: z.strictObject({ title: z.string().max(200) }),
    label: 'command.report.rename',
    apply: (report, { title }) => {
      report.title = title
    },
  }),
  'report.setTheme': command({
    args: z.strictObject({ theme: z.enum(['storeboard', 'ocean', 'forest', 'mono']) }),
    label: 'command.report.setTheme',
    apply: (report, { theme }) => {
      report.theme = theme
    },
  }),
  'page.add': command({
    args: z.strictObject({ page: BoardPage, index: z.number().int().min(0) }),
    label: 'command.page.add',
    apply: (report, { page, index }) => {
      if (report.pageOrder.length >= maxPages) throw new CommandRefused('tooManyPages')
      report.pages[page.id] = page
      report.pageOrder.splice(index, 0, page.id)
    },
  }),
  'page.remove': command({
    args: z.strictObject({ page: PageId }),
    label: 'command.page.remove',
    apply: (report, { page }) => {
      const found = pageIn(report, page)
      if (report.pageOrder.length === 1) throw new CommandRefused('lastPage')
      for (const block of found.blockOrder) dropBlockTraces(report, block)
      report.pageOrder = report.pageOrder.filter((id) => id !== page)
      delete report.pages[page]
      dropUnusedImages(report)
    },
  }),
  'page.rename': command({
    args: z.strictObject({ page: PageId, title: z.string().max(120) }),
    label: 'command.page.rename',
    apply: (report, { page, title }) => {
      pageIn(report, page).title = title
    },
  }),
  'page.move': command({
    args: z.strictObject({ page: PageId, index: z.number().int().min(0) }),
    label: 'command.page.move',
    apply: (report, { page, index }) => {
      pageIn(report, page)
      report.pageOrder = report.pageOrder.filter((id) => id !== page)
      report.pageOrder.splice(index, 0, page)
    },
  }),
  'page.setSetup': command({
    args: z.strictObject({ page: PageId, setup: PageSetup }),
    label: 'command.page.setSetup',
    apply: (report, { page, setup }) => {
      pageIn(report, page).setup = setup
    },
  }),
} as const
