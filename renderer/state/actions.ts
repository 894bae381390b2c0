import type { AppCommand } from '../../shared/menu.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { Mark } from '../../shared/report/blocks/chart-block.ts'
import type { History } from '../../shared/report/history.ts'
import { canRedo, canUndo } from '../../shared/report/history.ts'
import { slotOf } from '../../shared/report/field-use.ts'
import { allPills } from '../../shared/report/shelves.ts'
import type { App } from './app.ts'
import { visiblePage } from './app.ts'
import * as board from './board-actions.ts'
import * as paste from './paste-actions.ts'
import { openFiles, openFolder, pickTemplate } from './open-files.ts'
import { stepTags } from './change-tags.ts'
import * as files from './report-files.ts'
import * as workspaces from './workspace-actions.ts'

/** What a menu entry, a shortcut, a toolbar button and the palette all run. */
export interface Action {
  readonly enabled: (app: App) => boolean
  readonly run: (app: App) => void
  /** For entries that are on or off. */
  readonly checked?: (app: App) => boolean
}

const always = (): boolean => true
const designing = (app: App): boolean =>
  app.shell.store.getState().route === 'designer' && app.documents.current() !== null
const selecting = (app: App): boolean => designing(app) && board.selectedBlocks(app).length > 0

function historyAllows(app: App, may: (history: History) => boolean): boolean {
  const open = app.documents.current()
  return open !== null && designing(app) && may(open.history)
}

/** On the Data page a step is one of a column's tags. */
const onData = (app: App): boolean => app.shell.store.getState().route === 'data'

const action = (
  enabled: Action['enabled'],
  run: (app: App) => unknown,
  checked?: Action['checked'],
): Action => ({ enabled, run: (app) => void run(app), ...(checked ? { checked } : {}) })

function insertChart(
  mark: Mark,
  look: (block: Extract<Block, { kind: 'chart' }>) => void = () => undefined,
): Action {
  return action(designing, (app) =>
    board.insertBlock(app, 'chart', (block) => {
      if (block.kind !== 'chart') return
      block.mark = mark
      look(block)
    }),
  )
}

const insert = (kind: Exclude<Block['kind'], 'chart'>): Action =>
  action(designing, (app) => board.insertBlock(app, kind))

const setting = (part: Parameters<App['settings']['change']>[0]): Action =>
  action(
    always,
    (app) => app.settings.change(part),
    (app) => {
      const now = app.settings.store.getState().settings
      return Object.entries(part).every(([key, value]) => now[key as keyof typeof now] === value)
    },
  )

const panel = (key: 'showFields' | 'showInspector'): Action =>
  action(
    designing,
    (app) => app.session.setState((state) => ({ [key]: !state[key] })),
    (app) => app.session.getState()[key],
  )

function bring(place: 'front' | 'back'): Action {
  return action(selecting, (app) => {
    const chosen = board.selectedBlocks(app)
    const ordered = place === 'front' ? chosen : chosen.toReversed()
    app.documents.runAll(
      ordered.map(({ id }) => ({ name: 'block.bringTo', args: { block: id, place } })),
      'command.block.bringTo',
    )
  })
}

const canRefresh = (app: App): boolean =>
  (app.workspace.store.getState().current?.datasets ?? []).some(({ mode }) => mode === 'extract')

const hasDatasets = (app: App): boolean =>
  (app.workspace.store.getState().current?.datasets ?? []).length > 0

const hasData = (app: App): boolean => hasDatasets(app) || hasSlots(app)

const hasSlots = (app: App): boolean =>
  Object.keys(app.documents.current()?.history.report.datasets ?? {}).length > 0

/** With the dataset of the block that is selected, else the one last looked at. */
function showData(app: App): void {
  const [block] = designing(app) ? board.selectedBlocks(app) : []
  const [pill] = block ? allPills(block) : []
  const dataset = pill && app.documents.current()?.bindings[slotOf(pill.use.field)]
  if (dataset !== undefined) app.shell.lookAt(dataset)
  app.shell.go('data')
}

async function toGallery(app: App): Promise<void> {
  if (!(await files.mayLeave(app))) return
  app.shell.go('gallery')
  app.documents.close()
  app.results.clear()
  await app.workspace.refresh()
}

