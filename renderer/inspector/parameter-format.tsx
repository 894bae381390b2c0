import { Button, Select } from 'antd'
import type { ParameterBlock } from '../../shared/report/blocks/parameter-block.ts'
import { parametersOf } from '../../shared/report/report-formulas.ts'
import { perform } from '../state/actions.ts'
import { useApp, useReport } from '../state/app-context.ts'
import { Setting } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import { useConfigure } from './configure.ts'

export function ParameterFormat({ block }: { readonly block: ParameterBlock }) {
  const app = useApp()
  const configure = useConfigure(block)
  const text = useText()
  const options = parametersOf(useReport()).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <>
      <Setting label={text('parameter.control')}>
        {(id) => (
          <Select
            id={id}
            size="small"
            className="wide"
            {...(block.parameter === undefined ? {} : { value: block.parameter })}
            options={options}
            onChange={(parameter: string) => configure({ parameter })}
          />
        )}
      </Setting>
      <Button size="small" onClick={() => void perform(app, 'insert.parameter')}>
        {text('parameter.manage')}
      </Button>
    </>
  )
}
