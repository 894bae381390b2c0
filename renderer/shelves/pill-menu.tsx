import type { MenuProps } from 'antd'
import type { Field } from '../../shared/data/field.ts'
import { isNumeric, isTemporal } from '../../shared/data/field.ts'
import { calendarGrains, plainGrains } from '../../shared/data/grain.ts'
import type { Aggregate } from '../../shared/query/report-query.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { CommandArgs } from '../../shared/report/commands/commands.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import { canRank, isFormula } from '../../shared/report/field-use.ts'
import { formulaOf } from '../../shared/report/report-formulas.ts'
import { allPills } from '../../shared/report/shelves.ts'
import type { Text } from '../../shared/text/messages.ts'
import type { App } from '../state/app.ts'
import { tryCommand } from '../state/board-actions.ts'
import { pillCaption } from '../../shared/report/captions.ts'
import { isSortable, saysWords } from '../state/sortable-measures.ts'
import { showEntries, totalEntries } from './measure-entries.ts'
import { Icon } from '../ui/icon.tsx'
import { numberFormats } from '../ui/number-formats.ts'
import { personEntries } from './person-entries.ts'
import { compareEntries } from './compare-entries.ts'

export interface PillMenuAsk {
  readonly app: App
  readonly text: Text
  readonly block: Block
  readonly use: FieldUse
  readonly field: Field | undefined
  readonly onRename: () => void
  /** Opens what a menu has no room for: the measure in full, or an order of one's own. */
  readonly onMore: (dialog: 'measure' | 'order') => void
  readonly onRemove: () => void
}

export type Change = Omit<CommandArgs<'shelf.changePill'>, 'block' | 'pill'>

export interface Entry {
  readonly label: string
  readonly checked: boolean
  readonly run: () => void
}

const tops = [3, 5, 10, 20, 50] as const

export function aggregatesFor(field: Field | undefined): readonly Aggregate[] {
  const counts: readonly Aggregate[] = ['count', 'countDistinct', 'countDistinctWithBlank']
  if (field && isNumeric(field.type))
    return ['sum', 'average', 'median', 'min', 'max', ...counts, ...needingMore]
  if (field && isTemporal(field.type)) return ['min', 'max', ...counts]
  return counts
}

/** Functions that ask for more than the field: their entries open the dialog. */
const needingMore: readonly Aggregate[] = ['percentile', 'weightedAverage', 'opening', 'closing']

/** The measures of the block: lines are sorted by those that are `isSortable`, cut by those that `canRank`. */
function measuresOf(block: Block): readonly FieldUse[] {
  return allPills(block)
    .map(({ use }) => use)
    .filter(({ aggregate }) => aggregate !== undefined)
}

function grainEntries(ask: PillMenuAsk, change: (to: Change) => void): Entry[] {
  const { text, use, field } = ask
  const hours = field?.type === 'timestamp'
  return [...plainGrains, ...calendarGrains]
    .filter((grain) => hours || (grain !== 'hour' && grain !== 'hourOfDay'))
    .map((grain) => ({
      label: text(`grain.${grain}`),
      checked: use.grain === grain,
      run: () => change({ set: { grain } }),
    }))
}

function sortEntries(
  { app, text, block, use, onMore }: PillMenuAsk,
  change: (to: Change) => void,
): Entry[] {
  const directions = ['ascending', 'descending'] as const
  const now = JSON.stringify(use.sort ?? null)
  const sortable = measuresOf(block).filter((one) => isSortable(app, block, [use.id], one))
  const entry = (label: string, sort: NonNullable<FieldUse['sort']>): Entry => ({
    label,
    checked: now === JSON.stringify(sort),
    run: () => change({ set: { sort } }),
  })
  return [
    {
      label: text('pill.sort.none'),
      checked: !use.sort,
      run: () => change({ set: {}, clear: ['sort'] }),
    },
    ...directions.map((direction) =>
      entry(text(`pill.sort.label.${direction}`), { by: 'label', direction }),
    ),
    ...sortable.flatMap((measure) =>
      directions.map((direction) =>
        entry(text(`pill.sort.measure.${direction}`, { measure: pillCaption(measure, text) }), {
          by: 'measure',
          pill: measure.id,
          direction,
        }),
      ),
    ),
    { label: text('pill.order'), checked: use.sort?.by === 'list', run: () => onMore('order') },
  ]
}

function topEntries({ app, text, block, use }: PillMenuAsk, change: (to: Change) => void): Entry[] {
  const { top } = use
  const others = top?.others === true ? { others: true } : {}
  return [
    {
      label: text('pill.top.none'),
      checked: !use.top,
      run: () => change({ set: {}, clear: ['top'] }),
    },
    ...measuresOf(block)
      .filter((one) => canRank(one) && !saysWords(app, block, one))
      .flatMap((measure) =>
        (['highest', 'lowest'] as const).flatMap((direction) =>
          tops.map((count) => ({
            label: text(`pill.top.${direction}`, { count, measure: pillCaption(measure, text) }),
            checked:
              top?.count === count &&
              top.pill === measure.id &&
              (top.direction ?? 'highest') === direction,
            run: () => change({ set: { top: { count, pill: measure.id, direction, ...others } } }),
          })),
        ),
      ),
    ...(top
      ? [
          {
            label: text('pill.top.others'),
            checked: top.others === true,
            run: () => change({ set: { top: { ...top, others: top.others !== true } } }),
          },
        ]
      : []),
  ]
}

