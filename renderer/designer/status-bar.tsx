import { useStore } from 'zustand'
import { perform } from '../state/actions.ts'
import { useApp, useDocument, usePage } from '../state/app-context.ts'
import type { Answer, BlockResult } from '../state/results-store.ts'
import { localMoment } from '../../shared/data/local-moment.ts'
import { useLanguage, useText } from '../ui/use-text.ts'

interface Facts {
  readonly rows: number
  readonly tookMs: number
  readonly asOf: string
  readonly loading: number
}

const rowsOf = (answer: Answer | undefined): number =>
  answer?.state === 'result'
    ? answer.result.baseRows
    : answer?.state === 'rows'
      ? answer.list.count
      : 0

function factsOf(results: readonly BlockResult[]): Facts {
  const answers = results.map((result) => result.shown?.answer)
  return {
    rows: Math.max(0, ...answers.map(rowsOf)),
    tookMs: Math.max(0, ...results.map((result) => result.tookMs ?? 0)),
    asOf: answers
      .flatMap((answer) => (answer?.state === 'result' ? [answer.result.dataAsOf] : []))
      .reduce((newest, time) => (time > newest ? time : newest), ''),
    loading: results.filter((result) => result.loading).length,
  }
}

/** Amber, and the way to new data, once a file behind the report is newer than what was read of it. */
function AsOf({ asOf }: { readonly asOf: string }) {
  const app = useApp()
  const text = useText()
  const bindings = useDocument((open) => open.bindings)
  const stale = useStore(app.staleness.store, (state) => state.stale)
  const used = new Set(Object.values(bindings))
  const files = stale.filter(({ dataset }) => used.has(dataset)).flatMap(({ changed }) => changed)
  if (asOf === '') return null
  const shown = text('status.asOf', { time: localMoment(asOf) })
  if (files.length === 0) return <span>{shown}</span>
  return (
    <button
      type="button"
      className="status-stale"
      title={text('status.staleFiles', { files: files.join(text('list.separator')) })}
      onClick={() => void perform(app, 'data.refresh')}
    >
      {shown} · {text('status.stale')}
    </button>
  )
}

/** Rows behind the page, how long it took, and how fresh the data is. */
export function StatusBar() {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const page = usePage()
  const blocks = useStore(app.results.store, (state) => state.blocks)
  const facts = factsOf(page.blockOrder.flatMap((id) => blocks[id] ?? []))
  const number = new Intl.NumberFormat(language)
  return (
    <footer className="status-bar" aria-label={text('status.title')}>
      <span>{text('status.blocks', { count: number.format(page.blockOrder.length) })}</span>
      {facts.rows > 0 && <span>{text('status.rows', { count: number.format(facts.rows) })}</span>}
      {facts.loading > 0 ? (
        <span role="status">{text('status.loading')}</span>
      ) : (
        facts.tookMs > 0 && (
          <span>{text('status.took', { ms: number.format(Math.round(facts.tookMs)) })}</span>
        )
      )}
      <span className="status-space" />
      <AsOf asOf={facts.asOf} />
    </footer>
  )
}
