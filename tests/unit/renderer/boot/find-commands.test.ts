import { expect, test } from 'vitest'
import { findCommands } from '../../../../renderer/boot/find-commands.ts'

test('a command is found by its words in either language, whatever their case', () => {
  expect(findCommands('EXPORT')).toContain('export.report')
  expect(findCommands(' 导出')).toContain('export.report')
  expect(findCommands('no such command')).toEqual([])
  expect(findCommands('')).not.toContain('view.palette')
})
