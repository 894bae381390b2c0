import type { PersonalMode } from '../../shared/data/personal.ts'
import type { ExportFormat, ExportRequest } from '../../shared/export-words.ts'
import type { FileRef } from '../../shared/host-words.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { isStill } from '../../shared/report/page-questions.ts'
import { hasFolds } from '../../shared/report/opened-groups.ts'
import type { Report } from '../../shared/report/report.ts'
import type { App } from '../state/app.ts'
import { currentView, reportAsRead } from '../state/app.ts'
import { liveBindings } from '../state/report-files.ts'
import { languageOf } from '../state/settings-store.ts'

export type ScopeKind = 'report' | 'page' | 'block'

export interface ExportChoice {
  readonly format: ExportFormat
  readonly scope: ScopeKind
}

export const formats: readonly ExportFormat[] = ['xlsx', 'pdf', 'png', 'svg', 'csv']

const holdsNumbers = (block: Block): boolean => !isStill(block)

/** Pictures are of one chart, text is of one table; books and papers take anything. */
export function scopesFor(format: ExportFormat, block: Block | null): ScopeKind[] {
  const whole: ScopeKind[] = format === 'xlsx' || format === 'pdf' ? ['report', 'page'] : []
  const drawn = format === 'png' || format === 'svg'
  const fits = block !== null && (drawn ? block.kind === 'chart' : holdsNumbers(block))
  return fits ? [...whole, 'block'] : whole
}

/** The same format over what it can take, nearest to what was chosen. */
export function withFormat(
  choice: ExportChoice,
  format: ExportFormat,
  block: Block | null,
): ExportChoice {
  const scopes = scopesFor(format, block)
  return { format, scope: scopes.includes(choice.scope) ? choice.scope : (scopes[0] ?? 'report') }
}

export function blockOf(report: Report, id: string | undefined): Block | null {
  if (id === undefined) return null
  for (const page of Object.values(report.pages)) if (page.blocks[id]) return page.blocks[id]
  return null
}

type Exported = Pick<ExportRequest, 'report' | 'bindings' | 'view' | 'scope'>

/** What is exported: the report as it is now, seen as the reader sees all of its pages. */
export function exported(app: App, choice: ExportChoice, block: Block | null): Exported | null {
  const open = app.documents.current()
  if (!open) return null
  const { report, selection } = open.history
  const scope =
    choice.scope === 'page'
      ? { kind: 'page' as const, page: selection.page }
      : choice.scope === 'block' && block
        ? { kind: 'block' as const, block: block.id }
        : undefined
  return {
    report: reportAsRead(app, report),
    bindings: liveBindings(app),
    view: currentView(app),
    ...(scope ? { scope } : {}),
  }
}

/** Books and papers of whole pages have room for what stands behind their numbers. */
export const canSayQuality = ({ format, scope }: ExportChoice): boolean =>
  scope !== 'block' && (format === 'xlsx' || format === 'pdf')

/** Books and papers show crosstabs as lines that can be put away. */
export function canOpenLevels(app: App, choice: ExportChoice, block: Block | null): boolean {
  if (choice.format !== 'xlsx' && choice.format !== 'pdf') return false
  const what = exported(app, choice, block)
  return what !== null && hasFolds(what.report, what.scope)
}

export interface SaidOfExport {
  readonly personal: PersonalMode
  readonly quality: boolean
  readonly levels: ExportLevels
}

export const exportLevels = ['shown', 'all'] as const
export type ExportLevels = (typeof exportLevels)[number]

/** What the engine writes. */
export function exportRequest(
  app: App,
  choice: ExportChoice,
  block: Block | null,
  to: FileRef,
  { personal, quality, levels }: SaidOfExport = {
    personal: 'mask',
    quality: false,
    levels: 'shown',
  },
): ExportRequest | null {
  const what = exported(app, choice, block)
  const locale = languageOf(app.settings.store.getState())
  const said = quality && canSayQuality(choice) ? { quality } : {}
  const opened = levels === 'all' && canOpenLevels(app, choice, block) ? { levels } : {}
  return what && { ...what, format: choice.format, to, locale, personal, ...said, ...opened }
}
