import { Select } from 'antd'
import { useStore } from 'zustand'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import { blockTitle } from '../../shared/report/captions.ts'
import type { Report } from '../../shared/report/report.ts'
import type { Text } from '../../shared/text/messages.ts'
import { useApp } from '../state/app-context.ts'
import { fieldIcon } from '../ui/field-words.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import type { FieldMapping, SlotMapping } from './mapping.ts'
import { chooseDataset, chooseField, staysEmpty } from './mapping.ts'

interface MappingFormProps {
  readonly report: Report
  readonly mappings: readonly SlotMapping[]
  readonly onChange: (mappings: readonly SlotMapping[]) => void
}

const noDatasets: readonly DatasetInfo[] = []

/** What stays empty, then each slot with its dataset and each expected field with the one that stands for it. */
export function MappingForm({ report, mappings, onChange }: MappingFormProps) {
  const app = useApp()
  const text = useText()
  const datasets = useStore(app.workspace.store, (s) => s.current?.datasets ?? noDatasets)
  const change = (next: SlotMapping): void =>
    onChange(mappings.map((one) => (one.slot.id === next.slot.id ? next : one)))
  const empty = staysEmpty(mappings)
  return (
    <div className="mapping">
      {datasets.length === 0 && (
        <p className="mapping-note" role="alert">
          <Icon name="warning" />
          {text('connect.noDatasets')}
        </p>
      )}
      <div className="mapping-empty" role="status" data-full={empty.length === 0}>
        {empty.length === 0 ? (
          <p>
            <Icon name="check" />
            {text('connect.full')}
          </p>
        ) : (
          <>
            <p>
              <Icon name="warning" />
              {text('connect.empty')}
            </p>
            <ul>
              {empty.map(({ expected, usedIn }) => (
                <li key={expected.name}>
                  {text('connect.emptyField', {
                    field: expected.name,
                    places: placesOf(report, usedIn, text),
                  })}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      {mappings.map((mapping) => (
        <SlotForm
          key={mapping.slot.id}
          report={report}
          mapping={mapping}
          datasets={datasets}
          onChange={change}
        />
      ))}
    </div>
  )
}

interface SlotFormProps {
  readonly report: Report
  readonly mapping: SlotMapping
  readonly datasets: readonly DatasetInfo[]
  readonly onChange: (mapping: SlotMapping) => void
}

function SlotForm({ report, mapping, datasets, onChange }: SlotFormProps) {
  const text = useText()
  const { slot, dataset, fields } = mapping
  const chosen = datasets.find(({ id }) => id === dataset)
  const used = fields.filter(({ usedIn }) => usedIn.length > 0)
  return (
    <section className="mapping-slot" aria-label={slot.name}>
      <label className="mapping-dataset">
        <span>
          <Icon name="dataset" />
          {text('connect.slot', { name: slot.name })}
        </span>
        <Select
          aria-label={text('connect.slot', { name: slot.name })}
          value={dataset ?? ''}
          options={[
            { value: '', label: text('connect.noDataset') },
            ...datasets.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(id: string) =>
            onChange(
              chooseDataset(
                report,
                mapping,
                datasets.find((one) => one.id === id),
              ),
            )
          }
        />
      </label>
      {chosen && used.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{text('connect.expected')}</th>
              <th scope="col">{text('connect.yours')}</th>
              <th scope="col">{text('connect.fit')}</th>
            </tr>
          </thead>
          <tbody>
            {used.map((field) => (
              <FieldRow
                key={field.expected.name}
                report={report}
                mapping={field}
                dataset={chosen}
                onChoose={(name) => onChange(chooseField(mapping, field.expected.name, name))}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** Blocks without a title of their own are proposed by id; people know them by what they show. */
function placesOf(report: Report, places: readonly string[], text: Text): string {
  const blocks = Object.values(report.pages).flatMap((page) => Object.values(page.blocks))
  const titles = places.map((place) => {
    const block = blocks.find(({ id }) => id === place)
    return block ? blockTitle(block, text) : place
  })
  return [...new Set(titles)].join(text('list.separator'))
}

function fitText({ field, score }: FieldMapping, text: Text): string {
  if (field === null) return ''
  if (score === null) return text('connect.chosen')
  if (score >= 0.85) return text('connect.sure')
  return text(score >= 0.6 ? 'connect.likely' : 'connect.guess')
}

interface FieldRowProps {
  readonly report: Report
  readonly mapping: FieldMapping
  readonly dataset: DatasetInfo
  readonly onChoose: (field: string | null) => void
}

function FieldRow({ report, mapping, dataset, onChoose }: FieldRowProps) {
  const text = useText()
  const { expected, usedIn, field } = mapping
  return (
    <tr data-empty={field === null}>
      <th scope="row">
        <span className="mapping-field">
          <Icon name={fieldIcon(expected)} size={14} />
          {expected.name}
        </span>
        <small>
          {text(field === null ? 'connect.rowEmpty' : 'connect.usedIn', {
            places: placesOf(report, usedIn, text),
          })}
        </small>
      </th>
      <td>
        <Select
          showSearch
          aria-label={text('connect.field', { field: expected.name })}
          value={field ?? ''}
          options={[
            { value: '', label: text('connect.noField') },
            ...dataset.fields.map(({ name }) => ({ value: name, label: name })),
          ]}
          onChange={(name: string) => onChoose(name === '' ? null : name)}
        />
      </td>
      <td>{fitText(mapping, text)}</td>
    </tr>
  )
}
