import { useEffect, useRef, useState } from 'react'

interface EditableTextProps {
  readonly label: string
  readonly value: string
  /** Characters the document keeps of it. */
  readonly maxLength: number
  readonly onChange: (value: string) => void
  /** Shown grey while the value is empty. */
  readonly placeholder?: string
  readonly className?: string
}

/** Width in characters; an ideograph takes two. */
function widthOf(text: string): number {
  const wide = text.match(/[\u2e80-\uffff]/g)?.length ?? 0
  return Math.max(4, text.length + wide + 1)
}

/** A text that is its own field: Enter or leaving keeps it, Escape takes it back. */
export function EditableText({
  label,
  value,
  maxLength,
  onChange,
  placeholder,
  className,
}: EditableTextProps) {
  const [draft, setDraft] = useState(value)
  const field = useRef<HTMLInputElement>(null)
  const cancelled = useRef(false)
  useEffect(() => setDraft(value), [value])
  const leave = (): void => {
    const next = draft.trim()
    if (cancelled.current || next === value || (next === '' && placeholder === undefined))
      setDraft(value)
    else onChange(next)
    cancelled.current = false
  }
  return (
    <input
      ref={field}
      className={className === undefined ? 'editable-text' : `editable-text ${className}`}
      aria-label={label}
      placeholder={placeholder}
      value={draft}
      maxLength={maxLength}
      size={widthOf(draft)}
      onChange={(event) => setDraft(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={leave}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') cancelled.current = true
        if (event.key === 'Enter' || event.key === 'Escape') field.current?.blur()
      }}
    />
  )
}
