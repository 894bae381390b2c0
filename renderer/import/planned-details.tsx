import { Button, Checkbox, Input } from 'antd'
import { useStore } from 'zustand'
import { freeName } from '../../shared/data/dataset-name.ts'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { SheetRange } from '../../shared/data/sheet-layout.ts'
import { useText, useLanguage } from '../ui/use-text.ts'
import { Icon } from '../ui/icon.tsx'
import type { ColumnRule } from '../ui/import-remark.tsx'
import { showCount } from '../ui/show-number.ts'
import { ColumnPreview } from './column-preview.tsx'
import { GrowingChoice, JoinNote } from './growing-choice.tsx'
import { EncodingChoice } from './encoding-choice.tsx'
import { LastTimeNote } from './last-time-note.tsx'
import { LayoutSettings } from './layout-settings.tsx'
import type { ImportFlow } from './import-flow.ts'
import type { ImportPlan, PlannedDataset } from './import-plan.ts'
import { PreviewNotes } from './preview-notes.tsx'
import {
  alsoReadAs,
  besideOf,
  canBeLive,
  existingDataset,
  hasTwins,
  joinDatasets,
  keyOf,
  overrideColumn,
  planFault,
  splitDataset,
} from './import-plan.ts'

interface DetailsProps {
  readonly flow: ImportFlow
  readonly plan: ImportPlan
  readonly dataset: PlannedDataset
  readonly datasets: readonly DatasetInfo[]
}

/** One dataset to be: its name, where it comes from, and its columns over the first rows. */
export function PlannedDetails({ flow, plan, dataset, datasets }: DetailsProps) {
  const text = useText()
  const change = (part: Partial<PlannedDataset>): void => flow.changeOne(dataset.key, part)
  // Nothing but the overrides: the file may just be looked at again, and its parts become others.
  const override = (column: string, rule: ColumnRule): void =>
    change({ overrides: overrideColumn(dataset, column, rule).overrides })
  return (
    <section className="plan-details" aria-label={dataset.name}>
      <label className="plan-name">
        <span>{text('import.name')}</span>
        <Input
          value={dataset.name}
          maxLength={120}
          onChange={(event) => change({ name: event.target.value, choice: null })}
        />
      </label>
      <NameFault flow={flow} plan={plan} dataset={dataset} datasets={datasets} change={change} />
      <ReadBeside flow={flow} dataset={dataset} />
      <LastTimeNote
        dataset={dataset}
        onTake={() => void flow.takeLastTime(dataset.key)}
        onLeave={() => flow.leaveLastTime(dataset.key)}
      />
      <JoinNote flow={flow} plan={plan} dataset={dataset} datasets={datasets} />
      <Sources flow={flow} plan={plan} dataset={dataset} />
      <GrowingChoice flow={flow} dataset={dataset} />
      {canBeLive(dataset) && (
        <Checkbox
          checked={dataset.live}
          onChange={(event) => change({ live: event.target.checked })}
        >
          {text('import.live')}
          <small className="hint plan-live">{text('import.liveHint')}</small>
        </Checkbox>
      )}
      <EncodingChoice
        dataset={dataset}
        onChange={(encoding) => void flow.decode(dataset.key, encoding)}
      />
      <LayoutSettings
        dataset={dataset}
        onChange={(layout) => void flow.layOut(dataset.key, layout)}
      />
      <PreviewNotes
        dataset={dataset}
        onRule={override}
        onLikelyTotals={() => void flow.layOut(dataset.key, { totalsByWord: true })}
      />
      <ColumnPreview dataset={dataset} onOverride={override} />
    </section>
  )
}

/** The same file twice is no mistake, but it may be one. */
function ReadBeside({ flow, dataset }: Pick<DetailsProps, 'flow' | 'dataset'>) {
  const text = useText()
  const beside = useStore(flow.store, (state) => state.beside)
  const names = alsoReadAs(dataset, beside)
  if (names.length === 0) return null
  return (
    <p className="hint" role="note">
      {text('import.beside.sameFile', { names: names.join(text('list.separator')) })}
    </p>
  )
}

