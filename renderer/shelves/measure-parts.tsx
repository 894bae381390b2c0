import { Input, Select } from 'antd'
import type { Field } from '../../shared/data/field.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { askedDimensions } from '../../shared/report/block-query.ts'
import { pillCaption } from '../../shared/report/captions.ts'
import type { FieldUse, PillShow } from '../../shared/report/field-use.ts'
import { fieldNameOf } from '../../shared/report/field-use.ts'
import { Setting } from '../ui/controls.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { useText } from '../ui/use-text.ts'
import { readyShows } from './measure-entries.ts'
import { aggregatesFor } from './pill-menu.tsx'

export interface FieldChoices {
  readonly numbers: readonly Field[]
  readonly dates: readonly Field[]
  readonly owners: readonly Field[]
  readonly id: (name: string) => string
}

interface ChoiceProps<V extends string> {
  readonly label: string
  readonly value: V | undefined
  readonly options: readonly { readonly value: V; readonly label: string }[]
  readonly onChange: (value: V) => void
}

function Choice<V extends string>({ label, value, options, onChange }: ChoiceProps<V>) {
  const text = useText()
  return (
    <Setting label={label}>
      {(id) => (
        <Select
          id={id}
          {...(value === undefined ? {} : { value })}
          placeholder={text('measure.choose')}
          options={[...options]}
          onChange={onChange}
        />
      )}
    </Setting>
  )
}

interface AggregateProps {
  readonly use: FieldUse
  readonly field: Field | undefined
  readonly choices: FieldChoices
  readonly change: (to: Partial<FieldUse>) => void
}

/** The function and the further fields it needs. */
export function AggregateParts({ use, field, choices, change }: AggregateProps) {
  const text = useText()
  const named = (fields: readonly Field[]) =>
    fields.map(({ name }) => ({ value: choices.id(name), label: name }))
  const balance = use.aggregate === 'opening' || use.aggregate === 'closing'
  return (
    <>
      <Choice
        label={text('pill.aggregate')}
        value={use.aggregate}
        options={aggregatesFor(field).map((value) => ({
          value,
          label: text(`aggregate.${value}`),
        }))}
        onChange={(aggregate) => change({ aggregate })}
      />
      {use.aggregate === 'weightedAverage' && (
        <Choice
          label={text('measure.weight')}
          value={use.weight}
          options={named(choices.numbers)}
          onChange={(weight) => change({ weight })}
        />
      )}
      {use.aggregate === 'percentile' && (
        <Setting label={text('measure.percent')}>
          {(id) => (
            <NumberField
              id={id}
              min={0}
              max={100}
              value={use.percent ?? 50}
              onChange={(percent) => percent !== null && change({ percent })}
            />
          )}
        </Setting>
      )}
      {balance && (
        <>
          <Choice
            label={text('measure.over')}
            value={use.over}
            options={named(choices.dates)}
            onChange={(over) => change({ over })}
          />
          <Choice
            label={text('measure.per')}
            value={use.per}
            options={named(choices.owners)}
            onChange={(per) => change({ per })}
          />
        </>
      )}
    </>
  )
}

interface ShowProps {
  readonly block: Block
  readonly use: FieldUse
  readonly change: (to: Partial<FieldUse>) => void
}

/** What the measure is shown as, with the parameters of that way. */
export function ShowParts({ block, use, change }: ShowProps) {
  const text = useText()
  const show = use.show
  const [first] = askedDimensions(block)
  const ready = [
    ...readyShows(block),
    ...(first ? [{ as: 'percentOfParent' as const, field: first.id }] : []),
  ]
  const nameOf = (one: PillShow): string => (one.as === 'percent' ? `percent.${one.of}` : one.as)
  const labelOf = (one: PillShow): string =>
    text(one.as === 'percent' ? `show.percent.${one.of}` : `show.${one.as}`)
  const set = (to: PillShow | undefined): void => change({ show: to })
  return (
    <>
      <Choice
        label={text('pill.show')}
        value={show ? nameOf(show) : 'none'}
        options={[
          { value: 'none', label: text('pill.show.none') },
          ...ready.map((one) => ({ value: nameOf(one), label: labelOf(one) })),
        ]}
        onChange={(name) => set(ready.find((one) => nameOf(one) === name))}
      />
      {show && <Parameters block={block} show={show} set={set} />}
    </>
  )
}

interface ParameterProps {
  readonly block: Block
  readonly show: PillShow
  readonly set: (show: PillShow) => void
}

function Parameters(props: ParameterProps) {
  const { show } = props
  switch (show.as) {
    case 'percent':
    case 'index':
      return null
    case 'percentOfParent':
      return <AlongField {...props} show={show} />
    case 'difference':
    case 'percentDifference':
      return <Difference {...props} show={show} />
    case 'runningTotal':
    case 'percentRunningTotal':
    case 'movingAverage':
      return <Running {...props} show={show} />
    case 'rank':
      return <Rank {...props} show={show} />
  }
}

