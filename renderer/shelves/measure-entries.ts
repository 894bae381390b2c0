import { percentBases } from '../../shared/query/show-as.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { ShowName } from '../../shared/report/captions.ts'
import type { FieldUse, PillShow } from '../../shared/report/field-use.ts'
import { askedDimensions } from '../../shared/report/block-query.ts'
import type { Text } from '../../shared/text/messages.ts'
import type { Change, Entry } from './pill-menu.tsx'

/** The ways to show a measure that need no further word, for this block. */
export function readyShows(block: Block): readonly PillShow[] {
  const [first] = askedDimensions(block)
  const axis = block.kind === 'crosstab' && block.shelves.rows.length === 0 ? 'columns' : 'rows'
  const percents = block.kind === 'crosstab' ? percentBases : (['grand', 'column'] as const)
  return [
    ...percents.map((of) => ({ as: 'percent' as const, of })),
    ...(first
      ? [
          { as: 'difference' as const, field: first.id, from: 'previous' as const },
          { as: 'percentDifference' as const, field: first.id, from: 'previous' as const },
        ]
      : []),
    { as: 'runningTotal', axis, reset: 'lowest' },
    { as: 'percentRunningTotal', axis, reset: 'lowest' },
    { as: 'movingAverage', axis, reset: 'lowest', window: 3 },
    { as: 'rank', axis, direction: 'descending', ties: 'skip' },
    ...(block.kind === 'crosstab' ? [{ as: 'index' as const }] : []),
  ]
}

const nameOf = (show: PillShow): ShowName =>
  show.as === 'percent' ? `percent.${show.of}` : show.as

export function showEntries(
  { text, block, use }: { readonly text: Text; readonly block: Block; readonly use: FieldUse },
  change: (to: Change) => void,
  openDialog: () => void,
): Entry[] {
  const now = use.show && nameOf(use.show)
  return [
    {
      label: text('pill.show.none'),
      checked: !use.show,
      run: () => change({ set: {}, clear: ['show'] }),
    },
    ...readyShows(block).map((show) => ({
      label: text(`show.${nameOf(show)}`),
      checked: now === nameOf(show),
      run: () => change({ set: { show } }),
    })),
    { label: text('pill.show.more'), checked: false, run: openDialog },
  ]
}

const passes = ['sum', 'average', 'min', 'max'] as const

/** Per edge what its totals are made of: their own rows, or the numbers shown. */
export function totalEntries(
  { text, use }: { readonly text: Text; readonly use: FieldUse },
  change: (to: Change) => void,
): Entry[] {
  return (['rows', 'columns'] as const).flatMap((axis) => [
    {
      label: text(`pill.totals.own.${axis}`),
      checked: use.totals?.[axis] === undefined,
      run: () => {
        const { [axis]: _, ...others } = use.totals ?? {}
        change(
          Object.keys(others).length === 0
            ? { set: {}, clear: ['totals'] }
            : { set: { totals: others } },
        )
      },
    },
    ...passes.map((pass) => ({
      label: text(`pill.totals.${axis}`, { pass: text(`total.shown.${pass}`) }),
      checked: use.totals?.[axis] === pass,
      run: () => change({ set: { totals: { ...use.totals, [axis]: pass } } }),
    })),
  ])
}
