/** Customers counted, or split by, their accounts or the persons behind them. */
import type { DatasetField } from '../../shared/data/person-twin.ts'
import { accountsOf, personBehind } from '../../shared/data/person-twin.ts'
import type { Command } from '../../shared/report/commands/commands.ts'
import { countsDistinct, fieldId, fieldNameOf, slotOf } from '../../shared/report/field-use.ts'
import { allPills } from '../../shared/report/shelves.ts'
import { slotFor } from '../state/board-actions.ts'
import type { Change, Entry, PillMenuAsk } from './pill-menu.tsx'

/** Nothing for fields that do not stand for customers of a list whose accounts were compared. */
export function personEntries(
  ask: PillMenuAsk,
  change: (to: Change) => void,
): (readonly [string, Entry[]])[] {
  const choice = ask.use.aggregate === undefined ? splitChoice(ask) : countChoice(ask, change)
  if (choice === null) return []
  const { text } = ask
  const { account, person, isPerson } = choice
  return [
    [
      text('pill.each'),
      [
        {
          label: text('pill.each.account', { field: account }),
          checked: !isPerson,
          run: choice.toAccount,
        },
        {
          label: text('pill.each.person', { field: person }),
          checked: isPerson,
          run: choice.toPerson,
        },
      ],
    ],
  ]
}

interface Choice {
  readonly account: string
  readonly person: string
  readonly isPerson: boolean
  readonly toAccount: () => void
  readonly toPerson: () => void
}

function placeOf({ app, use }: PillMenuAsk): DatasetField | null {
  const dataset = app.documents.current()?.bindings[slotOf(use.field)]
  return dataset === undefined ? null : { dataset, field: fieldNameOf(use.field) }
}

/** The key stays, so that the rows counted stay those of its own dataset. */
function countChoice(ask: PillMenuAsk, change: (to: Change) => void): Choice | null {
  const { app, use } = ask
  const here = placeOf(ask)
  const current = app.workspace.store.getState().current
  if (!here || !current || !countsDistinct(use)) return null
  const behind = personBehind(here, current)
  return (
    behind && {
      ...{ account: here.field, person: behind.field, isPerson: use.each === 'person' },
      toAccount: () => change({ set: {}, clear: ['each'] }),
      toPerson: () => change({ set: { each: 'person' } }),
    }
  )
}

/** Members are those of a field of their own, which clicks and filters know; what is counted has to stand beside it. */
function splitChoice(ask: PillMenuAsk): Choice | null {
  const { app, block } = ask
  const here = placeOf(ask)
  const open = app.documents.current()
  const current = app.workspace.store.getState().current
  if (!here || !open || !current) return null
  const counted = allPills(block).filter((one) => one.use.aggregate !== undefined)
  const inUse = new Set(counted.flatMap((one) => open.bindings[slotOf(one.use.field)] ?? []))
  const behind = personBehind(here, current)
  if (behind !== null) {
    if (behind.dataset !== here.dataset && !inUse.has(here.dataset)) return null
    return choiceOf(ask, here, behind, false)
  }
  const accounts = accountsOf(here, inUse, current)
  return accounts && choiceOf(ask, accounts, here, true)
}

function choiceOf(
  ask: PillMenuAsk,
  account: DatasetField,
  person: DatasetField,
  isPerson: boolean,
): Choice {
  return {
    ...{ account: account.field, person: person.field, isPerson },
    toAccount: () => pointTo(ask, account),
    toPerson: () => pointTo(ask, person),
  }
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
