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
import { fileName } from './file-name.ts'
import type { Mapping } from './refresh-answers.ts'
import type { RefreshFlow } from './refresh-flow.ts'
import { padRules, UnpaddedQuestion } from './unpadded-question.tsx'
import { FewerRows } from './fewer-rows.tsx'
import { areAnswered, proposedChoices, RetypedQuestion, rulesOf } from './retyped-question.tsx'

interface MappingProps {
  readonly asked: Extract<RefreshedDataset, { state: 'question' }>
  readonly flow: RefreshFlow
}

const gone = ''

/** Columns vanished or became another kind of value: which column is the field now, or is it gone? */
export function MappingQuestion({ asked, flow }: MappingProps) {
  const text = useText()
  const {
    vanished,
    added,
    retyped,
    reports,
    emptied,
    steps,
    file,
    fileId,
    waiting,
    unpadded,
    shrunk,
    resultEmpty,
  } = asked.question
  const app = useApp()
  const { id } = asked.dataset
  const [mapping, setMapping] = useState<Mapping>(() => proposedMapping(asked.question))
  const [kept, setKept] = useState(() => proposedChoices(retyped))
  /** Fields whose short numbers are other ones. */
  const [unlike, setUnlike] = useState<ReadonlySet<string>>(new Set())
  const isAnswered =
    vanished.every(({ field }) => field.name in mapping) && areAnswered(retyped, kept)
  const lost = [
    ...vanished.map(({ field }) => field.name),
    ...retyped.map(({ field }) => field).filter((field) => !isKept(kept[field])),
    ...steps.flatMap(({ fields }) => fields),
  ]
  const open = openReportUsing(app, id, new Set(lost))
  const titles = [...new Set([...reports.map(({ title }) => title), ...open])]
  const isLess = emptied.length + shrunk.length > 0 || resultEmpty !== undefined
  const onlyLess = isLess && vanished.length + retyped.length + steps.length + unpadded.length === 0
  const rules = [...rulesOf(retyped, kept), ...padRules(unpadded, unlike)]
  const options = [
    ...added.map(({ name }) => ({ value: name, label: name })),
    { value: gone, label: text(file === undefined ? 'refresh.none' : 'refresh.notInFile') },
  ]
  return (
    <div className="refresh-question">
      {!onlyLess && (
        <p>
          {file === undefined
            ? text(opening(asked.question))
            : text('refresh.newFile', {
                file: fileName(flow, { dataset: id, file, fileId }, text),
              })}
        </p>
      )}
      <FewerRows emptied={emptied} shrunk={shrunk} resultEmpty={resultEmpty} />
      {vanished.map(({ field: { name } }) => (
        <WhichColumn
          key={name}
          name={name}
          label={text(file === undefined ? 'refresh.vanished' : 'refresh.whichColumn', {
            field: name,
          })}
          value={name in mapping ? (mapping[name] ?? gone) : null}
          options={options}
          onChoose={(column) => setMapping({ ...mapping, [name]: column === gone ? null : column })}
        />
      ))}
      {retyped.map((one) => (
        <RetypedQuestion
          key={one.field}
          retyped={one}
          chosen={kept[one.field]}
          onChoose={(choice) => setKept({ ...kept, [one.field]: choice })}
        />
      ))}
      {[...new Set(unpadded.map(({ field }) => field))].map((field) => (
        <UnpaddedQuestion
          key={field}
          field={field}
          found={unpadded.filter((one) => one.field === field)}
          pads={!unlike.has(field)}
          onChoose={(pads) =>
            setUnlike(
              new Set([...unlike].filter((one) => one !== field).concat(pads ? [] : [field])),
            )
          }
        />
      ))}
      <Touched steps={steps} titles={titles} waiting={waiting} />
      <Answers
        file={file}
        less={
          onlyLess ? (emptied.length > 0 || resultEmpty !== undefined ? 'empty' : 'fewer') : null
        }
        isAnswered={isAnswered}
        onAnswer={() => void flow.answer(id, { mapping, rules }, fileId ?? file)}
        onAgain={() => void flow.again(id)}
        onLeaveOut={(name) => void flow.leaveOut(id, fileId ?? name)}
      />
    </div>
  )
}

interface AnswersProps {
  readonly file: string | undefined
  /** Nothing but rows is missing: all of them, or most. */
  readonly less: 'empty' | 'fewer' | null
  readonly isAnswered: boolean
  readonly onAnswer: () => void
  readonly onAgain: () => void
  readonly onLeaveOut: (file: string) => void
}

function Answers({ file, less, isAnswered, onAnswer, onAgain, onLeaveOut }: AnswersProps) {
  const text = useText()
  const label = file === undefined ? 'refresh.answer' : 'refresh.takeFile'
  const lessLabel = less === 'empty' ? 'refresh.takeEmpty' : 'refresh.takeFewer'
  return (
    <div className="refresh-answers">
      {less !== null && (
        <Button type="primary" onClick={onAgain}>
          {text('refresh.again')}
        </Button>
      )}
      <Button
        type={less === null ? 'primary' : 'default'}
        disabled={!isAnswered}
        onClick={onAnswer}
      >
        {text(less === null ? label : lessLabel)}
      </Button>
      {file !== undefined && (
        <Button onClick={() => onLeaveOut(file)}>{text('refresh.leaveOut')}</Button>
      )}
    </div>
  )
}

interface WhichColumnProps {
  readonly name: string
  readonly label: string
  readonly value: string | null
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChoose: (column: string) => void
}

function WhichColumn({ name, label, value, options, onChoose }: WhichColumnProps) {
  const text = useText()
  const own = useId()
  return (
    <div className="refresh-field">
      <label htmlFor={`${own}-${name}`}>{label}</label>
      <Select
        id={`${own}-${name}`}
        value={value}
        placeholder={text('refresh.choose')}
        options={[...options]}
        onChange={(column: string) => onChoose(column)}
      />
    </div>
  )
}

interface TouchedProps {
  readonly steps: SchemaQuestion['steps']
  readonly titles: readonly string[]
  readonly waiting: readonly string[]
}

/** Who would miss what is gone, and what is asked next. */
function Touched({ steps, titles, waiting }: TouchedProps) {
  const text = useText()
  const listed = (names: readonly string[]): string => names.join(text('list.separator'))
  return (
    <>
      {steps.length > 0 && (
        <p>
          {text('refresh.steps', { steps: listed(steps.map((step) => stepWords(step, text))) })}
        </p>
      )}
      {titles.length > 0 && <p>{text('refresh.reports', { reports: listed(titles) })}</p>}
      {waiting.length > 0 && <p>{text('refresh.waiting', { files: listed(waiting) })}</p>}
    </>
  )
}

/** That a field is gone has to be said; a new file may well lack a column of the others. */
function proposedMapping({ vanished, proposals, file }: SchemaQuestion): Mapping {
  return Object.fromEntries(
    vanished.flatMap(({ field: { name } }) => {
      const column = proposals.find((one) => one.field === name)?.column
      return column === undefined && file === undefined ? [] : [[name, column ?? null]]
    }),
  )
}

/** Columns that changed, or values alone that do not go with those there are. */
function opening({ vanished, steps, retyped }: SchemaQuestion) {
  const isColumns =
    vanished.length + steps.length > 0 || retyped.some(({ ways }) => ways.length === 0)
  return isColumns ? 'refresh.question' : 'refresh.valuesQuestion'
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
