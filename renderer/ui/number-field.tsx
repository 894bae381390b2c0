import type { GetRef, InputNumberProps } from 'antd'
import { InputNumber } from 'antd'
import { useEffect, useRef } from 'react'
import { useText } from './use-text.ts'

/** A number to type or to step through; the kit names its steps in English whatever the language. */
export function NumberField<Value extends number | string = number>(
  props: InputNumberProps<Value>,
) {
  const text = useText()
  const field = useRef<GetRef<typeof InputNumber>>(null)
  const [more, less] = [text('number.more'), text('number.less')]
  // After every drawing: the steps come and go with what makes the field inactive.
  useEffect(() => {
    const steps = field.current?.nativeElement.querySelectorAll('[role="button"]') ?? []
    for (const step of steps) {
      const isMore = step.className.includes('action-up')
      step.setAttribute('aria-label', isMore ? more : less)
    }
  })
  return <InputNumber<Value> ref={field} {...props} />
}
