import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { SampleState } from '../../shared/workspace-words.ts'
import type { App } from '../state/app.ts'

export interface Sample {
  readonly store: StoreApi<{ readonly sample: SampleState | null }>
  /** Reads the state and follows it; on a first start the sample begins to come in by itself. Returns the end of it. */
  follow(): () => void
  start(): Promise<void>
  cancel(): Promise<void>
}

/** Nothing made, nothing opened yet. */
function isFirstStart(app: App): boolean {
  const { current, recent } = app.workspace.store.getState()
  return recent.length === 0 && (current === null || current.datasets.length === 0)
}

const samples = new WeakMap<App, Sample>()

/** One for the window: whoever cancels the sample is not offered it again by coming back to the start page. */
export function sampleOf(app: App): Sample {
  const known = samples.get(app)
  if (known) return known
  const made = createSample(app)
  samples.set(app, made)
  return made
}

export function createSample(app: App): Sample {
  const store = createStore<{ readonly sample: SampleState | null }>(() => ({ sample: null }))
  let begun = false

  async function start(): Promise<void> {
    begun = true
    const answer = await app.engine['sample.start']({})
    if (answer.ok) store.setState({ sample: answer.value })
    else store.setState({ sample: { state: 'failed', code: answer.error.code } })
  }

  async function read(): Promise<void> {
    const answer = await app.engine['sample.state']({})
    if (!answer.ok) return
    store.setState({ sample: answer.value })
    if (answer.value.state === 'absent' && !begun && isFirstStart(app)) await start()
  }

  return {
    store,
    follow() {
      const stop = app.on('sample.changed', (sample) => store.setState({ sample }))
      void read()
      return stop
    },
    start,
    async cancel() {
      const answer = await app.engine['sample.cancel']({})
      if (answer.ok) store.setState({ sample: answer.value })
    },
  }
}