type Along = Extract<PillShow, { field: string }>

function AlongField({ block, show, set }: ParameterProps & { readonly show: Along }) {
  const text = useText()
  const options = askedDimensions(block).map((use) => ({
    value: use.id,
    label: pillCaption(use, text),
  }))
  return (
    <Choice
      label={text('measure.field')}
      value={show.field}
      options={options}
      onChange={(field) => set({ ...show, field: field })}
    />
  )
}

type DifferenceShow = Extract<PillShow, { from: unknown }>

function Difference(props: ParameterProps & { readonly show: DifferenceShow }) {
  const { show, set } = props
  const text = useText()
  return (
    <>
      <AlongField {...props} />
      <Choice
        label={text('measure.from')}
        value={typeof show.from === 'object' ? 'member' : show.from}
        options={(['previous', 'next', 'member'] as const).map((value) => ({
          value,
          label: text(`measure.from.${value}`),
        }))}
        onChange={(from) => set({ ...show, from: from === 'member' ? { member: '' } : from })}
      />
      {typeof show.from === 'object' && (
        <Setting label={text('measure.member')}>
          {(id) => (
            <Input
              id={id}
              value={typeof show.from === 'object' ? String(show.from.member ?? '') : ''}
              onChange={(event) => set({ ...show, from: { member: event.target.value } })}
            />
          )}
        </Setting>
      )}
    </>
  )
}

type RunningShow = Extract<PillShow, { reset: unknown }>

function Running({ block, show, set }: ParameterProps & { readonly show: RunningShow }) {
  const text = useText()
  const resets = (['none', 'highest', 'lowest'] as const).map((value) => ({
    value: value,
    label: text(`measure.reset.${value}`),
  }))
  const fields = askedDimensions(block).map((use) => ({
    value: use.id,
    label: text('measure.reset.field', { field: fieldNameOf(use.field) }),
  }))
  return (
    <>
      <AxisChoice axis={show.axis} onChange={(axis) => set({ ...show, axis })} />
      <Choice
        label={text('measure.reset')}
        value={typeof show.reset === 'object' ? show.reset.field : show.reset}
        options={[...resets, ...fields]}
        onChange={(value) =>
          set({
            ...show,
            reset:
              value === 'none' || value === 'highest' || value === 'lowest'
                ? value
                : { field: value },
          })
        }
      />
      <Choice
        label={text('measure.order')}
        value={show.order ?? 'forward'}
        options={(['forward', 'backward'] as const).map((value) => ({
          value,
          label: text(`measure.order.${value}`),
        }))}
        onChange={(order) => set({ ...show, order })}
      />
      <Choice
        label={text('measure.blanks')}
        value={show.blanks ?? 'last'}
        options={(['first', 'last'] as const).map((value) => ({
          value,
          label: text(`measure.blanks.${value}`),
        }))}
        onChange={(blanks) => set({ ...show, blanks })}
      />
      {show.as === 'movingAverage' && (
        <Setting label={text('measure.window')}>
          {(id) => (
            <NumberField
              id={id}
              min={2}
              max={1000}
              precision={0}
              value={show.window ?? 3}
              onChange={(window) => window !== null && set({ ...show, window })}
            />
          )}
        </Setting>
      )}
    </>
  )
}

type RankShow = Extract<PillShow, { as: 'rank' }>

function Rank({ show, set }: ParameterProps & { readonly show: RankShow }) {
  const text = useText()
  return (
    <>
      <AxisChoice axis={show.axis} onChange={(axis) => set({ ...show, axis })} />
      <Choice
        label={text('measure.direction')}
        value={show.direction}
        options={(['descending', 'ascending'] as const).map((value) => ({
          value,
          label: text(`measure.direction.${value}`),
        }))}
        onChange={(direction) => set({ ...show, direction })}
      />
      <Choice
        label={text('measure.ties')}
        value={show.ties}
        options={(['skip', 'dense'] as const).map((value) => ({
          value,
          label: text(`measure.ties.${value}`),
        }))}
        onChange={(ties) => set({ ...show, ties })}
      />
      <Choice
        label={text('measure.within')}
        value={show.within ?? 'parent'}
        options={(['parent', 'all'] as const).map((value) => ({
          value,
          label: text(`measure.within.${value}`),
        }))}
        onChange={(within) => set({ ...show, within })}
      />
    </>
  )
}

function AxisChoice(props: {
  readonly axis: 'rows' | 'columns'
  readonly onChange: (axis: 'rows' | 'columns') => void
}) {
  const text = useText()
  return (
    <Choice
      label={text('measure.axis')}
      value={props.axis}
      options={(['rows', 'columns'] as const).map((value) => ({
        value,
        label: text(`measure.axis.${value}`),
      }))}
      onChange={props.onChange}
    />
  )
}