function formatEntries({ text, use }: PillMenuAsk, change: (to: Change) => void): Entry[] {
  const now = JSON.stringify(use.format ?? null)
  return [
    {
      label: text('pill.format.auto'),
      checked: !use.format,
      run: () => change({ set: {}, clear: ['format'] }),
    },
    ...numberFormats.map(([label, format]) => ({
      label,
      checked: now === JSON.stringify(format),
      run: () => change({ set: { format } }),
    })),
  ]
}

/** The groups a pill's menu has, by what the pill is. */
function groupsOf(ask: PillMenuAsk, change: (to: Change) => void): (readonly [string, Entry[]])[] {
  const { text, block, use, field } = ask
  const measure = use.aggregate !== undefined
  const raw = block.kind === 'table'
  const aggregate = aggregatesFor(field).map((name) => ({
    label: needingMore.includes(name)
      ? text('pill.aggregate.more', { aggregate: text(`aggregate.${name}`) })
      : text(`aggregate.${name}`),
    checked: use.aggregate === name,
    run: () =>
      needingMore.includes(name) ? ask.onMore('measure') : change({ set: { aggregate: name } }),
  }))
  const beside = measure && (block.kind === 'crosstab' || block.kind === 'chart')
  const numeric = measure || (raw && field !== undefined && isNumeric(field.type))
  return [
    ...(measure && !isFormula(use) ? [[text('pill.aggregate'), aggregate] as const] : []),
    ...(raw ? [] : personEntries(ask, change)),
    ...(measure && !raw && use.aggregate !== 'cells' ? compareEntries(ask, change) : []),
    ...(beside
      ? [[text('pill.show'), showEntries(ask, change, () => ask.onMore('measure'))] as const]
      : []),
    ...(measure && block.kind === 'crosstab'
      ? [[text('pill.totals'), totalEntries(ask, change)] as const]
      : []),
    ...(!measure && !raw && field && isTemporal(field.type)
      ? [[text('pill.grain'), grainEntries(ask, change)] as const]
      : []),
    ...(!measure && !raw && block.kind !== 'filter'
      ? [
          [text('pill.sort'), sortEntries(ask, change)] as const,
          [text('pill.top'), topEntries(ask, change)] as const,
        ]
      : []),
    ...(numeric ? [[text('pill.format'), formatEntries(ask, change)] as const] : []),
  ]
}

/** Settings that are on or off, below the groups. */
function switchesOf({ text, block, use }: PillMenuAsk, change: (to: Change) => void): Entry[] {
  if (block.kind !== 'crosstab' && block.kind !== 'chart') return []
  const toggle = (name: 'hidden' | 'empty'): Entry => ({
    label: text(`pill.${name}`),
    checked: use[name] === true,
    run: () => change(use[name] === true ? { set: {}, clear: [name] } : { set: { [name]: true } }),
  })
  if (use.aggregate === undefined) return [toggle('empty')]
  const zero = {
    label: text('pill.blankAs'),
    checked: use.blankAs === 'zero',
    run: () => change(use.blankAs ? { set: {}, clear: ['blankAs'] } : { set: { blankAs: 'zero' } }),
  }
  return [toggle('hidden'), zero]
}

/** A calculated field is edited from where it is shown, and a new one is computed from a measure's cells. */
function formulaEntries({ app, text, block, use }: PillMenuAsk): Omit<Entry, 'checked'>[] {
  const report = app.documents.current()?.history.report
  const formula = report && formulaOf(report, use.field)
  const edit = formula
    ? [
        {
          label: text('calculated.editFormula'),
          run: () =>
            app.shell.openDialog('formula', { formula: { id: formula.id, block: block.id } }),
        },
      ]
    : []
  const beside =
    use.aggregate !== undefined && (block.kind === 'crosstab' || block.kind === 'chart')
  const over = { over: 'cells', block: block.id, pill: use.id } as const
  const fresh = beside
    ? [
        {
          label: text('calculated.overCells'),
          run: () => app.shell.openDialog('formula', { formula: over }),
        },
      ]
    : []
  return [...edit, ...fresh]
}

export function pillMenu(ask: PillMenuAsk): Pick<MenuProps, 'items' | 'onClick'> {
  const { app, text, block, use } = ask
  const change = (to: Change): void =>
    void tryCommand(app, {
      name: 'shelf.changePill',
      args: { block: block.id, pill: use.id, ...to },
    })
  const runs = new Map<string, () => void>([
    ['rename', ask.onRename],
    ['remove', ask.onRemove],
  ])
  const groups = groupsOf(ask, change).map(([label, entries], group) => ({
    key: `group${group}`,
    label,
    popupClassName: 'long-menu',
    children: entries.map((entry, index) => {
      const key = `${group}.${index}`
      runs.set(key, entry.run)
      const icon = entry.checked ? <Icon name="check" size={14} /> : <span className="no-icon" />
      return { key, label: entry.label, icon }
    }),
  }))
  const switches = switchesOf(ask, change).map(({ label, checked, run }, index) => {
    const key = `switch${index}`
    runs.set(key, run)
    const icon = checked ? <Icon name="check" size={14} /> : <span className="no-icon" />
    return { key, label, icon }
  })
  const editing = formulaEntries(ask).map(({ label, run }, index) => {
    const key = `formula${index}`
    runs.set(key, run)
    return { key, label, icon: <Icon name="formula" size={14} /> }
  })
  return {
    items: [
      ...groups,
      ...switches,
      ...(groups.length > 0 ? [{ type: 'divider' as const }] : []),
      ...editing,
      { key: 'rename', label: text('pill.rename') },
      { key: 'remove', danger: true, label: text('pill.remove') },
    ],
    onClick: ({ key, domEvent }) => {
      domEvent.stopPropagation()
      runs.get(key)?.()
    },
  }
}
