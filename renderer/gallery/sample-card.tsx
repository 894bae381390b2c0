import { Button, Progress } from 'antd'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { SampleState } from '../../shared/workspace-words.ts'
import { isMessageKey } from '../../shared/text/messages.ts'
import { useApp } from '../state/app-context.ts'
import { openSample } from '../state/workspace-actions.ts'
import { Icon } from '../ui/icon.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { sampleOf } from './sample-store.ts'
import { SamplePicture } from './sample-picture.tsx'

/** The sample chain: comes in by itself on a first start, and opens "Store overview" when it is there. */
export function SampleCard() {
  const app = useApp()
  const text = useText()
  const sample = sampleOf(app)
  const state = useStore(sample.store, (store) => store.sample)
  useEffect(() => sample.follow(), [sample])
  return (
    <section className="start-card sample-card" aria-labelledby="sample-title">
      <div className="sample-words">
        <h2 id="sample-title">
          {text('sample.title')}
          {state?.state === 'ready' && (
            <span className="ready-mark">
              <Icon name="check" size={12} />
              {text('sample.ready')}
            </span>
          )}
        </h2>
        <p>{text('sample.about')}</p>
        <div className="sample-act">
          <SampleAct state={state} />
        </div>
      </div>
      <SamplePicture />
    </section>
  )
}

function SampleAct({ state }: { readonly state: SampleState | null }) {
  const app = useApp()
  const text = useText()
  const sample = sampleOf(app)
  if (state === null) return null
  if (state.state === 'importing') return <Preparing state={state} />
  if (state.state === 'ready') {
    return (
      <Button type="primary" size="large" onClick={() => void openSample(app)}>
        {text('sample.open')}
      </Button>
    )
  }
  if (state.state === 'absent') {
    return <Button onClick={() => void sample.start()}>{text('sample.start')}</Button>
  }
  const reason = `error.${state.code}`
  return (
    <div className="sample-failed" role="alert">
      <p>
        {text('sample.failed')} {isMessageKey(reason) && text(reason)}
      </p>
      <Button onClick={() => void sample.start()}>{text('sample.again')}</Button>
    </div>
  )
}

type Importing = Extract<SampleState, { state: 'importing' }>

function Preparing({ state }: { readonly state: Importing }) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const percent = Math.round(state.fraction * 100)
  const rows = showCount(state.rows, language)
  return (
    <div className="sample-progress">
      <div>
        <Progress
          percent={percent}
          size="small"
          aria-label={text('sample.preparing')}
          strokeColor="var(--accent)"
        />
        <p className="hint">
          {state.step === ''
            ? text('sample.preparing')
            : text('sample.step', { step: state.step, rows })}
        </p>
      </div>
      <Button size="small" onClick={() => void sampleOf(app).cancel()}>
        {text('sample.cancel')}
      </Button>
    </div>
  )
}
