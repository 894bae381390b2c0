import { expect, it } from 'vitest'
import { extractEngine, liveEngine, plainCells } from '../support/query-engines.ts'
import { tempFolder } from '../support/temp-folder.ts'

const names = ['ΟΔΟΣ', 'οδος', 'İZMİR', 'izmir', 'ÉCLAIR', 'éclair', 'other']
const fields = [{ name: 'name', type: 'text', role: 'dimension' }] as const
const wanted = [
  ['οδος', 2],
  ['ΟΔΟΣ', 2],
  ['izmir', 2],
  ['İzmİr', 2],
  ['Éclair', 2],
] as const

it('ignoring case finds a text however either side is written, on every engine alike', async () => {
  const folder = tempFolder()
  const rows = names.map((name) => ({ name }))
  const engines = [
    await extractEngine(folder, fields, rows, '2025-12-31'),
    liveEngine(folder, fields, rows, '2025-12-31'),
  ]
  for (const engine of engines) {
    for (const [text, count] of wanted) {
      for (const op of ['contains', 'startsWith'] as const) {
        const answer = await engine.ask({
          dataset: 'sales',
          measures: [{ aggregate: 'count' }],
          filters: [{ field: 'name', op, text, ignoreCase: true }],
        })
        if (!answer.ok) throw new Error(JSON.stringify(answer.error))
        expect([engine.name, text, plainCells(answer.value)]).toEqual([
          ...[engine.name, text, [[[count]]]],
        ])
      }
    }
  }
})
