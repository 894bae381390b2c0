import { Button, Skeleton } from 'antd'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { compareRows, renamesIn } from './compare-rows.ts'
import { countWords } from '../../shared/quality/count-words.ts'
import { PreviewTable } from './preview-table.tsx'
import type { Shown } from './recipe-preview.ts'
import { previewRows } from './recipe-preview.ts'
import type { RecipeStore } from './recipe-store.ts'
import { stepWords } from '../../shared/quality/step-words.ts'

interface PreviewPaneProps {
  readonly recipe: RecipeStore
}

/** The first rows before and after the step looked at, and what it does to all rows. */
export function PreviewPane({ recipe }: PreviewPaneProps) {
  const text = useText()
  const { preview } = useStore(recipe.store)
  const { state, shown, error } = preview
  return (
    <main className="data-middle" aria-label={text('recipe.preview')}>
      <PreviewBar recipe={recipe} />
      {state === 'failed' && error && <ErrorNotice error={error} />}
      {state === 'cancelled' && (
        <div className="data-note">
          <p>{text('recipe.previewCancelled')}</p>
          <Button size="small" onClick={recipe.look}>
            {text('recipe.showAgain')}
          </Button>
        </div>
      )}
      {(state === 'loading' || state === 'ready') && shown && (
        <Rows shown={shown} waiting={state === 'loading'} />
      )}
      {(state === 'loading' || state === 'none') && !shown && (
        <div className="data-note" role="status" aria-label={text('recipe.previewLoading')}>
          <Skeleton active paragraph={{ rows: 10 }} />
        </div>
      )}
    </main>
  )
}

function PreviewBar({ recipe }: PreviewPaneProps) {
  const text = useText()
  const language = useLanguage()
  const { preview } = useStore(recipe.store)
  const { shown, counts, counting, state } = preview
  const step = shown?.steps.find(({ id }) => id === shown.step)
  const busy = counting || state === 'loading'
  return (
    <div className="data-bar preview-bar">
      <h2>{step ? stepWords(step, text) : text('recipe.whole')}</h2>
      <span className="hint" role="status">
        {counts &&
          text('recipe.wholeRows', {
            before: showCount(counts.rowsBefore, language),
            after: showCount(counts.rowsAfter, language),
          })}
        {counts && ` · ${countWords(counts, text, language)}`}
        {!counts && busy && text('recipe.counting')}
      </span>
      {busy && (
        <Button size="small" onClick={recipe.stopLooking}>
          {text('app.cancel')}
        </Button>
      )}
    </div>
  )
}

interface RowsProps {
  readonly shown: Shown
  readonly waiting: boolean
}

function Rows({ shown, waiting }: RowsProps) {
  const text = useText()
  const { answer, steps, step } = shown
  const compared = useMemo(() => {
    const looked = step === null ? steps : steps.filter(({ id }) => id === step)
    return compareRows(answer.before, answer.after, renamesIn(looked), previewRows)
  }, [answer, steps, step])
  if (compared.rows.length === 0) return <p className="hint data-note">{text('recipe.noRows')}</p>
  const touched = compared.rows.some(({ kind }) => kind !== 'same')
  const count = compared.rows.length
  return (
    <>
      <p className="hint preview-note">
        {text(touched ? 'recipe.firstRows' : 'recipe.noneTouched', { count })}
      </p>
      <PreviewTable answer={answer} compared={compared} waiting={waiting} />
    </>
  )
}
