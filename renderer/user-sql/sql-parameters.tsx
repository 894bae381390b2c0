import { Button, Input } from 'antd'
import type { SqlParameter, SqlParameterType } from '../../shared/data/sql-words.ts'
import { IconButton } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'

interface SqlParametersProps {
  readonly parameters: readonly SqlParameter[]
  readonly onChange: (parameters: readonly SqlParameter[]) => void
}

const types: readonly SqlParameterType[] = ['text', 'number', 'date', 'boolean']
const firstValue: Readonly<Record<SqlParameterType, string>> = {
  ...{ text: '', number: '0', date: '2025-01-01', boolean: 'true' },
}

/** Values that stand in the statement as :name. */
export function SqlParameters({ parameters, onChange }: SqlParametersProps) {
  const text = useText()
  const change = (index: number, part: Partial<SqlParameter>): void =>
    onChange(parameters.map((one, at) => (at === index ? { ...one, ...part } : one)))
  const add = (): void => {
    const taken = new Set(parameters.map(({ name }) => name))
    let next = 1
    while (taken.has(`p${next}`)) next++
    onChange([...parameters, { name: `p${next}`, type: 'text', value: '' }])
  }
  return (
    <fieldset className="sql-parameters">
      <legend>{text('sql.parameters')}</legend>
      {parameters.map(({ name, type, value }, index) => (
        <div key={index} className="sql-parameter">
          <Input
            prefix=":"
            aria-label={text('sql.parameterName')}
            value={name}
            maxLength={60}
            onChange={(event) => change(index, { name: allowed(event.target.value) })}
          />
          <select
            aria-label={text('sql.parameterType')}
            value={type}
            onChange={(event) => {
              const next = types.find((one) => one === event.target.value)
              if (next) change(index, { type: next, value: firstValue[next] })
            }}
          >
            {types.map((one) => (
              <option key={one} value={one}>
                {text(`sql.type.${one}`)}
              </option>
            ))}
          </select>
          <Value type={type} value={value} onChange={(next) => change(index, { value: next })} />
          <IconButton
            icon="close"
            small
            label={text('sql.removeParameter', { name })}
            onClick={() => onChange(parameters.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button size="small" onClick={add}>
        {text('sql.addParameter')}
      </Button>
      <p className="hint">{text('sql.parametersHint')}</p>
    </fieldset>
  )
}

/** Only what a name may hold; never empty, as nothing could be written for it then. */
const allowed = (name: string): string =>
  name.replaceAll(/[^\p{L}\p{N}_]/gu, '').replace(/^\p{N}+/u, '') || 'p'

interface ValueProps {
  readonly type: SqlParameterType
  readonly value: string
  readonly onChange: (value: string) => void
}

function Value({ type, value, onChange }: ValueProps) {
  const text = useText()
  const label = text('sql.parameterValue')
  if (type === 'boolean') {
    return (
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="true">{text('sql.yes')}</option>
        <option value="false">{text('sql.no')}</option>
      </select>
    )
  }
  return (
    <Input
      aria-label={label}
      type={type === 'date' ? 'date' : 'text'}
      inputMode={type === 'number' ? 'decimal' : 'text'}
      maxLength={4000}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
