import { describe, test } from 'vitest'
import { isJob, isQuery, listsChildren } from '../support/child-processes.ts'
import { disturbTwenty } from '../support/disturbed-exports.ts'

describe.skipIf(!listsChildren)('a process killed at twenty moments of exports', () => {
  test('which answers their questions: an error that says so, or the whole file', async () => {
    await disturbTwenty(['csv', 'xlsx'], isQuery, 400, ['query/processLost'])
  })

  test('which draws or writes the workbook: an error that says so, or the whole file', async () => {
    await disturbTwenty(['xlsx'], isJob, 900, ['internal/processLost'])
  })
})
