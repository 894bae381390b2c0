import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { functionTable } from '../../support/formula-table.ts'

test('docs/formulas.md lists every function as the catalogue has it, and no other', () => {
  const docs = readFileSync('docs/formulas.md', 'utf8')
  const section = docs.split('\n## ').find((part) => part.startsWith('Functions\n')) ?? ''
  const lines = section
    .split('\n')
    .filter((line) => line.startsWith('###') || /^\| +`/.test(line))
    .map((line) => line.replace(/ +/g, ' '))
  expect(lines).toEqual(functionTable())
})
