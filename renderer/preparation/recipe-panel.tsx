import { Button, Dropdown, Skeleton } from 'antd'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { recipeLimits } from '../../shared/preparation/recipe.ts'
import type { StepKind } from '../../shared/preparation/recipe.ts'
import { useApp } from '../state/app-context.ts'
import { shortcutText } from '../state/shortcuts.ts'
import { IconButton } from '../ui/controls.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { stepKinds } from './new-step.ts'
import { brokenCount, isEdited } from './recipe-state.ts'
import { openRecipe, saveRecipe } from './recipe-files.ts'
import type { RecipeStore } from './recipe-store.ts'
import { RunNotice } from './run-notice.tsx'
import { StepForm } from './step-form.tsx'
import { StepList } from './step-list.tsx'

interface RecipePanelProps {
  readonly recipe: RecipeStore
  /** Name of the dataset. */
  readonly dataset: string
}

const typedIn = (target: EventTarget): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && target.type !== 'checkbox')

/** The steps of the chosen dataset, their forms, and the way to apply them. */
export function RecipePanel({ recipe, dataset }: RecipePanelProps) {
  const text = useText()
  const state = useStore(recipe.store)
  const { status, error, draft, history } = state
  const panel = useRef<HTMLElement>(null)
  // What had the focus may be gone with the edit: the keys of the panel go on working.
  useEffect(() => {
    if (document.activeElement !== document.body) return
    const chosen = panel.current?.querySelector<HTMLElement>('[aria-current] .step-line')
    const next = chosen ?? panel.current
    next?.focus()
  }, [history, draft])
  const onKey = (event: React.KeyboardEvent): void => {
    const key = event.key.toLowerCase()
    if (!(event.ctrlKey || event.metaKey) || typedIn(event.target)) return
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    event.stopPropagation()
    if (key === 'y' || event.shiftKey) recipe.redo()
    else recipe.undo()
  }
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className="data-side recipe"
      aria-label={text('recipe.title')}
      onKeyDown={onKey}
    >
      <PanelHead recipe={recipe} dataset={dataset} />
      {status === 'failed' && error && <ErrorNotice error={error} />}
      {status === 'loading' && (
        <div className="data-note" role="status" aria-label={text('recipe.loading')}>
          <Skeleton active paragraph={{ rows: 4 }} />
        </div>
      )}
      {status === 'ready' && (
        <>
          <div className="recipe-scroll">
            <WholeLine recipe={recipe} />
            <StepList recipe={recipe} />
            {draft && <StepForm key={draft.step.id} recipe={recipe} draft={draft} />}
            {!draft && <AddStep recipe={recipe} />}
          </div>
          <PanelFoot recipe={recipe} />
        </>
      )}
    </aside>
  )
}

function PanelHead({ recipe, dataset }: RecipePanelProps) {
  const text = useText()
  const state = useStore(recipe.store)
  const mac = navigator.platform.startsWith('Mac')
  const keys = (accelerator: string) => ({ keys: shortcutText(accelerator, mac) })
  return (
    <div className="panel-title">
      <h2>{text('recipe.title')}</h2>
      {isEdited(state) && <span className="recipe-edited">{text('recipe.edited')}</span>}
      <IconButton
        icon="undo"
        small
        label={text('recipe.undo')}
        tip={text('recipe.undoTip', keys('CmdOrCtrl+Z'))}
        disabled={state.history.past.length === 0}
        onClick={recipe.undo}
      />
      <IconButton
        icon="redo"
        small
        label={text('recipe.redo')}
        tip={text('recipe.redoTip', keys('CmdOrCtrl+Shift+Z'))}
        disabled={state.history.future.length === 0}
        onClick={recipe.redo}
      />
      <FileMenu recipe={recipe} dataset={dataset} />
    </div>
  )
}

/** Recipes travel as files: to a colleague, to another workspace, to the command line. */
function FileMenu({ recipe, dataset }: RecipePanelProps) {
  const app = useApp()
  const text = useText()
  const empty = useStore(recipe.store, ({ history }) => history.steps.length === 0)
  const items = [
    { key: 'open', label: text('recipe.file.open') },
    { key: 'save', label: text('recipe.file.save'), disabled: empty },
  ]
  const run = ({ key }: { readonly key: string }): void =>
    void (key === 'open' ? openRecipe(app, recipe) : saveRecipe(app, recipe, dataset))
  return (
    <Dropdown trigger={['click']} placement="bottomRight" menu={{ items, onClick: run }}>
      <Button
        size="small"
        type="text"
        icon={<Icon name="more" size={14} />}
        aria-label={text('recipe.file')}
        title={text('recipe.file')}
      />
    </Dropdown>
  )
}

/** The way back to all steps together; without steps it says what they are for. */
function WholeLine({ recipe }: Pick<RecipePanelProps, 'recipe'>) {
  const text = useText()
  const { history, chosen, draft } = useStore(recipe.store)
  if (history.steps.length === 0) {
    return draft ? null : (
      <div className="recipe-none">
        <h3>{text('recipe.none')}</h3>
        <p className="hint">{text('recipe.noneHint')}</p>
      </div>
    )
  }
  return (
    <button
      type="button"
      className="recipe-whole"
      aria-current={chosen === null && !draft ? 'true' : undefined}
      onClick={() => recipe.choose(null)}
    >
      {text('recipe.whole')}
    </button>
  )
}

function AddStep({ recipe }: Pick<RecipePanelProps, 'recipe'>) {
  const text = useText()
  const full = useStore(recipe.store, ({ history }) => history.steps.length >= recipeLimits.steps)
  if (full) return <p className="hint">{text('recipe.addLong', { limit: recipeLimits.steps })}</p>
  const items = stepKinds.map((kind) => ({
    key: kind,
    label: (
      <span className="step-kind">
        <strong>{text(`recipe.kind.${kind}`)}</strong>
        <small>{text(`recipe.help.${kind}`)}</small>
      </span>
    ),
  }))
  return (
    <div className="recipe-add">
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        menu={{
          items,
          className: 'step-kinds',
          // The keys are the kinds themselves.
          onClick: ({ key }) => recipe.begin(key as StepKind),
        }}
      >
        <Button size="small" icon={<Icon name="plus" size={14} />}>
          {text('recipe.add')}
        </Button>
      </Dropdown>
      <p className="hint">{text('recipe.keys')}</p>
    </div>
  )
}

function PanelFoot({ recipe }: Pick<RecipePanelProps, 'recipe'>) {
  const text = useText()
  const state = useStore(recipe.store)
  const edited = isEdited(state)
  const broken = brokenCount(state)
  const running = state.run.state === 'running'
  return (
    <footer className="recipe-foot">
      <RunNotice recipe={recipe} />
      {broken > 0 && <p className="form-fault">{text('recipe.broken', { count: broken })}</p>}
      {!running && state.run.state !== 'question' && (
        <div className="form-foot">
          <Button size="small" disabled={!edited} onClick={recipe.discard}>
            {text('recipe.discard')}
          </Button>
          <Button
            size="small"
            type="primary"
            disabled={!edited || broken > 0 || state.draft !== null}
            onClick={() => void recipe.apply()}
          >
            {text('recipe.apply')}
          </Button>
        </div>
      )}
    </footer>
  )
}
