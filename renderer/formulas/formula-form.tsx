import { Button, Input, Select } from 'antd'
import { useId } from 'react'
import type { DatasetSlot } from '../../shared/report/report.ts'
import { useApp } from '../state/app-context.ts'
import { Choice, Setting } from '../ui/controls.tsx'
import { FormulaEditor } from '../ui/formula-editor.tsx'
import { Icon } from '../ui/icon.tsx'
import { numberFormats } from '../ui/number-formats.ts'
import { useText } from '../ui/use-text.ts'
import type { CheckedDraft, FormulaDraft, Over, Surroundings } from './formula-draft.ts'
import { draftWords } from './formula-draft.ts'
import { slotOfDataset } from './start-draft.ts'

interface FormProps {
  readonly draft: FormulaDraft
  readonly checked: CheckedDraft
  readonly around: Surroundings
  readonly home: string | undefined
  readonly fault: 'empty' | 'taken' | null
  readonly isNew: boolean
  readonly onChange: (draft: FormulaDraft) => void
  readonly onHome: (dataset: string, slot: DatasetSlot) => void
}

export function FormulaForm(props: FormProps) {
  const { draft, checked, around, fault, isNew, onChange } = props
  const text = useText()
  const said = useId()
  const { block } = around
  return (
    <div className="formula-form">
      <Setting label={text('calculated.name')} tall>
        {(id) => (
          <Input
            id={id}
            autoFocus={isNew}
            maxLength={120}
            value={draft.name}
            status={fault === 'taken' ? 'error' : ''}
            aria-describedby={`${said}-name`}
            onChange={({ target }) => onChange({ ...draft, name: target.value })}
          />
        )}
      </Setting>
      <p id={`${said}-name`} className="form-fault" role="status">
        {fault === 'taken' && text('calculated.name.taken')}
        {fault === 'empty' && checked.state === 'right' && text('calculated.name.empty')}
      </p>
      {isNew && <Home {...props} />}
      {block && (
        <Choice<Over>
          label={text('calculated.over')}
          value={draft.over}
          options={[
            { value: 'data', label: text('calculated.over.data') },
            { value: 'cells', label: text('calculated.over.cells') },
          ]}
          onChange={(over) => onChange({ ...draft, over })}
        />
      )}
      <FormulaEditor
        formula={draft.text}
        words={draftWords(draft, around, text)}
        fault={checked.state === 'wrong' ? checked.error.span : undefined}
        describedBy={said}
        onChange={(written) => onChange({ ...draft, text: written })}
      />
      <div id={said} className="formula-said" aria-live="polite">
        <Said {...{ draft, checked, onChange }} />
      </div>
      <Setting label={text('calculated.format')}>
        {(id) => (
          <Select
            id={id}
            size="small"
            value={numberFormats.find(([, one]) => sameFormat(one, draft.format))?.[0] ?? ''}
            options={[
              { value: '', label: text('calculated.format.auto') },
              ...numberFormats.map(([label]) => ({ value: label, label })),
            ]}
            onChange={(label: string) =>
              onChange({ ...draft, format: numberFormats.find(([name]) => name === label)?.[1] })
            }
          />
        )}
      </Setting>
    </div>
  )
}

const sameFormat = (a: object, b: object | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

/** Which dataset a new field belongs to. */
function Home({ draft, around, home, onHome }: FormProps) {
  const app = useApp()
  const text = useText()
  const options = around.datasets.map(({ id, name }) => ({ value: id, label: name }))
  if (options.length < 2 || draft.over === 'cells') return null
  return (
    <Setting label={text('calculated.dataset')}>
      {(id) => (
        <Select
          id={id}
          size="small"
          {...(home === undefined ? {} : { value: home })}
          options={options}
          onChange={(chosen: string) => {
            const dataset = around.datasets.find((one) => one.id === chosen)
            if (dataset) onHome(chosen, slotOfDataset(app, dataset).slot)
          }}
        />
      )}
    </Setting>
  )
}

/** What kind it is and what it says, or what is wrong with a way to mend it. */
function Said({ draft, checked, onChange }: Pick<FormProps, 'draft' | 'checked' | 'onChange'>) {
  const text = useText()
  if (checked.state === 'empty')
    return <p className="hint">{text(`calculated.hint.${draft.over}`)}</p>
  if (checked.state === 'right') {
    return (
      <>
        <p className="formula-kind" data-kind={checked.kind}>
          <Icon name="formula" size={14} />
          <b>{text(`calculated.kind.${checked.kind}`)}</b>
        </p>
        <p className="hint">{text(`calculated.kind.${checked.kind}.about`)}</p>
        <p>{checked.words}</p>
        <p className="hint">{text('calculated.gives', { type: text(`type.${checked.type}`) })}</p>
      </>
    )
  }
  const { error, words } = checked
  const { span, suggestion } = error
  return (
    <>
      <p className="form-fault">{text('calculated.at', { place: span.from + 1, said: words })}</p>
      {suggestion !== undefined && (
        <Button
          size="small"
          onClick={() =>
            onChange({
              ...draft,
              text: draft.text.slice(0, span.from) + suggestion + draft.text.slice(span.to),
            })
          }
        >
          {text('recipe.form.useSuggestion', { suggestion })}
        </Button>
      )}
    </>
  )
}
