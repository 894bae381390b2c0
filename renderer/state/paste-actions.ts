import type { MissingFields } from '../../shared/report/paste/settle-slots.ts'
import type { Clipping } from '../../shared/report/paste/clipping.ts'
import { cutOut } from '../../shared/report/paste/clipping.ts'
import { planPaste } from '../../shared/report/paste/paste-plan.ts'
import type { Text } from '../../shared/text/messages.ts'
import { textIn } from '../../shared/text/messages.ts'
import type { App } from './app.ts'
import { presentBindings, visiblePage } from './app.ts'
import { selectedBlocks } from './board-actions.ts'
import { languageOf } from './settings-store.ts'
import type { Question } from './shell-store.ts'

function clippingOfSelected(app: App): Clipping | null {
  const open = app.documents.current()
  const blocks = selectedBlocks(app)
  return open && blocks.length > 0 ? cutOut(open.history.report, blocks, open.bindings) : null
}

export function copySelected(app: App): void {
  const clipboard = clippingOfSelected(app)
  if (clipboard) app.session.setState({ clipboard })
}

export function duplicateSelected(app: App): void {
  const clipping = clippingOfSelected(app)
  if (clipping) void paste(app, clipping, 'command.duplicate')
}

export function pasteCopied(app: App): void {
  const { clipboard } = app.session.getState()
  if (clipboard) void paste(app, clipboard, 'command.paste')
}

/** As one step of undo; a dataset the report lacks comes along once somebody agreed. */
async function paste(app: App, clipping: Clipping, label: string, bring = false): Promise<void> {
  const open = app.documents.current()
  const page = visiblePage(app)
  if (!open || !page) return
  const datasets = app.workspace.store.getState().current?.datasets ?? []
  const plan = planPaste(
    clipping,
    page,
    {
      report: open.history.report,
      bindings: presentBindings(app, open.bindings),
      known: new Set(datasets.map(({ id }) => id)),
      bring,
    },
    app.newId,
  )
  if (plan.kind === 'ready') {
    const options = { select: plan.blocks }
    const refused = app.documents.rebind(plan.bindings, plan.commands, label, options)
    if (refused) app.shell.tell('info', { key: `refused.${refused}` })
    return
  }
  const answer = await app.shell.ask(questionOf(app, plan.missing))
  // Another report may have been opened meanwhile: the answer was about this one.
  const still = app.documents.current()?.history.report.id === open.history.report.id
  if (answer === 'bring' && still) await paste(app, clipping, label, true)
}

function questionOf(app: App, missing: readonly MissingFields[]): Question {
  const text = textIn(languageOf(app.settings.store.getState()))
  const canBring = missing.every((one) => one.canBring)
  return {
    title: { key: 'paste.missing.title' },
    body: {
      key: canBring ? 'paste.missing.bring' : 'paste.missing.body',
      values: { lacks: missing.map((one) => lackIn(one, text)).join('\n') },
    },
    choices: canBring
      ? [
          { id: 'cancel', label: 'app.cancel' },
          { id: 'bring', label: 'paste.missing.add', tone: 'primary' },
        ]
      : [{ id: 'close', label: 'app.close', tone: 'primary' }],
  }
}

const namedFields = 12

function lackIn({ dataset, nearest, fields }: MissingFields, text: Text): string {
  const names = [...fields.slice(0, namedFields), ...(fields.length > namedFields ? ['…'] : [])]
  const values = { dataset, fields: names.join(text('list.separator')) }
  return nearest === undefined
    ? text('paste.missing.none', values)
    : text('paste.missing.fields', { ...values, nearest })
}
