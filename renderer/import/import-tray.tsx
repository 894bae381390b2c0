import { Button } from 'antd'
import { useStore } from 'zustand'
import { errorSentence } from '../../shared/text/error-sentence.ts'
import { IconButton } from '../ui/controls.tsx'
import { Icon } from '../ui/icon.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { DeskImport, ImportDesk } from './import-desk.ts'
import { standingOf } from './import-desk.ts'
import type { ImportState } from './import-state.ts'
import { broughtIn } from './import-state.ts'
import { namesRead, progressWords, sharePercent, waitingWords } from './reading.tsx'
import './import-tray.css'

interface TrayProps {
  readonly desk: ImportDesk
}

/** A line at the window's lower edge: what reads in the background, and what ended there and was not looked at yet. */
export function ImportTray({ desk }: TrayProps) {
  const text = useText()
  const { imports, shown } = useStore(desk.store)
  const away = imports.filter(({ id }) => id !== shown)
  const isEmpty = away.length === 0
  return (
    <section
      className="import-tray"
      data-empty={isEmpty}
      aria-label={isEmpty ? undefined : text('import.tray')}
    >
      <ul>
        {away.map((one) => (
          <TrayImport key={one.id} desk={desk} one={one} />
        ))}
      </ul>
      <TrayNews imports={away} />
    </section>
  )
}

/** Said once by screen readers when it changes: what reads says nothing there, or it would never be silent. */
function TrayNews({ imports }: { readonly imports: readonly DeskImport[] }) {
  return (
    <div role="status" className="tray-news">
      {imports.map((one) => (
        <Ended key={one.id} one={one} />
      ))}
    </div>
  )
}

function Ended({ one }: { readonly one: DeskImport }) {
  const words = useEndWords()
  const state = useStore(one.flow.store)
  return ['done', 'failed'].includes(standingOf(state)) ? <p>{words(state)}</p> : null
}

interface ImportProps extends TrayProps {
  readonly one: DeskImport
}

function TrayImport({ desk, one: { id, flow } }: ImportProps) {
  const text = useText()
  const words = useEndWords()
  const state = useStore(flow.store)
  const standing = standingOf(state)
  if (standing === 'open') return null
  if (standing === 'reading')
    return namesRead(state).map((name) => (
      <TrayReading key={name} name={name} state={state} desk={desk} id={id} />
    ))
  const asks = standing === 'failed' && isQuestion(state)
  const leads = standing === 'done' ? 'result' : asks ? 'answer' : 'preview'
  return (
    <li data-standing={asks ? 'asks' : standing}>
      <Icon name={standing === 'done' ? 'check' : 'warning'} />
      <span className="tray-words selectable" title={words(state)}>
        {words(state)}
      </span>
      <Button size="small" onClick={() => desk.show(id)}>
        {text(`import.tray.${leads}`)}
      </Button>
      <IconButton icon="close" small label={text('app.dismiss')} onClick={() => desk.dismiss(id)} />
    </li>
  )
}

interface ReadingProps extends TrayProps {
  readonly id: string
  readonly name: string
  readonly state: ImportState
}

function TrayReading({ desk, id, name, state }: ReadingProps) {
  const text = useText()
  const language = useLanguage()
  const part = state.progress[name]
  const words = part ? progressWords(part, text, language) : [waitingWords(state, name, text)]
  const percent = sharePercent(part)
  return (
    <li data-standing="reading">
      <button
        type="button"
        className="tray-details"
        title={text('import.tray.details', { name })}
        onClick={() => desk.show(id)}
      >
        <strong>{name}</strong>
        <span className="hint">{words.join(' · ')}</span>
      </button>
      <div
        className="tray-bar"
        role="progressbar"
        aria-label={name}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div style={{ width: `${percent}%` }} />
      </div>
      {state.run?.names.includes(name) && (
        <IconButton
          icon="close"
          small
          label={text('import.leaveOut', { name })}
          onClick={() => void desk.leaveOut(id, name)}
        />
      )}
    </li>
  )
}

const isQuestion = ({ error }: ImportState): boolean => error?.code === 'dataset/overlap'

/** How an import ended, in one line. */
function useEndWords(): (state: ImportState) => string {
  const text = useText()
  const language = useLanguage()
  return (state) => {
    const { result, error, plan } = state
    const list = (names: readonly string[]): string => names.join(text('list.separator'))
    if (standingOf(state) !== 'done') {
      const names = list(plan.filter(({ included }) => included).map(({ name }) => name.trim()))
      const said = error === null ? '' : errorSentence(error, text)
      return text(isQuestion(state) ? 'import.tray.asks' : 'import.tray.failed', { names, said })
    }
    const rows = broughtIn(state).reduce((sum, dataset) => sum + dataset.rows, 0)
    const rejected = result.reduce((sum, one) => sum + one.rowsRejected, 0)
    const remarks = result.flatMap(({ dataset }) =>
      dataset.warnings.filter(({ code }) => code !== 'rejectedRows'),
    ).length
    return [
      list(broughtIn(state).map(({ name }) => name)),
      text('import.rows', { count: showCount(rows, language) }),
      ...(rejected > 0
        ? [text('import.tray.rejected', { count: showCount(rejected, language) })]
        : []),
      ...(remarks > 0 ? [text('import.tray.remarks', { count: remarks })] : []),
      ...(state.leftOut.length > 0 ? [text('import.stopped', { names: list(state.leftOut) })] : []),
    ].join(' · ')
  }
}