/** A total record: a command of the menu without an action does not compile. */
export const actions: Readonly<Record<AppCommand, Action>> = {
  'report.new': action(always, files.startReport),
  'report.open': action(always, files.pickReport),
  'report.save': action(designing, files.saveReport),
  'report.saveAs': action(designing, files.saveReportAs),
  'report.saveAsTemplate': action(designing, (app) => app.shell.openDialog('template')),
  'template.open': action(always, pickTemplate),
  'template.starter': action(hasDatasets, (app) => app.shell.openDialog('useStarter')),
  'data.import': action(always, (app) => openFiles(app, [])),
  'data.folder': action(always, openFolder),
  'data.refresh': action(canRefresh, (app) => app.shell.openDialog('refresh')),
  'data.show': action(always, showData),
  'data.relate': action(always, (app) => app.shell.openDialog('relationships')),
  'data.servers': action(always, (app) => app.shell.openDialog('connections')),
  'data.sql': action(always, (app) => app.shell.openDialog('sql')),
  'data.calendar': action(always, (app) => app.shell.openDialog('calendar')),
  'data.connect': action(
    (app) => designing(app) && hasSlots(app),
    (app) => app.shell.openDialog('connect'),
  ),
  'workspace.new': action(always, workspaces.newWorkspace),
  'workspace.open': action(always, workspaces.pickWorkspace),
  'workspace.backUp': action(always, workspaces.backUpWorkspace),
  'workspace.move': action(always, workspaces.moveWorkspace),
  'export.report': action(designing, (app) => app.shell.openDialog('export')),
  'app.gallery': action(always, toGallery),
  'edit.undo': action(
    (app) =>
      onData(app) ? app.tags.store.getState().done.length > 0 : historyAllows(app, canUndo),
    (app) => (onData(app) ? stepTags(app, 'undo') : app.documents.undo()),
  ),
  'edit.redo': action(
    (app) =>
      onData(app) ? app.tags.store.getState().undone.length > 0 : historyAllows(app, canRedo),
    (app) => (onData(app) ? stepTags(app, 'redo') : app.documents.redo()),
  ),
  'edit.cut': action(selecting, (app) => {
    paste.copySelected(app)
    board.removeSelected(app)
  }),
  'edit.copy': action(selecting, paste.copySelected),
  'edit.paste': action(
    (app) => designing(app) && app.session.getState().clipboard !== null,
    paste.pasteCopied,
  ),
  'edit.duplicate': action(selecting, paste.duplicateSelected),
  'edit.delete': action(selecting, board.removeSelected),
  'edit.selectAll': action(designing, (app) =>
    board.selectBlocks(app, visiblePage(app)?.blockOrder ?? []),
  ),
  'block.toFront': bring('front'),
  'block.toBack': bring('back'),
  'insert.column': insertChart('bar'),
  'insert.bar': insertChart('bar', (block) => (block.orientation = 'horizontal')),
  'insert.line': insertChart('line'),
  'insert.pie': insertChart('arc'),
  'insert.scatter': insertChart('point'),
  'insert.metric': insert('metric'),
  'insert.crosstab': insert('crosstab'),
  'insert.table': insert('table'),
  'insert.text': insert('text'),
  'insert.image': insert('image'),
  'insert.filter': insert('filter'),
  'insert.parameter': action(designing, (app) => app.shell.openDialog('parameters')),
  'insert.calculated': action(
    (app) => designing(app) && hasData(app),
    (app) => app.shell.openDialog('formula'),
  ),
  'page.add': action(designing, board.addPage),
  'view.present': action(
    designing,
    // What was filtered while presenting ends with it.
    (app) =>
      app.session.setState((state) => ({
        presenting: !state.presenting,
        controls: {},
        parameters: {},
      })),
    (app) => app.session.getState().presenting,
  ),
  'view.fields': panel('showFields'),
  'view.inspector': panel('showInspector'),
  'view.palette': action(always, (app) => app.shell.openDialog('palette')),
  'view.light': setting({ theme: 'light' }),
  'view.dark': setting({ theme: 'dark' }),
  'view.systemTheme': setting({ theme: 'system' }),
  'view.chinese': setting({ language: 'zh-CN' }),
  'view.english': setting({ language: 'en' }),
}

/** Runs an action when it may run now; false when it may not. */
export function perform(app: App, command: AppCommand): boolean {
  const found = actions[command]
  if (!found.enabled(app)) return false
  found.run(app)
  return true
}
