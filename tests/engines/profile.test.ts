import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CellValue } from '../../shared/data/cell-value.ts'
import type { Field } from '../../shared/data/field.ts'
import { ColumnProfile } from '../../shared/data/profile.ts'
import { textPattern } from '../../shared/data/text-pattern.ts'
import { profileColumn } from '../../electron/engine/query/profile/profile-column.ts'
import type { BuiltField } from '../support/build-extract.ts'
import type { TestedEngine } from '../support/query-engines.ts'
import { extractEngine, liveEngine } from '../support/query-engines.ts'
import type { Row } from '../support/reference-pivot.ts'
import { tempFolder } from '../support/temp-folder.ts'

const fields: readonly Field[] = [
  { name: 'phone', type: 'text', role: 'identifier' },
  { name: 'amount', type: 'decimal', role: 'measure', scale: 2 },
  { name: 'quantity', type: 'integer', role: 'measure' },
  { name: 'weight', type: 'double', role: 'measure' },
  { name: 'sold_at', type: 'date', role: 'dimension' },
  { name: 'paid_at', type: 'timestamp', role: 'dimension' },
  { name: 'online', type: 'boolean', role: 'dimension' },
]

const orBlank = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null, freq: 5 })
const second = fc
  .integer({ min: 0, max: 90 * 86_400 })
  .map((n) => new Date(Date.UTC(2024, 11, 1) + n * 1000).toISOString().slice(0, 19))
const texts = fc.oneof(
  fc.constantFrom(
    '13800001111',
    '张三',
    'a@b.com',
    'Éa 9',
    '店10',
    '  x',
    '𠀀𠀀',
    '0012',
    "O'Hara",
  ),
  fc.string({ minLength: 1, maxLength: 60, unit: fc.constantFrom('字', 'b', '7', '-', '中') }),
)
const row: fc.Arbitrary<Row> = fc.record({
  phone: orBlank(texts),
  amount: orBlank(fc.integer({ min: -9_000, max: 100_000 }).map((cents) => cents / 100)),
  quantity: orBlank(fc.oneof(fc.integer({ min: -2, max: 6 }), fc.constantFrom(400, -900))),
  weight: orBlank(fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 1024)),
  sold_at: orBlank(second.map((text) => text.slice(0, 10))),
  paid_at: orBlank(second),
  online: orBlank(fc.boolean()),
})

const filledOf = (rows: readonly Row[], field: string): CellValue[] =>
  rows.map((one) => one[field] ?? null).filter((value) => value !== null)

function countsOf(values: readonly CellValue[]): Map<CellValue, number> {
  const counts = new Map<CellValue, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** The definitions of docs/metrics.md, written out over a sorted list. */
function plainNumbers(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const quartile = (share: number): number => {
    const position = (sorted.length - 1) * share
    const [low, high] = [sorted[Math.floor(position)] ?? NaN, sorted[Math.ceil(position)] ?? NaN]
    return low + (high - low) * (position - Math.floor(position))
  }
  const [q1, q2, q3] = [quartile(0.25), quartile(0.5), quartile(0.75)]
  const reach = 3 * (q3 - q1)
  return {
    mean,
    deviation: sorted.length > 1 ? Math.sqrt(squares / (sorted.length - 1)) : null,
    quartiles: [q1, q2, q3],
    below: sorted.filter((value) => value < q1 - reach).length,
    above: sorted.filter((value) => value > q3 + reach).length,
  }
}

function expectNumbers(profile: ColumnProfile, values: readonly number[]): void {
  if (values.length === 0) {
    expect(profile.numbers).toBeUndefined()
    return
  }
  const plain = plainNumbers(values)
  const found = profile.numbers
  expect(found?.mean).toBeCloseTo(plain.mean, 6)
  if (plain.deviation === null) expect(found?.deviation).toBeNull()
  else expect(found?.deviation).toBeCloseTo(plain.deviation, 5)
  plain.quartiles.forEach((value, index) => expect(found?.quartiles[index]).toBeCloseTo(value, 9))
  expect([found?.outliers.below, found?.outliers.above]).toEqual([plain.below, plain.above])
  expect([profile.min, profile.max]).toEqual([Math.min(...values), Math.max(...values)])
}

function expectTexts(profile: ColumnProfile, values: readonly string[]): void {
  const patterns = countsOf(values.map(textPattern))
  const lengths = values.map((value) => Array.from(value).length)
  const found = profile.texts
  expect(found?.patterns.length).toBe(Math.min(20, patterns.size))
  for (const { pattern, rows, example } of found?.patterns ?? []) {
    expect(rows).toBe(patterns.get(pattern))
    expect(textPattern(example)).toBe(pattern)
  }
  expect(found?.longest).toBe(Math.max(0, ...lengths))
  expect(found?.shortest).toBe(values.length === 0 ? 0 : Math.min(...lengths))
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)
  expect(found?.meanLength).toBeCloseTo(mean, 9)
}

