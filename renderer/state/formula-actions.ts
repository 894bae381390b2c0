import { fieldId } from '../../shared/report/field-use.ts'
import type { ReportFormula } from '../../shared/report/formula.ts'
import { formulaNamed, formulasNaming } from '../../shared/report/report-formulas.ts'
import type { Report } from '../../shared/report/report.ts'
import { allPills } from '../../shared/report/shelves.ts'
import { blockTitle } from '../../shared/report/captions.ts'
import { textIn } from '../../shared/text/messages.ts'
import type { App } from './app.ts'
import { tryCommand } from './board-actions.ts'
import { languageOf } from './settings-store.ts'

/** The same again under a name of its own. */
export function duplicateFormula(app: App, formula: ReportFormula): void {
  const report = app.documents.current()?.history.report
  if (!report) return
  const copy = {
    ...formula,
    id: app.newId('fx'),
    name: freeName(report, formula.slot, formula.name),
  }
  tryCommand(app, { name: 'formula.set', args: { formula: copy } })
}

/** The name with the first number that makes it one nobody has. */
export function freeName(report: Report, slot: string, name: string): string {
  const columns = report.datasets[slot]?.fields.map((field) => field.name) ?? []
  const taken = (candidate: string): boolean =>
    columns.includes(candidate) || formulaNamed(report, slot, candidate) !== undefined
  if (!taken(name)) return name
  let number = 2
  while (taken(`${name} ${number}`)) number++
  return `${name} ${number}`
}

/** Titles of the blocks and drill paths that show, filter or drill by a formula. */
function placesOf(app: App, report: Report, formula: ReportFormula): string[] {
  const text = textIn(languageOf(app.settings.store.getState()))
  const id = fieldId(formula.slot, formula.name)
  const blocks = Object.values(report.pages).flatMap((page) =>
    page.blockOrder.flatMap((key) => page.blocks[key] ?? []),
  )
  const using = blocks.filter(
    (block) =>
      allPills(block).some(({ use }) => use.field === id) ||
      ('filters' in block && block.filters.some(({ field }) => field === id)),
  )
  const paths = Object.values(report.drillPaths).filter(({ levels }) =>
    levels.some(({ field }) => field === id),
  )
  return [
    ...using.map((block) => blockTitle(block, text)),
    ...paths.map(({ name }) => text('calculated.delete.filter', { name })),
  ]
}

const namedPlaces = 6

/** Says who uses it before it goes; one that others are computed from stays. */
export async function askToRemove(app: App, formula: ReportFormula): Promise<void> {
  const report = app.documents.current()?.history.report
  if (!report) return
  const text = textIn(languageOf(app.settings.store.getState()))
  const list = (names: readonly string[]): string =>
    [...names.slice(0, namedPlaces), ...(names.length > namedPlaces ? ['…'] : [])].join(
      text('list.separator'),
    )
  const title = { key: 'calculated.delete.title', values: { field: formula.name } } as const
  const naming = formulasNaming(report, formula).map(({ name }) => name)
  if (naming.length > 0) {
    const body = { key: 'calculated.delete.named', values: { names: list(naming) } } as const
    const close = { id: 'close', label: 'calculated.delete.close', tone: 'primary' } as const
    await app.shell.ask({ title, body, choices: [close] })
    return
  }
  const places = placesOf(app, report, formula)
  const body =
    places.length === 0
      ? ({ key: 'calculated.delete.unused' } as const)
      : ({ key: 'calculated.delete.used', values: { places: list(places) } } as const)
  const answer = await app.shell.ask({
    title,
    body,
    choices: [
      { id: 'cancel', label: 'app.cancel' },
      { id: 'delete', label: 'calculated.delete.confirm', tone: 'danger' },
    ],
  })
  if (answer === 'delete')
    tryCommand(app, { name: 'formula.remove', args: { formula: formula.id } })
}
