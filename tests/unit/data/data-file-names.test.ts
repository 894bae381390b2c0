import { expect, it } from 'vitest'
import { isDataFileName } from '../../../shared/file-kinds.ts'

it.each([
  ['2025.01.CSV', true],
  ['d.json', true],
  ['~$d.xlsx', false],
  ['.d.csv', false],
  ['csv', false],
  ['notes.docx', false],
])('%s in a folder is data: %s', (name, is) => {
  expect(isDataFileName(name)).toBe(is)
})
