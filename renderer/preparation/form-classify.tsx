import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import type { Classes, ClassRule, ClassSet, StepOf } from '../../shared/preparation/recipe.ts'
import { Classes as ClassesSchema } from '../../shared/preparation/recipe.ts'
import { useApp } from '../state/app-context.ts'
import { Choice, Setting } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import { ConditionEditor } from './condition-editor.tsx'
import type { FormProps } from './form-parts.tsx'
import { FieldChoice, FormRows, NameSetting, Pick } from './form-parts.tsx'
import { firstCondition } from './new-step.ts'

type ClassifyStep = StepOf<'classify'>

export function ClassifyForm({ step, fields, onChange }: FormProps<ClassifyStep>) {
  const text = useText()
  const { sets, reload } = useClassSets()
  const { classes } = step
  const named = 'set' in classes
  const [first] = sets
  return (
    <>
      <NameSetting
        label={text('recipe.form.into')}
        value={step.into}
        onChange={(into) => onChange({ ...step, into })}
      />
      <Setting label={text('recipe.form.source')}>
        {() => (
          <Choice
            label={text('recipe.form.source')}
            value={named ? 'set' : 'own'}
            options={[
              { value: 'own', label: text('recipe.form.ownRules') },
              { value: 'set', label: text('recipe.form.namedSet') },
            ]}
            onChange={(source) => {
              if (source === 'set' && first) onChange({ ...step, classes: namedBy(first) })
              if (source === 'own' && named) onChange({ ...step, classes: ownOf(sets, classes.set, fields[0]?.name ?? '') }) // prettier-ignore
            }}
          />
        )}
      </Setting>
      {sets.length === 0 && <p className="hint">{text('recipe.form.noSets')}</p>}
      {'set' in classes ? (
        <NamedSet sets={sets} step={step} fields={fields} onChange={onChange} />
      ) : (
        <>
          <OwnRules
            classes={classes}
            fields={fields}
            onChange={(next) => onChange({ ...step, classes: next })}
          />
          <SaveSet classes={classes} onSaved={reload} />
        </>
      )}
    </>
  )
}

const namedBy = ({ id, version }: ClassSet) => ({ set: id, version, fields: {} })

function ownOf(sets: readonly ClassSet[], id: string, field: string): Classes {
  const known = sets.find((set) => set.id === id)
  if (known) return { rules: known.rules, otherwise: known.otherwise }
  return { rules: [{ when: firstCondition(field), name: '' }], otherwise: null }
}

function useClassSets() {
  const app = useApp()
  const [sets, setSets] = useState<readonly ClassSet[]>([])
  const [round, setRound] = useState(0)
  useEffect(() => {
    const abort = new AbortController()
    void app.engine['classSet.list']({}, { signal: abort.signal }).then((answer) => {
      if (answer.ok && !abort.signal.aborted) setSets(answer.value.sets)
    })
    return () => abort.abort()
  }, [app, round])
  return { sets, reload: () => setRound((before) => before + 1) }
}

interface OwnRulesProps {
  readonly classes: Classes
  readonly fields: FormProps['fields']
  readonly onChange: (classes: Classes) => void
}

function OwnRules({ classes, fields, onChange }: OwnRulesProps) {
  const text = useText()
  return (
    <>
      <FormRows
        rows={classes.rules}
        add={text('recipe.form.addRule')}
        made={(): ClassRule => ({ when: firstCondition(fields[0]?.name ?? ''), name: '' })}
        most={200}
        onChange={(rules) => onChange({ ...classes, rules })}
      >
        {(rule, change, place) => (
          <fieldset className="rule">
            <legend>{text('recipe.form.rule', { place })}</legend>
            <ConditionEditor
              condition={rule.when}
              fields={fields}
              onChange={(when) => change({ ...rule, when })}
            />
            <NameSetting
              label={text('recipe.form.class')}
              value={rule.name}
              onChange={(name) => change({ ...rule, name })}
            />
          </fieldset>
        )}
      </FormRows>
      <NameSetting
        label={text('recipe.form.otherClass')}
        value={classes.otherwise ?? ''}
        placeholder={text('recipe.form.otherBlank')}
        onChange={(name) => onChange({ ...classes, otherwise: name === '' ? null : name })}
      />
    </>
  )
}

interface NamedSetProps extends FormProps<ClassifyStep> {
  readonly sets: readonly ClassSet[]
}

/** A set of the workspace; its fields are those of this dataset, or mapped to them. */
function NamedSet({ sets, step, fields, onChange }: NamedSetProps) {
  const text = useText()
  const { classes } = step
  if (!('set' in classes)) return null
  const set = sets.find(({ id }) => id === classes.set)
  const names = new Set(set?.rules.flatMap(({ when }) => when.filters.map(({ field }) => field)))
  const foreign = [...names].filter((name) => !fields.some((field) => field.name === name))
  const place = (name: string, field: string): void => {
    const { [name]: _, ...rest } = classes.fields
    const mapped = field === '' ? rest : { ...rest, [name]: field }
    onChange({ ...step, classes: { ...classes, fields: mapped } })
  }
  return (
    <>
      <Pick
        label={text('recipe.form.set')}
        value={classes.set}
        options={sets.map(({ id, name, version }) => ({
          value: id,
          label: text('recipe.form.setVersion', { name, version }),
        }))}
        onChange={(id) => {
          const next = sets.find((one) => one.id === id)
          if (next) onChange({ ...step, classes: namedBy(next) })
        }}
      />
      {foreign.map((name) => (
        <FieldChoice
          key={name}
          label={text('recipe.form.renamedIn', { name })}
          none="–"
          fields={fields}
          value={classes.fields[name]}
          onChange={(field) => place(name, field)}
        />
      ))}
    </>
  )
}

interface SaveSetProps {
  readonly classes: Classes
  readonly onSaved: () => void
}

function SaveSet({ classes, onSaved }: SaveSetProps) {
  const app = useApp()
  const text = useText()
  const [name, setName] = useState('')
  const whole = ClassesSchema.safeParse(classes).success && name.trim() !== ''
  const save = async (): Promise<void> => {
    const answer = await app.engine['classSet.save']({ name: name.trim(), ...classes })
    if (!answer.ok) {
      app.shell.tellError(answer.error)
      return
    }
    app.shell.tell('success', { key: 'recipe.form.setSaved', values: { name: name.trim() } })
    setName('')
    onSaved()
  }
  return (
    <div className="form-pair">
      <Input
        size="small"
        aria-label={text('recipe.form.setName')}
        placeholder={text('recipe.form.setName')}
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button size="small" disabled={!whole} onClick={() => void save()}>
        {text('recipe.form.saveSet')}
      </Button>
    </div>
  )
}
