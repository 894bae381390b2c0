import { Button, Select } from 'antd'
import { useId, useState } from 'react'
import type { RefreshedDataset, SchemaQuestion } from '../../shared/data/refresh-words.ts'
import { fieldNameOf, slotOf } from '../../shared/report/field-use.ts'
import { columnsUsed } from '../../shared/report/remap-slot.ts'
import type { Text } from '../../shared/text/messages.ts'
import { isMessageKey } from '../../shared/text/messages.ts'
import type { App } from '../state/app.ts'
import { useApp } from '../state/app-context.ts'
import { useText } from '../ui/use-text.ts'
import type { Mapping } from './refresh-answers.ts'
import type { RefreshFlow } from './refresh-flow.ts'
import { areAnswered, proposedChoices, RetypedQuestion, rulesOf } from './retyped-question.tsx'

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
  const app = useApp()
  const { id } = asked.dataset
  // That a field is gone has to be said; a new file may well lack a column of the others.
  const [mapping, setMapping] = useState<Mapping>(() =>
    Object.fromEntries(
      vanished.flatMap(({ field: { name } }) => {
        const column = proposals.find((one) => one.field === name)?.column
        return column === undefined && file === undefined ? [] : [[name, column ?? null]]
      }),
    ),
  )
  const [kept, setKept] = useState(() => proposedChoices(retyped))
  const isAnswered =
    vanished.every(({ field }) => field.name in mapping) && areAnswered(retyped, kept)
  const lost = [
    ...vanished.map(({ field }) => field.name),
    ...retyped.map(({ field }) => field).filter((field) => !isKept(kept[field])),
    ...steps.flatMap(({ fields }) => fields),
  ]
  const open = openReportUsing(app, id, new Set(lost))
  const titles = [...new Set([...reports.map(({ title }) => title), ...open])]
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
            value={field.name in mapping ? (mapping[field.name] ?? gone) : null}
            placeholder={text('refresh.choose')}
            options={options}
            onChange={(column: string) =>
              setMapping({ ...mapping, [field.name]: column === gone ? null : column })
            }
          />
        </div>
      ))}
      {retyped.map((one) => (
        <RetypedQuestion
          key={one.field}
          retyped={one}
          chosen={kept[one.field]}
          onChoose={(choice) => setKept({ ...kept, [one.field]: choice })}
        />
      ))}
      {steps.length > 0 && (
        <p>
          {text('refresh.steps', {
            steps: steps.map((step) => stepWords(step, text)).join(text('list.separator')),
          })}
        </p>
      )}
      {titles.length > 0 && (
        <p>{text('refresh.reports', { reports: titles.join(text('list.separator')) })}</p>
      )}
      {waiting.length > 0 && <p>{text('refresh.waiting', { files: waiting.join(', ') })}</p>}
      <div className="refresh-answers">
        <Button
          type={onlyEmptied ? 'default' : 'primary'}
          disabled={!isAnswered}
          onClick={() => void flow.answer(id, { mapping, rules: rulesOf(retyped, kept) }, file)}
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

const isKept = (choice: string | undefined): boolean => choice !== undefined && choice !== 'change'

/** The open report, saved or not, when its blocks use one of these fields. */
function openReportUsing(app: App, dataset: string, fields: ReadonlySet<string>): string[] {
  const open = app.documents.current()
  if (open === null) return []
  const uses = [...columnsUsed(open.history.report)].some(
    (id) => open.bindings[slotOf(id)] === dataset && fields.has(fieldNameOf(id)),
  )
  return uses ? [open.history.report.title] : []
}

function stepWords({ kind, fields }: SchemaQuestion['steps'][number], text: Text): string {
  const key = `recipe.kind.${kind}`
  const name = isMessageKey(key) ? text(key) : kind
  return fields.length === 0 ? name : `${name} (${fields.join(text('list.separator'))})`
}
