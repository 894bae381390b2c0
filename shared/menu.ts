import type { MessageKey } from './text/messages.ts'

/** Everything the app can be told to do from a menu, a shortcut or the toolbar; the page has one action for each. */
export const appCommands = [
  'report.new',
  'report.open',
  'report.save',
  'report.saveAs',
  'report.saveAsTemplate',
  'template.open',
  'template.starter',
  'data.import',
  'data.folder',
  'data.refresh',
  'data.show',
  'data.relate',
  'data.servers',
  'data.sql',
  'data.calendar',
  'data.connect',
  'export.report',
  'app.gallery',
  'workspace.new',
  'workspace.open',
  'workspace.backUp',
  'workspace.move',
  'edit.undo',
  'edit.redo',
  'edit.cut',
  'edit.copy',
  'edit.paste',
  'edit.duplicate',
  'edit.delete',
  'edit.selectAll',
  'block.toFront',
  'block.toBack',
  'insert.column',
  'insert.bar',
  'insert.line',
  'insert.pie',
  'insert.scatter',
  'insert.metric',
  'insert.crosstab',
  'insert.table',
  'insert.text',
  'insert.image',
  'insert.filter',
  'insert.parameter',
  'insert.calculated',
  'page.add',
  'view.present',
  'view.fields',
  'view.inspector',
  'view.palette',
  'view.light',
  'view.dark',
  'view.systemTheme',
  'view.chinese',
  'view.english',
] as const
export type AppCommand = (typeof appCommands)[number]

/** `CmdOrCtrl+S` and the like: Electron's notation, read by the page as well. */
export type Accelerator = string

export type MenuEntry =
  | { readonly kind: 'command'; readonly command: AppCommand; readonly accelerator?: Accelerator }
  | { readonly kind: 'separator' }

export interface Menu {
  readonly label: MessageKey
  readonly entries: readonly MenuEntry[]
}

const item = (command: AppCommand, accelerator?: Accelerator): MenuEntry =>
  accelerator === undefined
    ? { kind: 'command', command }
    : { kind: 'command', command, accelerator }
const line: MenuEntry = { kind: 'separator' }

export const menus: readonly Menu[] = [
  {
    label: 'menu.file',
    entries: [
      item('report.new', 'CmdOrCtrl+N'),
      item('report.open', 'CmdOrCtrl+O'),
      item('template.open'),
      item('template.starter'),
      item('app.gallery'),
      line,
      item('report.save', 'CmdOrCtrl+S'),
      item('report.saveAs', 'CmdOrCtrl+Shift+S'),
      item('report.saveAsTemplate'),
      line,
      item('export.report', 'CmdOrCtrl+E'),
    ],
  },
  {
    label: 'menu.edit',
    entries: [
      item('edit.undo', 'CmdOrCtrl+Z'),
      item('edit.redo', 'CmdOrCtrl+Shift+Z'),
      line,
      item('edit.cut', 'CmdOrCtrl+X'),
      item('edit.copy', 'CmdOrCtrl+C'),
      item('edit.paste', 'CmdOrCtrl+V'),
      item('edit.duplicate', 'CmdOrCtrl+D'),
      item('edit.delete', 'Delete'),
      item('edit.selectAll', 'CmdOrCtrl+A'),
      line,
      item('block.toFront', 'CmdOrCtrl+]'),
      item('block.toBack', 'CmdOrCtrl+['),
    ],
  },
  {
    label: 'menu.data',
    entries: [
      item('data.import', 'CmdOrCtrl+I'),
      item('data.folder'),
      item('data.refresh', 'F9'),
      item('data.show', 'CmdOrCtrl+Shift+D'),
      item('data.relate'),
      item('data.servers'),
      item('data.sql'),
      item('data.calendar'),
      item('data.connect'),
      line,
      item('workspace.new'),
      item('workspace.open'),
      item('workspace.backUp'),
      item('workspace.move'),
    ],
  },
  {
    label: 'menu.insert',
    entries: [
      item('insert.column'),
      item('insert.bar'),
      item('insert.line'),
      item('insert.pie'),
      item('insert.scatter'),
      line,
      item('insert.metric'),
      item('insert.crosstab'),
      item('insert.table'),
      line,
      item('insert.text'),
      item('insert.image'),
      item('insert.filter'),
      item('insert.parameter'),
      line,
      item('insert.calculated'),
      line,
      item('page.add'),
    ],
  },
  {
    label: 'menu.view',
    entries: [
      item('view.palette', 'CmdOrCtrl+K'),
      item('view.present', 'F5'),
      line,
      item('view.fields', 'CmdOrCtrl+1'),
      item('view.inspector', 'CmdOrCtrl+2'),
      line,
      item('view.light'),
      item('view.dark'),
      item('view.systemTheme'),
      line,
      item('view.chinese'),
      item('view.english'),
    ],
  },
]
