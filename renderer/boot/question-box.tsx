import { Button, Modal } from 'antd'
import { useShell } from '../state/app-context.ts'
import { useText } from '../ui/use-text.ts'

/** The one question the app has at the moment. */
export function QuestionBox() {
  const question = useShell((shell) => shell.question)
  const text = useText()
  if (!question) return null
  const { title, body, choices, answer } = question
  return (
    <Modal
      open
      width={440}
      title={text(title.key, title.values)}
      onCancel={() => answer(null)}
      footer={choices.map(({ id, label, tone }) => (
        <Button
          key={id}
          type={tone === 'primary' ? 'primary' : 'default'}
          danger={tone === 'danger'}
          autoFocus={tone === 'primary'}
          onClick={() => answer(id)}
        >
          {text(label)}
        </Button>
      ))}
    >
      <p className="in-lines">{text(body.key, body.values)}</p>
    </Modal>
  )
}
