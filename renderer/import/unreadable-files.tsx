import { appError } from '../../shared/errors.ts'
import { errorSentence } from '../../shared/text/error-sentence.ts'
import { Icon } from '../ui/icon.tsx'
import { PasswordAsk } from '../ui/password-ask.tsx'
import { useText } from '../ui/use-text.ts'
import type { ImportFlow } from './import-flow.ts'
import type { ImportState } from './import-state.ts'

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
        {files.map(({ file, fileName, code, reason = '', facts }) => {
          const asks = code === 'dataset/encrypted' || code === 'dataset/wrongPassword'
          return (
            <li key={fileName}>
              <strong>{fileName}</strong>{' '}
              {errorSentence(appError(code, { ...facts, reason }), text)}
              {asks && file !== undefined && (
                <PasswordAsk
                  name={fileName}
                  onGiven={(password) => void flow.unlock(file, password)}
                />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
