import { Checkbox, Dropdown } from 'antd'
import { Fragment } from 'react'
import type { CellValue } from '../../shared/data/cell-value.ts'
import type { Field } from '../../shared/data/field.ts'
import { FieldRole, FieldType, isNumeric } from '../../shared/data/field.ts'
import type { ColumnOverride, LeftOutSample } from '../../shared/data/import-words.ts'
import type { Text } from '../../shared/text/messages.ts'
import { fieldIcon } from '../ui/field-words.ts'
import { Icon } from '../ui/icon.tsx'
import { tagMenu, tagWords } from '../ui/tag-menu.ts'
import { useText } from '../ui/use-text.ts'
import type { PlannedDataset } from './import-plan.ts'
import { becomesBlank, plannedFields, shownSample } from './planned-preview.ts'
import { markedColumns, mergedColumns } from './import-plan.ts'

const shownRows = 8
/** Rows left out further down: enough to know them by. */
const shownBelow = 3

interface PreviewProps {
  readonly dataset: PlannedDataset
  readonly onOverride: (column: string, part: Omit<ColumnOverride, 'column'>) => void
}

/** The columns with type and role, changeable, above the first rows as they will come in. */
export function ColumnPreview({ dataset, onOverride }: PreviewProps) {
  const text = useText()
  const fields = plannedFields(dataset)
  const rows = shownSample(dataset, shownRows)
  const isBlank = becomesBlank(dataset)
  const merged = mergedColumns(dataset)
  const marked = markedColumns(dataset)
  const leftOut = dataset.parts[0]?.leftOut?.rows ?? []
  const below = leftOut.filter(({ before }) => before >= rows.length).slice(0, shownBelow)
  return (
    <div className="preview" role="region" aria-label={text('import.example')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {fields.map((field) => (
              <ColumnHead
                key={field.name}
                field={field}
                fixed={dataset.live}
                filled={
                  merged.has(field.name)
                    ? dataset.overrides[field.name]?.fillMerged === true
                    : undefined
                }
                trimmed={
                  marked.has(field.name)
                    ? dataset.overrides[field.name]?.trimMarks === true
                    : undefined
                }
                onOverride={(part) => onOverride(field.name, part)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <Fragment key={at}>
              <LeftOutLines rows={leftOut.filter(({ before }) => before === at)} fields={fields} />
              <tr>
                {fields.map((field, index) => (
                  <PreviewCell
                    key={field.name}
                    type={field.type}
                    value={shown(row[index] ?? null, text)}
                    isBlank={isBlank(at, index)}
                  />
                ))}
              </tr>
            </Fragment>
          ))}
          {below.some(({ before }) => before > rows.length) && (
            <tr aria-hidden="true" className="preview-gap">
              <td colSpan={fields.length}>⋯</td>
            </tr>
          )}
          <LeftOutLines rows={below} fields={fields} />
        </tbody>
      </table>
    </div>
  )
}

interface CellProps {
  readonly type: FieldType
  readonly value: string
  /** The type chosen cannot hold it. */
  readonly isBlank: boolean
}

function PreviewCell({ type, value, isBlank }: CellProps) {
  const text = useText()
  if (!isBlank) return <td data-number={isNumeric(type)}>{value}</td>
  const why = text('import.becomesBlank', { type: text(`type.${type}`) })
  return (
    <td data-number={isNumeric(type)} data-blank="true" title={why}>
      <del>{value}</del>
      <span className="visually-hidden"> {why}</span>
    </td>
  )
}

interface LeftOutProps {
  readonly rows: readonly LeftOutSample[]
  readonly fields: readonly Field[]
}

/** Rows that will not come in stand where they are in the sheet, struck through, each with the reason. */
function LeftOutLines({ rows, fields }: LeftOutProps) {
  const text = useText()
  return rows.map(({ row, reason, cells }) => (
    <tr key={row} className="preview-out" aria-label={text(`import.leftOut.${reason}`, { row })}>
      {fields.map((field, index) => (
        <td
          key={field.name}
          data-number={isNumeric(field.type)}
          title={text(`import.leftOut.${reason}`, { row })}
        >
          <del>{shown(cells[index] ?? null, text)}</del>
        </td>
      ))}
    </tr>
  ))
}

function shown(value: CellValue, text: Text): string {
  if (typeof value === 'boolean') return text(value ? 'value.yes' : 'value.no')
  return value === null ? '' : String(value)
}

interface ColumnHeadProps {
  readonly field: Field
  readonly fixed: boolean
  /** Whether its merged cells are repeated in all their rows; undefined where it has none. */
  readonly filled: boolean | undefined
  /** Whether marks of text are taken off its values; undefined where none bears one. */
  readonly trimmed: boolean | undefined
  readonly onOverride: (part: Omit<ColumnOverride, 'column'>) => void
}

function ColumnHead({ field, fixed, filled, trimmed, onOverride }: ColumnHeadProps) {
  const text = useText()
  const { name, type, role } = field
  return (
    <th scope="col" data-role={role}>
      <span className="preview-name">
        <Icon name={fieldIcon(field)} size={14} />
        <span title={name}>{name}</span>
      </span>
      <span className="preview-settings">
        <select
          aria-label={text('import.type', { column: name })}
          value={type}
          disabled={fixed}
          onChange={(event) => onOverride({ type: FieldType.parse(event.target.value) })}
        >
          {FieldType.options.map((option) => (
            <option key={option} value={option}>
              {text(`type.${option}`)}
            </option>
          ))}
        </select>
        <select
          aria-label={text('import.role', { column: name })}
          value={role}
          disabled={fixed}
          onChange={(event) => onOverride({ role: FieldRole.parse(event.target.value) })}
        >
          {FieldRole.options.map((option) => (
            <option key={option} value={option}>
              {text(`role.${option}`)}
            </option>
          ))}
        </select>
      </span>
      <ColumnTagMenu field={field} fixed={fixed} onOverride={onOverride} />
      {filled !== undefined && (
        <Checkbox
          className="preview-merged"
          checked={filled}
          aria-label={text('import.fillMerged', { column: name })}
          onChange={({ target }) => onOverride({ fillMerged: target.checked ? true : undefined })}
        >
          {text('import.fillMerged.short')}
        </Checkbox>
      )}
      {trimmed !== undefined && (
        <Checkbox
          className="preview-merged"
          checked={trimmed}
          aria-label={text('import.trimMarks', { column: name })}
          onChange={({ target }) => onOverride({ trimMarks: target.checked ? true : undefined })}
        >
          {text('import.trimMarks.short')}
        </Checkbox>
      )}
    </th>
  )
}

/** What the column stands for and whether it tells of a person, as proposed or as chosen here. */
function ColumnTagMenu({ field, fixed, onOverride }: Omit<ColumnHeadProps, 'filled' | 'trimmed'>) {
  const text = useText()
  const words = tagWords(field, text).join(' · ')
  const shown = words === '' ? text('import.noTags') : words
  return (
    <Dropdown
      trigger={['click']}
      disabled={fixed}
      menu={tagMenu(field, text, { onChoose: onOverride, last: undefined })}
    >
      <button
        type="button"
        className="preview-tags"
        disabled={fixed}
        aria-label={`${shown} · ${text('import.tags', { column: field.name })}`}
        title={words}
      >
        {shown}
        <Icon name="down" size={12} />
      </button>
    </Dropdown>
  )
}
