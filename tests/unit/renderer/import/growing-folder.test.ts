import { expect, it } from 'vitest'
import { appendsOf } from '../../../../renderer/import/growing-folder.ts'
import type { PlannedDataset } from '../../../../renderer/import/import-plan.ts'
import { planImport, splitDataset } from '../../../../renderer/import/import-plan.ts'
import type { SourcePart } from '../../../../shared/data/import-words.ts'
import { cannedInfo } from '../../../support/canned-sales.ts'

const file = { id: 'file_1', name: '2月.xlsx' }

function sheet(part: string, more: Partial<SourcePart> = {}): SourcePart {
  return {
    ...{ file: file.id, fileName: file.name, kind: 'xlsx', part, layout: { headerRow: 1 } },
    columns: [{ name: '金额', type: 'decimal', role: 'measure', scale: 2 }],
    ...{ sample: [], looked: { rows: 0, all: true }, fingerprint: 'sales', joins: [cannedInfo.id] },
    ...more,
  }
}

const whole = [{ dataset: cannedInfo.id, files: [file] }]
const added = (
  parts: readonly SourcePart[],
  change: (one: PlannedDataset) => Partial<PlannedDataset> = () => ({}),
  passwords = {},
) => {
  const plan = planImport(parts).map((one) => ({ ...one, ...change(one) }))
  return appendsOf({ plan, files: [file], passwords }, [cannedInfo])
}

it('adds the files as they are where nothing was chosen of how they are read', () => {
  expect(added([sheet('上'), sheet('下')])).toEqual(whole)
  expect(added([sheet('上'), sheet('旧', { hidden: true })])).toEqual(whole)
})

it('leaves files to the import where encoding, head, columns or password were chosen', () => {
  const parts = [sheet('上')]
  expect(added(parts, () => ({ chosen: { encoding: 'gb18030' } }))).toBe(null)
  expect(added(parts, () => ({ chosen: { layout: {} } }))).toBe(null)
  expect(added(parts, () => ({ overrides: { 金额: { type: 'text' } } }))).toBe(null)
  expect(added(parts, () => ({}), { [file.id]: '密码' })).toBe(null)
})

it('leaves a file to the import some of whose tables were not taken, or a hidden one was', () => {
  const apart = splitDataset(planImport([sheet('上'), sheet('预算')]), keyOfFirst())
  const plan = apart.map((one, index) => ({ ...one, included: index === 0 }))
  expect(appendsOf({ plan, files: [file], passwords: {} }, [cannedInfo])).toBe(null)
  const wider = sheet('明细', { fingerprint: 'wider', joins: [] })
  expect(added([sheet('上'), wider], ({ name }) => ({ included: name !== '明细' }))).toBe(null)
  expect(added([sheet('旧', { hidden: true })], () => ({ included: true }))).toBe(null)
})

function keyOfFirst(): string {
  return planImport([sheet('上'), sheet('预算')])[0]!.key
}