async function profileOf(engine: TestedEngine, field: string): Promise<ColumnProfile> {
  const ask = { dataset: 'sales', field }
  const { catalog, tools } = engine
  const answer = await profileColumn(ask, catalog, tools, new AbortController().signal)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return ColumnProfile.parse(answer.value)
}

async function expectProfiles(engine: TestedEngine, rows: readonly Row[]): Promise<void> {
  for (const { name, type } of fields) {
    const values = filledOf(rows, name)
    const counts = countsOf(values)
    const profile = await profileOf(engine, name)
    expect([profile.rows, profile.blanks]).toEqual([rows.length, rows.length - values.length])
    expect(profile.distinct).toBe(counts.size)
    expect(profile.top.map((one) => one.rows)).toEqual(
      [...counts.values()].sort((a, b) => b - a).slice(0, 20),
    )
    for (const one of profile.top) expect(one.rows).toBe(counts.get(one.value))
    const inBins = profile.histogram.reduce((sum, bin) => sum + bin.rows, 0)
    if (type !== 'text' && type !== 'boolean') expect(inBins).toBe(values.length)
    if (type === 'text') expectTexts(profile, values.map(String))
    else if (profile.numbers || type === 'decimal' || type === 'integer' || type === 'double')
      expectNumbers(profile, values.map(Number))
    else if (type !== 'boolean') expectPeriods(profile, values.map(String))
  }
}

function expectPeriods(profile: ColumnProfile, values: readonly string[]): void {
  const sorted = values.toSorted()
  expect([profile.min, profile.max]).toEqual([sorted[0] ?? null, sorted.at(-1) ?? null])
  for (const { from, rows } of profile.histogram) {
    if (profile.grain !== 'day' && profile.grain !== 'month' && profile.grain !== 'hour') continue
    expect(rows).toBe(values.filter((value) => value.startsWith(String(from))).length)
  }
}

describe('the profile of a column, against plain arithmetic', () => {
  const built = (coded: boolean): BuiltField[] => fields.map((field) => ({ ...field, coded }))

  it.each([
    ['an extract with coded text', true],
    ['an extract with plain text', false],
  ])('is that of all rows of %s', async (_name, coded) => {
    const folder = tempFolder()
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 80 }), async (rows) => {
        await expectProfiles(await extractEngine(folder, built(coded), rows, '2025-12-31'), rows)
      }),
      { numRuns: 12 },
    )
  })

  it('is that of all rows of a live table', async () => {
    const folder = tempFolder()
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 80 }), async (rows) => {
        await expectProfiles(liveEngine(folder, fields, rows, '2025-12-31'), rows)
      }),
      { numRuns: 12 },
    )
  })

  it('is kept for large whole numbers without losing a digit', async () => {
    const folder = tempFolder()
    const wide: BuiltField[] = [
      { name: 'id', type: 'decimal', role: 'measure', scale: 2, wide: true },
    ]
    const rows = [{ id: '900719925474099312.25' }, { id: '1.00' }, { id: null }]
    const profile = await profileOf(await extractEngine(folder, wide, rows, '2025-12-31'), 'id')
    expect(profile).toMatchObject({ min: '1.00', max: '900719925474099312.25', distinct: 2 })
  })
})
