import { expect, test } from 'vitest'
import { appError } from '../../../shared/errors.ts'
import { errorSentence } from '../../../shared/text/error-sentence.ts'
import { exportWords } from '../../../electron/engine/exports/words-from-text.ts'
import { printNotes } from '../../../renderer/preview/print-answers.ts'
import { createShell } from '../../../renderer/state/shell-store.ts'
import { newBlock } from '../../../shared/report/new-block.ts'
import { newPage } from '../../../shared/report/new-report.ts'
import { repeatableIds } from '../../support/report-builder.ts'
import { textIn } from '../../../shared/text/messages.ts'

const sentence = (reason?: string) =>
  errorSentence(
    appError('query/invalid', reason === undefined ? {} : { reason, field: '金额' }),
    textIn('zh-CN'),
  )

test('an error says its reason where that has words, and what kind it is otherwise', () => {
  expect(sentence('notADate')).toBe('“金额”不是日期。')
  expect(sentence('somethingElse')).toBe(sentence())
})

test('notes and exports say the reason too', () => {
  const error = appError('query/invalid', { reason: 'notADate', field: '金额' })
  const text = textIn('zh-CN')
  const shell = createShell()
  shell.tellError(error)
  const [note] = shell.store.getState().notes
  expect(note && text(note.text.key, note.text.values)).toBe('“金额”不是日期。')
  const block = newBlock('chart', { x: 0, y: 0, w: 4, h: 4 }, repeatableIds())
  expect(exportWords('zh-CN').failed(block, error)).toContain('“金额”不是日期。')
  const answer = { state: 'error' as const, error }
  const page = newPage('P', repeatableIds())
  expect(printNotes([{ page, block, answer, narrowed: [] }], text)[0]).toContain('“金额”不是日期。')
})
