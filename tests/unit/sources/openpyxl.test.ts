import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cellKind } from '../../../electron/engine/sources/cell-kinds.ts'
import { sourceLimits } from '../../../electron/engine/sources/source-limits.ts'
import { Workbook } from '../../../electron/engine/sources/xlsx/workbook.ts'
import { readSource } from '../../support/read-source.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const script = join(import.meta.dirname, '../../support/openpyxl-book.py')
// Debian's own Python, which sees Debian's packages.
const python = '/usr/bin/python3'

type SaidCell = [row: number, column: number, type: string, value: unknown]

/** Makes the workbook and says how openpyxl reads it. */
function theirs(path: string, seed: number): SaidCell[] {
  const args = [script, path, String(seed)]
  const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const lines = stdout.split('\n').filter((line) => line !== '')
  // The script prints nothing else.
  return lines.map((line) => JSON.parse(line) as SaidCell)
}

async function ours(path: string): Promise<SaidCell[]> {
  const workbook = await Workbook.open(path, sourceLimits)
  try {
    const [first] = workbook.visibleSheets()
    if (first === undefined) return []
    const { rows, kinds, sourceRows } = await readSource(workbook.reader(first))
    return rows.flatMap((row, r) =>
      row.flatMap((text, c): SaidCell[] => {
        const kind = kinds[r]?.[c] ?? cellKind.blank
        return text === null ? [] : [[sourceRows[r] ?? 0, c + 1, ...said(kind, text)]]
      }),
    )
  } finally {
    await workbook.close()
  }
}

function said(kind: number, text: string): [string, unknown] {
  if (kind === cellKind.boolean) return ['boolean', text === 'TRUE']
  if (kind === cellKind.day) return ['time', `${text} 00:00:00`]
  if (kind === cellKind.second) return ['time', text]
  if (kind === cellKind.clock) return ['clock', text]
  return kind === cellKind.text ? ['text', text] : ['number', Number(text)]
}

describe.skipIf(!existsSync('/usr/lib/python3/dist-packages/openpyxl'))(
  'python3-openpyxl reads the same',
  () => {
    test.each(Array.from({ length: 16 }, (_, seed) => seed))('seed %d', async (seed) => {
      const path = join(tempFolder(), 'random.xlsx')
      const expected = theirs(path, seed)
      expect(expected.length).toBeGreaterThan(0)
      expect(await ours(path)).toEqual(expected)
    })
  },
)
