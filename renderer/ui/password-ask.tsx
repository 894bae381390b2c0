import { Button, Input } from 'antd'
import { useState } from 'react'
import { useText } from './use-text.ts'
import './password-ask.css'

interface PasswordAskProps {
  /** Of the file it opens. */
  readonly name: string
  readonly onGiven: (password: string) => void
}

/** The password of a protected file; nobody keeps it. */
export function PasswordAsk({ name, onGiven }: PasswordAskProps) {
  const text = useText()
  const [password, setPassword] = useState('')
  return (
    <form
      className="password-ask"
      onSubmit={(event) => {
        event.preventDefault()
        onGiven(password)
      }}
    >
      <Input
        type="password"
        size="small"
        autoComplete="off"
        maxLength={255}
        aria-label={text('import.password', { name })}
        placeholder={text('import.passwordHint')}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button size="small" htmlType="submit" disabled={password === ''}>
        {text('import.unlock')}
      </Button>
    </form>
  )
}
