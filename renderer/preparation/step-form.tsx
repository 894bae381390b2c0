import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { Field } from '../../shared/data/field.ts'
import type { RecipeStep } from '../../shared/preparation/recipe.ts'
import type { RecipeLookup } from '../../shared/preparation/recipe-words.ts'
import { useText } from '../ui/use-text.ts'
import { ClassifyForm } from './form-classify.tsx'
import { FormulaForm } from './form-formula.tsx'
import { MapForm } from './form-map.tsx'
import { MergeForm, RemoveForm, RenameForm, SplitForm, UnpivotForm } from './forms-names.tsx'
import { DedupeForm, FilterForm } from './forms-rows.tsx'
import { FillForm, NormaliseForm, ReplaceForm, TypeForm } from './forms-values.tsx'
import type { Shown } from './recipe-preview.ts'
import type { Draft } from './recipe-state.ts'
import { fieldsBefore } from './recipe-state.ts'
import type { RecipeStore } from './recipe-store.ts'
import { gapOf } from './step-gaps.ts'
import { problemWords } from '../../shared/quality/step-words.ts'

interface StepFormProps {
  readonly recipe: RecipeStore
  readonly draft: Draft
}

/** One step being written: what it lacks is said at once, Enter on the last button keeps it, Escape drops it. */
export function StepForm({ recipe, draft }: StepFormProps) {
  const text = useText()
  const form = useRef<HTMLFormElement>(null)
  const { step, at } = draft
  const state = useStore(recipe.store)
  const fields = fieldsBefore(state, at)
  const gap = gapOf(
    step,
    fields.map(({ name }) => name),
  )
  const { shown } = state.preview
  const said = shown?.step === step.id ? shown.answer.steps.find((one) => one.step === step.id) : undefined // prettier-ignore
  const problem = step.kind === 'formula' ? undefined : said?.problem
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, textarea')?.focus()
  }, [])
  return (
    <form
      ref={form}
      className="step-form"
      aria-label={`${text('recipe.form')}: ${text(`recipe.kind.${step.kind}`)}`}
      onSubmit={(event) => {
        event.preventDefault()
        if (!gap) recipe.keep()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || closesList(event.target)) return
        event.stopPropagation()
        recipe.drop()
      }}
    >
      <h3>{text(`recipe.kind.${step.kind}`)}</h3>
      <p className="hint">{text(`recipe.help.${step.kind}`)}</p>
      <KindForm {...{ step, fields, shown }} lookups={state.lookups} onChange={recipe.change} />
      <p className="form-fault" role="status">
        {gap ? text(gap.key, { name: gap.name ?? '' }) : problem && problemWords(problem, text)}
      </p>
      <div className="form-foot">
        <Button size="small" onClick={() => recipe.drop()}>
          {text('app.cancel')}
        </Button>
        <Button size="small" type="primary" htmlType="submit" disabled={gap !== undefined}>
          {text('recipe.keep')}
        </Button>
      </div>
    </form>
  )
}

/** Escape belongs to a list that is open. */
const closesList = (target: EventTarget): boolean =>
  target instanceof Element && target.getAttribute('aria-expanded') === 'true'

interface KindFormProps {
  readonly step: RecipeStep
  readonly fields: readonly Field[]
  readonly shown: Shown | null
  readonly lookups: readonly RecipeLookup[]
  readonly onChange: (step: RecipeStep) => void
}

function KindForm({ step, shown, lookups, ...rest }: KindFormProps) {
  switch (step.kind) {
    case 'rename':
      return <RenameForm step={step} {...rest} />
    case 'remove':
      return <RemoveForm step={step} {...rest} />
    case 'type':
      return <TypeForm step={step} {...rest} />
    case 'normalise':
      return <NormaliseForm step={step} {...rest} />
    case 'replace':
      return <ReplaceForm step={step} {...rest} />
    case 'map':
      return <MapForm step={step} {...rest} />
    case 'fill':
      return <FillForm step={step} {...rest} />
    case 'split':
      return <SplitForm step={step} {...rest} />
    case 'merge':
      return <MergeForm step={step} {...rest} />
    case 'filter':
      return <FilterForm step={step} {...rest} />
    case 'dedupe':
      return <DedupeForm step={step} {...rest} />
    case 'unpivot':
      return <UnpivotForm step={step} {...rest} />
    case 'formula':
      return <FormulaForm step={step} shown={shown} lookups={lookups} {...rest} />
    case 'classify':
      return <ClassifyForm step={step} {...rest} />
  }
}
