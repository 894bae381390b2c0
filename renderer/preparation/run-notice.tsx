import { Button, Progress } from 'antd'
import { useStore } from 'zustand'
import type { RecipeQuestion } from '../../shared/preparation/recipe-words.ts'
import { IconButton } from '../ui/controls.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { RecipeStore } from './recipe-store.ts'

interface RunNoticeProps {
  readonly recipe: RecipeStore
}

/** How applying goes or went. */
export function RunNotice({ recipe }: RunNoticeProps) {
  const text = useText()
  const language = useLanguage()
  const run = useStore(recipe.store, (state) => state.run)
  const count = (value: number): string => showCount(value, language)
  const note = (words: string) => (
    <div className="run-note">
      <p role="status">{words}</p>
      <IconButton small icon="close" label={text('app.close')} onClick={recipe.closeRun} />
    </div>
  )
  switch (run.state) {
    case 'idle':
      return null
    case 'running': {
      const { progress } = run
      const rows = progress && progress.rows > 0 ? count(progress.rows) : null
      return (
        <div className="run-note">
          <div>
            <p role="status">
              {rows === null ? text('recipe.starting') : text('recipe.running', { rows })}
            </p>
            <Progress
              size="small"
              percent={Math.round((progress?.fraction ?? 0) * 100)}
              aria-label={text('recipe.starting')}
            />
          </div>
          <Button size="small" onClick={recipe.stopApplying}>
            {text('app.cancel')}
          </Button>
        </div>
      )
    }
    case 'question':
      return <Question recipe={recipe} question={run.question} />
    case 'failed':
      return <ErrorNotice error={run.error} />
    case 'done':
      return note(
        text('recipe.done', { before: count(run.rowsBefore), after: count(run.rowsAfter) }),
      )
    case 'unchanged':
    case 'cancelled':
      return note(text(`recipe.${run.state}`))
  }
}

interface QuestionProps extends RunNoticeProps {
  readonly question: RecipeQuestion
}

/** What reports would miss, before anything is changed. */
function Question({ recipe, question }: QuestionProps) {
  const text = useText()
  const { vanished, retyped, reports } = question
  const list = (names: readonly string[]): string => names.join(text('list.separator'))
  return (
    <section className="run-question" aria-label={text('recipe.question')}>
      <h3>{text('recipe.question')}</h3>
      <ul>
        {vanished.length > 0 && (
          <li>{text('recipe.vanished', { fields: list(vanished.map(({ name }) => name)) })}</li>
        )}
        {retyped.map(({ field, from, to }) => (
          <li key={field}>
            {text('recipe.retyped', {
              ...{ field, from: text(`type.${from}`), to: text(`type.${to}`) },
            })}
          </li>
        ))}
        {reports.map(({ title, fields }, index) => (
          <li key={index}>
            <strong>{text('recipe.report', { title, fields: list(fields) })}</strong>
          </li>
        ))}
      </ul>
      <div className="form-foot">
        <Button size="small" onClick={recipe.closeRun}>
          {text('recipe.back')}
        </Button>
        <Button size="small" danger onClick={() => void recipe.apply(true)}>
          {text('recipe.acceptLoss')}
        </Button>
      </div>
    </section>
  )
}
