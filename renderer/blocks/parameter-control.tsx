import { Button } from 'antd'
import type { ParameterValue } from '../../shared/report/formula.ts'
import { withValue } from '../../shared/report/formula.ts'
import { perform } from '../state/actions.ts'
import { useApp, useReport, useSession } from '../state/app-context.ts'
import type { BlockContentProps } from '../state/block-content.ts'
import { tryCommand } from '../state/board-actions.ts'
import { ParameterInput } from '../ui/parameter-input.tsx'
import { useText } from '../ui/use-text.ts'
import './blocks.css'

/**
 * Sets a parameter of the report. As with filters, what is set while designing is saved and undone, and what is set while
 * presenting ends with the presentation.
 */
export function ParameterControl({ block }: BlockContentProps<'parameter'>) {
  const app = useApp()
  const text = useText()
  const report = useReport()
  const reading = useSession(({ parameters }) => parameters)
  const designed = block.parameter === undefined ? undefined : report.parameters?.[block.parameter]
  if (!designed) {
    return (
      <div className="block-nothing" data-own-pointer>
        <p>{text('block.empty.parameter')}</p>
        <Button size="small" onClick={() => void perform(app, 'insert.parameter')}>
          {text('parameter.manage')}
        </Button>
      </div>
    )
  }
  const read = reading[designed.id]
  const parameter = (read === undefined ? null : withValue(designed, read)) ?? designed
  const set = (value: ParameterValue): void => {
    // A slider may stop a hair beside a step, and typing passes values the range does not have.
    if (!withValue(designed, value)) return
    if (app.session.getState().presenting) {
      app.session.setState({ parameters: { ...reading, [designed.id]: value } })
      return
    }
    const args = { parameter: designed.id, value }
    tryCommand(app, { name: 'parameter.setValue', args }, { mode: 'merge' })
  }
  return (
    <div className="parameter-control" data-own-pointer>
      <ParameterInput parameter={parameter} label={parameter.name} onChange={set} />
    </div>
  )
}
