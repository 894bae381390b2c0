import { useText } from '../ui/use-text.ts'
import type { PlannedDataset } from './import-plan.ts'

interface ChoiceProps {
  readonly dataset: PlannedDataset
  readonly onChange: (encoding: string) => void
}

/** The ways to read the bytes of a text file side by side, where they leave a choice. */
export function EncodingChoice({ dataset, onChange }: ChoiceProps) {
  const text = useText()
  const [first] = dataset.parts
  const guesses = first?.encodings ?? []
  if (!first || guesses.length === 0) return null
  return (
    <fieldset className="plan-encodings">
      <legend>{text('import.encoding')}</legend>
      {guesses.map(({ encoding, confidence, sample }) => (
        <label key={encoding} data-chosen={encoding === first.encoding}>
          <span>
            <input
              type="radio"
              name={`encoding ${dataset.key}`}
              checked={encoding === first.encoding}
              disabled={sample === null}
              onChange={() => onChange(encoding)}
            />
            <strong>{encoding}</strong>
            <small className="hint">
              {text('import.likely', { percent: Math.round(confidence * 100) })}
            </small>
          </span>
          <pre>{sample ?? text('import.notReadable')}</pre>
        </label>
      ))}
    </fieldset>
  )
}
