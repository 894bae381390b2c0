import { expect, it } from 'vitest'
import { joinable } from '../../../electron/engine/workspace/refresh/new-parts.ts'
import type { StoredDataset } from '../../../electron/engine/workspace/store/catalogue.ts'
import type { SourcePart } from '../../../shared/data/import-words.ts'

const names = ['单号', '日期', '金额']

/** As far as columns are compared. */
function daily(files: number, onLook: () => void): StoredDataset {
  const source = {
    get columns() {
      onLook()
      return names
    },
  }
  const fields = names.map((name) => ({ name }))
  const made = { ...{ id: 'ds_daily0', file: 'x', imported: null, renames: {} }, fields }
  return {
    ...made,
    sources: Array.from({ length: files }, () => source),
  } as unknown as StoredDataset
}

it('looks at the columns of a dataset once, however many files are held to it', () => {
  let looks = 0
  const dataset = daily(400, () => looks++)
  const part = { columns: names.map((name) => ({ name: ` ${name}` })) } as SourcePart
  for (let n = 0; n < 300; n++) expect(joinable([dataset], part)).toEqual(['ds_daily0'])
  const wider = { columns: [...part.columns, { name: '备注' }] } as SourcePart
  expect(joinable([dataset], wider)).toEqual([])
  expect(looks).toBe(400)
})
