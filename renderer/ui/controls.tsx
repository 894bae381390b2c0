import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useId, useState } from 'react'
import type { IconName } from './icon.tsx'
import { Icon } from './icon.tsx'

interface IconButtonProps {
  readonly icon: IconName
  readonly label: string
  readonly onClick: () => void
  /** More than the label, such as the shortcut. */
  readonly tip?: string
  readonly text?: string
  readonly disabled?: boolean
  readonly pressed?: boolean
  readonly small?: boolean
}

/** A quiet button; its label is its name for assistive tools and its tooltip. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, onClick, tip, text, disabled = false, pressed, small = false } = props
  return (
    <Tooltip title={tip ?? (text === undefined ? label : undefined)} mouseEnterDelay={0.5}>
      <button
        type="button"
        className={small ? 'icon-button small' : 'icon-button'}
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onClick}
      >
        <Icon name={icon} size={small ? 14 : 16} />
        {text}
      </button>
    </Tooltip>
  )
}

interface SectionProps {
  readonly title: string
  readonly children: ReactNode
  readonly open?: boolean
}

/** A part of a panel that folds. */
export function Section({ title, children, open = true }: SectionProps) {
  const [shown, setShown] = useState(open)
  const body = useId()
  return (
    <section className="section" aria-label={title}>
      <h3>
        <button
          type="button"
          className="section-toggle"
          aria-expanded={shown}
          aria-controls={body}
          onClick={() => setShown(!shown)}
        >
          <Icon name={shown ? 'down' : 'right'} size={12} />
          {title}
        </button>
      </h3>
      {shown && (
        <div className="section-body" id={body}>
          {children}
        </div>
      )}
    </section>
  )
}

interface SettingProps {
  readonly label: string
  readonly children: (id: string) => ReactNode
  /** Label above instead of beside. */
  readonly tall?: boolean
}

/** One labelled control of a panel. */
export function Setting({ label, children, tall = false }: SettingProps) {
  const id = useId()
  return (
    <div className={tall ? 'setting tall' : 'setting'}>
      <label className="setting-label" htmlFor={id}>
        {label}
      </label>
      <div>{children(id)}</div>
    </div>
  )
}

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly {
    readonly value: T
    readonly label: string
    readonly icon?: IconName
  }[]
  readonly onChange: (value: T) => void
}

/** A few exclusive choices as one row of buttons. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <div className="choice" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          aria-label={option.label}
          title={option.label}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
          onKeyDown={(event) =>
            moveChoice(
              event,
              options.map((one) => one.value),
              value,
              onChange,
            )
          }
        >
          {option.icon ? <Icon name={option.icon} /> : option.label}
        </button>
      ))}
    </div>
  )
}

function moveChoice<T extends string>(
  event: React.KeyboardEvent<HTMLButtonElement>,
  values: readonly T[],
  value: T,
  onChange: (value: T) => void,
): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  event.stopPropagation()
  const at = (values.indexOf(value) + step + values.length) % values.length
  const next = values[at]
  if (next === undefined) return
  onChange(next)
  const buttons = event.currentTarget.parentElement?.querySelectorAll('button')
  buttons?.[at]?.focus()
}
