import { describe, expect, it } from 'vitest'
import { createStalenessStore } from '../../../../renderer/state/staleness-store.ts'
import { staleBlock } from '../../../../renderer/state/stale-blocks.ts'
import { ok } from '../../../../shared/errors.ts'
import type { Staleness } from '../../../../shared/data/refresh-words.ts'
import { newBlock, sensibleBlock } from '../../../../shared/report/new-block.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { field, repeatableIds } from '../../../support/report-builder.ts'

const newId = repeatableIds(4)
const frame = { x: 0, y: 0, w: 6, h: 6 }
const bindings = { sl_sales: 'ds_sales00', sl_shops: 'ds_shops00' }
const behind = (dataset: string, ...changed: string[]) => ({ dataset, changed, missing: [] })

describe('a block whose files changed', () => {
  const card = sensibleBlock('sl_sales', field('amount'), frame, newId)

  it('is known by the datasets it shows or is filtered by, and by no others', () => {
    expect(staleBlock(card, bindings, [behind('ds_shops00', 'shops.csv')])).toBeNull()
    const own = staleBlock(card, bindings, [
      behind('ds_shops00', 'shops.csv'),
      behind('ds_sales00', 'a.xlsx'),
    ])
    expect(own).toEqual({ dataset: 'ds_sales00', files: ['a.xlsx'] })
    const filtered = { ...card, filters: [{ field: 'sl_shops.city', op: 'notBlank' as const }] }
    expect(staleBlock(filtered, bindings, [behind('ds_shops00', 'shops.csv')])).toEqual({
      dataset: 'ds_shops00',
      files: ['shops.csv'],
    })
  })

  it('is none of a text, and none whose files are only gone', () => {
    expect(
      staleBlock(newBlock('text', frame, newId), bindings, [behind('ds_sales00', 'a')]),
    ).toBeNull()
    expect(staleBlock(card, bindings, [behind('ds_sales00')])).toBeNull()
  })
})

describe('looking for newer files', () => {
  it('does not let an older look undo a newer one', async () => {
    const answers: ((answer: { ok: true; value: Staleness }) => void)[] = []
    const { engine } = createFakeEngine({
      'dataset.staleness': () => new Promise((resolve) => answers.push(resolve)),
    })
    const staleness = createStalenessStore(engine)
    const looks = [staleness.look(), staleness.look()]
    answers[1]!(ok({ stale: [] }))
    answers[0]!(ok({ stale: [behind('ds_sales00', 'a.xlsx')] }))
    await Promise.all(looks)
    expect(staleness.store.getState().stale).toEqual([])
  })
})