interface NameFaultProps extends DetailsProps {
  readonly change: (part: Partial<PlannedDataset>) => void
}

function NameFault({ flow, plan, dataset, datasets, change }: NameFaultProps) {
  const text = useText()
  const beside = useStore(flow.store, (state) => state.beside)
  const taken = existingDataset(dataset.name, datasets)
  const fault = planFault(plan, dataset, datasets, beside)
  const names = [...datasets, ...plan, ...beside].map(({ name }) => name)
  const free = freeName(dataset.name, names)
  const renaming = (
    <Button size="small" onClick={() => change({ name: free, choice: null })}>
      {text('import.rename', { name: free })}
    </Button>
  )
  if (!taken)
    return (
      fault && (
        <div className="plan-fault" role="alert">
          <p>{text(`import.fault.${fault}`, { name: dataset.name })}</p>
          {fault === 'nameBeingMade' && <div className="plan-choices">{renaming}</div>}
        </div>
      )
    )
  return (
    <div className="plan-fault" data-settled={fault === null} role="alert">
      <p>
        <Icon name="warning" />
        {text('import.fault.nameTaken', { name: taken.name })}
      </p>
      <div className="plan-choices">
        {!dataset.live &&
          taken.mode === 'extract' &&
          (['replace', 'append'] as const).map((choice) => (
            <Button
              key={choice}
              size="small"
              type={dataset.choice === choice ? 'primary' : 'default'}
              aria-pressed={dataset.choice === choice}
              onClick={() => change({ choice })}
            >
              {text(`import.${choice}`)}
            </Button>
          ))}
        {renaming}
      </div>
      {besideOf(dataset.name, beside) && (
        <p className="hint">{text('import.beside.inTurn', { name: taken.name })}</p>
      )}
    </div>
  )
}

function Sources({ flow, plan, dataset }: Omit<DetailsProps, 'datasets'>) {
  const text = useText()
  const language = useLanguage()
  const { parts, key } = dataset
  const fingerprint = parts[0]?.fingerprint
  return (
    <div className="plan-sources">
      <ul aria-label={text('import.from')}>
        {parts.map((part) => (
          <li key={keyOf(part)}>
            <Icon name={part.kind === 'sqlite' ? 'dataset' : 'table'} size={14} />
            {part.fileName}
            {part.part !== undefined && ` › ${part.part}`}
            {part.layout.range && ` › ${rangeText(part.layout.range)}`}
            {part.rowsKnown !== undefined && (
              <small className="hint">
                {text('import.rowsKnown', { count: showCount(part.rowsKnown, language) })}
              </small>
            )}
            {part.encoding !== undefined && part.encoding !== 'utf-8' && (
              <small className="hint">{part.encoding}</small>
            )}
          </li>
        ))}
      </ul>
      {parts.some(({ mergedUnseen }) => mergedUnseen) && (
        <p className="hint">{text('import.mergedUnseen')}</p>
      )}
      {parts.length > 1 && (
        <p>
          <span className="hint">{text('import.grouped', { count: parts.length })}</span>
          <Button size="small" onClick={() => flow.change(splitDataset(plan, key))}>
            {text('import.split')}
          </Button>
        </p>
      )}
      {parts.length === 1 && fingerprint !== undefined && hasTwins(plan, dataset) && (
        <Button size="small" onClick={() => flow.change(joinDatasets(plan, fingerprint))}>
          {text('import.join')}
        </Button>
      )}
    </div>
  )
}

/** `B6:D` as Excel writes it; without an end the table goes on. */
function rangeText({ fromRow, toRow, fromColumn, toColumn }: SheetRange): string {
  const end = toColumn === undefined ? '' : `:${columnLetters(toColumn)}${toRow ?? ''}`
  return `${columnLetters(fromColumn)}${fromRow}${end}`
}

function columnLetters(column: number): string {
  const above = Math.floor((column - 1) / 26)
  const letter = String.fromCharCode(65 + ((column - 1) % 26))
  return above > 0 ? columnLetters(above) + letter : letter
}
