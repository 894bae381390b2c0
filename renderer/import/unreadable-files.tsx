import { Button, Input } from 'antd'
import { useState } from 'react'
import { appError } from '../../shared/errors.ts'
import { errorSentence } from '../../shared/text/error-sentence.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import type { ImportFlow, ImportState } from './import-flow.ts'

type Unreadable = ImportState['unreadable'][number]

interface UnreadableProps {
  readonly flow: ImportFlow
  readonly files: readonly Unreadable[]
}

/** What could not be read and why; a protected workbook asks for its password. */
export function UnreadableFiles({ flow, files }: UnreadableProps) {
  const text = useText()
  return (
    <div className="import-unreadable" role="alert">
      <p>
        <Icon name="warning" />
        {text('import.unreadable')}
      </p>
      <ul>
        {files.map(({ file, fileName, code, reason = '' }) => {
          const asks = code === 'dataset/encrypted' || code === 'dataset/wrongPassword'
          return (
            <li key={fileName}>
              <strong>{fileName}</strong> {errorSentence(appError(code, { reason }), text)}
              {asks && file !== undefined && <PasswordAsk flow={flow} file={file} name={fileName} />}
            </li>
          )
        })}
      </ul>
    </div>
  ) // prettier-ignore
}

interface AskProps {
  readonly flow: ImportFlow
  readonly file: string
  readonly name: string
}

function PasswordAsk({ flow, file, name }: AskProps) {
  const text = useText()
  const [password, setPassword] = useState('')
  return (
    <form
      className="password-ask"
      onSubmit={(event) => {
        event.preventDefault()
        void flow.unlock(file, password)
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
