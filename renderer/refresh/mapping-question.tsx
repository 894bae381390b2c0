import { Button, Select } from 'antd'
import { useId, useState } from 'react'
import type { RefreshedDataset } from '../../shared/data/refresh-words.ts'
import { useText } from '../ui/use-text.ts'
import type { Mapping } from './refresh-answers.ts'
import type { RefreshFlow } from './refresh-flow.ts'

interface MappingProps {
  readonly asked: Extract<RefreshedDataset, { state: 'question' }>
  readonly flow: RefreshFlow
}

const gone = ''

/** Columns vanished or became another kind of value: which column is the field now, or is it gone? */
export function MappingQuestion({ asked, flow }: MappingProps) {
  const text = useText()
  const own = useId()
  const { vanished, added, retyped, proposals, reports, emptied, steps, file, waiting } =
    asked.question
  const { id } = asked.dataset
  const [mapping, setMapping] = useState<Mapping>(() =>
    Object.fromEntries(
      vanished.map(({ field }) => [
        field.name,
        proposals.find((one) => one.field === field.name)?.column ?? null,
      ]),
    ),
  )
  const onlyEmptied = emptied.length > 0 && vanished.length + retyped.length + steps.length === 0
  const options = [
    ...added.map(({ name }) => ({ value: name, label: name })),
    { value: gone, label: text(file === undefined ? 'refresh.none' : 'refresh.notInFile') },
  ]
  return (
    <div className="refresh-question">
      {!onlyEmptied && (
        <p>{file === undefined ? text('refresh.question') : text('refresh.newFile', { file })}</p>
      )}
      {emptied.length > 0 && <p>{text('refresh.emptied', { files: emptied.join(', ') })}</p>}
      {vanished.map(({ field }) => (
        <div key={field.name} className="refresh-field">
          <label htmlFor={`${own}-${field.name}`}>
            {text(file === undefined ? 'refresh.vanished' : 'refresh.whichColumn', {
              field: field.name,
            })}
          </label>
          <Select
            id={`${own}-${field.name}`}
            value={mapping[field.name] ?? gone}
            options={options}
            onChange={(column: string) =>
              setMapping({ ...mapping, [field.name]: column === gone ? null : column })
            }
          />
        </div>
      ))}
      {retyped.map(({ field, from, to }) => (
        <p key={field}>
          {text('refresh.retyped', { field, from: text(`type.${from}`), to: text(`type.${to}`) })}
        </p>
      ))}
      {reports.length > 0 && (
        <p>{text('refresh.reports', { reports: reports.map(({ title }) => title).join(', ') })}</p>
      )}
      {waiting.length > 0 && <p>{text('refresh.waiting', { files: waiting.join(', ') })}</p>}
      <div className="refresh-answers">
        <Button
          type={onlyEmptied ? 'default' : 'primary'}
          onClick={() => void flow.answer(id, mapping, file)}
        >
          {text(
            onlyEmptied
              ? 'refresh.takeEmpty'
              : file === undefined
                ? 'refresh.answer'
                : 'refresh.takeFile',
          )}
        </Button>
        {file !== undefined && (
          <Button onClick={() => void flow.leaveOut(id, file)}>{text('refresh.leaveOut')}</Button>
        )}
      </div>
    </div>
  )
}
