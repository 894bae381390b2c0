import { Progress } from 'antd'
import { useStore } from 'zustand'
import type { Language } from '../../shared/text/language.ts'
import type { Text } from '../../shared/text/messages.ts'
import { IconButton } from '../ui/controls.tsx'
import { Icon } from '../ui/icon.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { ImportFlow } from './import-flow.ts'
import type { ImportState, ShownProgress } from './import-state.ts'
import { besideOf } from './import-plan.ts'

interface ReadingProps {
  readonly flow: ImportFlow
  readonly onLeaveOut: (name: string) => void
}

/** What is being read: each dataset with its rows, its rate and its share. */
export function Reading({ flow, onLeaveOut }: ReadingProps) {
  const text = useText()
  const state = useStore(flow.store)
  const names = namesRead(state)
  return (
    <div className="import-running">
      <ul>
        {names.map((name) => (
          <ReadingLine
            key={name}
            name={name}
            state={state}
            onLeaveOut={names.length > 1 && isOrdered(state, name) ? onLeaveOut : null}
          />
        ))}
      </ul>
      {names.length > 1 && <p className="hint">{text('import.allOrNothing')}</p>}
      <p className="hint">{text('import.goesOn')}</p>
    </div>
  )
}

interface LineProps {
  readonly name: string
  readonly state: ImportState
  readonly onLeaveOut: ((name: string) => void) | null
}

function ReadingLine({ name, state, onLeaveOut }: LineProps) {
  const text = useText()
  const language = useLanguage()
  const part = state.progress[name]
  const phase = part ? text(`import.phase.${part.phase}`) : waitingWords(state, name, text)
  const words = [phase, ...(part ? progressWords(part, text, language) : [])]
  return (
    <li>
      <span className="running-name">
        <Icon name="dataset" />
        <strong>{name}</strong>
        <span className="hint">{words.join(' · ')}</span>
        {onLeaveOut && (
          <IconButton
            icon="close"
            small
            label={text('import.leaveOut', { name })}
            onClick={() => onLeaveOut(name)}
          />
        )}
      </span>
      <Progress
        percent={sharePercent(part)}
        aria-label={name}
        showInfo={false}
        strokeColor="var(--accent)"
      />
    </li>
  )
}

const isOrdered = ({ run }: ImportState, name: string): boolean =>
  run?.names.includes(name) === true

/** Those ordered and not stopped; recipes that look into them are run again, each under the name of its dataset. */
export function namesRead({ run, leftOut, progress }: ImportState): string[] {
  const names = [...new Set([...(run?.names ?? []), ...Object.keys(progress)])]
  return names.filter((name) => !leftOut.includes(name))
}

export function sharePercent(part: ShownProgress | undefined): number {
  return part?.phase === 'committing' ? 100 : Math.floor((part?.fraction ?? 0) * 100)
}

/** "1,200,000 rows", "80,000 rows a second", "45%", as far as they are known. */
export function progressWords(part: ShownProgress, text: Text, language: Language): string[] {
  return [
    text('import.rows', { count: showCount(part.rows, language) }),
    ...(part.rate === null ? [] : [text('import.rate', { count: showCount(part.rate, language) })]),
    ...(part.fraction === undefined ? [] : [`${sharePercent(part)}%`]),
  ]
}

/** Its turn has not come: another import has the dataset, or as many read as may at once. */
export function waitingWords({ beside }: ImportState, name: string, text: Text): string {
  return text(besideOf(name, beside) ? 'import.waitingFor' : 'import.waiting')
}
