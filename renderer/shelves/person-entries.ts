/** Customers counted, or split by, their accounts or the persons behind them. */
import type { DatasetField } from '../../shared/data/person-twin.ts'
import { accountsOf, personBehind } from '../../shared/data/person-twin.ts'
import type { Command } from '../../shared/report/commands/commands.ts'
import { fieldId, fieldNameOf, fieldsOfUse, slotOf } from '../../shared/report/field-use.ts'
import { allPills } from '../../shared/report/shelves.ts'
import { slotFor } from '../state/board-actions.ts'
import type { Entry, PillMenuAsk } from './pill-menu.tsx'

/** Nothing for fields that do not stand for customers of a list whose accounts were compared. */
export function personEntries(ask: PillMenuAsk): (readonly [string, Entry[]])[] {
  const { app, text, block, use } = ask
  const counts = use.aggregate === undefined || use.aggregate.startsWith('countDistinct')
  const open = app.documents.current()
  const current = app.workspace.store.getState().current
  const dataset = open?.bindings[slotOf(use.field)]
  if (!counts || !current || dataset === undefined) return []
  const here = { dataset, field: fieldNameOf(use.field) }
  const behind = personBehind(here, current)
  const others = allPills(block).flatMap((one) =>
    one.use.id === use.id ? [] : fieldsOfUse(one.use),
  )
  const inUse = new Set(others.flatMap((id) => open?.bindings[slotOf(id)] ?? []))
  const accounts = behind ? here : accountsOf(here, inUse, current)
  const person = behind ?? here
  if (accounts === null) return []
  return [
    [
      text('pill.each'),
      [
        {
          label: text('pill.each.account', { field: accounts.field }),
          checked: behind !== null,
          run: () => pointTo(ask, accounts),
        },
        {
          label: text('pill.each.person', { field: person.field }),
          checked: behind === null,
          run: () => pointTo(ask, person),
        },
      ],
    ],
  ]
}

/** One step to undo, also where the list is new to the report. */
function pointTo({ app, text, block, use }: PillMenuAsk, to: DatasetField): void {
  const info = app.workspace.dataset(to.dataset)
  const field = info?.fields.find(({ name }) => name === to.field)
  if (!info || !field) return
  const { slot, add } = slotFor(app, info)
  const knows = slot.fields.some(({ name }) => name === field.name)
  const described = knows ? slot : { ...slot, fields: [...slot.fields, field] }
  const commands: Command[] = [
    ...(add || !knows ? [{ name: 'slot.add' as const, args: { slot: described } }] : []),
    {
      name: 'shelf.changePill',
      args: { block: block.id, pill: use.id, set: { field: fieldId(slot.id, field.name) } },
    },
  ]
  if (add) app.documents.bind(slot.id, info.id)
  const refused = app.documents.runAll(commands, text('command.shelf.changePill'))
  if (refused) app.shell.tell('info', { key: `refused.${refused}` })
}
