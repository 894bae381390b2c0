/** What becomes of rows several sources have: asked about by refusing, or counted, left out or replaced as was answered. */
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import type { OverlapChoice } from '../../../../shared/data/import-words.ts'
import { periodField } from '../../../../shared/data/main-date.ts'
import { refusal } from '../../sources/source-limits.ts'
import type { LeftOutRows } from './left-out-rows.ts'
import type { FoundOverlaps } from './overlaps.ts'
import { findOverlaps } from './overlaps.ts'
import type { FoundRestated, RestatedLook } from './restated.ts'
import { findRestated, markRestated } from './restated.ts'

export interface OverlapAnswers {
  /** About rows that are equal cell for cell, and about those a later source tells otherwise. */
  readonly equal: OverlapChoice
  readonly restated: OverlapChoice
  readonly nameOf: (source: number) => string
}

export interface Settled {
  /** Absent where every row counts. */
  readonly leftOut?: LeftOutRows
  readonly warnings: readonly DatasetWarning[]
  readonly found: { readonly equal: boolean; readonly restated: boolean }
}

interface Pair {
  readonly source: number
  readonly other: number
  readonly from: string
  readonly to: string
}

export async function settleOverlaps(
  look: RestatedLook,
  answers: OverlapAnswers,
): Promise<Settled> {
  const isDated = periodField(look.fields) !== undefined
  const restated = await findRestated(look)
  refuseRestated(restated, answers, isDated)
  const equal = await findOverlaps(look)
  const skipsEqual = leavesOut(answers)
  if (!skipsEqual && (equal.sure || restated.repeats)) refuseEqual(equal, answers, isDated)
  const out = equal.repeated
  const warnings: DatasetWarning[] = []
  const remark = (code: DatasetWarning['code'], count: number, pairs: readonly Pair[]): void => {
    if (count > 0) warnings.push({ code, count, examples: examplesOf(pairs, answers, isDated) })
  }
  const repeated = out.size
  if (!skipsEqual) {
    remark('overlappingRows', repeated, equal.overlaps)
    out.clear()
  }
  const choice = answers.restated
  const before = out.size
  if (choice === 'replace' || choice === 'skip') {
    if (restated.pairs.length > 0) await markRestated(look, restated, choice, out)
    if (skipsEqual) remark('skippedRows', repeated, equal.overlaps)
    remark(
      choice === 'replace' ? 'replacedRows' : 'unheededRows',
      out.size - before,
      restated.pairs,
    )
  } else {
    if (skipsEqual) remark('skippedRows', repeated, equal.overlaps)
    const units = restated.pairs.reduce((sum, pair) => sum + pair.restated, 0)
    remark('restatedRows', units, restated.pairs)
  }
  return {
    ...(out.size > 0 ? { leftOut: out } : {}),
    warnings,
    found: { equal: equal.overlaps.length > 0, restated: restated.pairs.length > 0 },
  }
}

/** Whoever has one of two sources hold for what both tell wants equal rows once as well. */
function leavesOut({ equal, restated }: OverlapAnswers): boolean {
  if (equal === 'ask') return restated === 'replace' || restated === 'skip'
  return equal !== 'keep'
}

function refuseRestated(
  { by, pairs }: FoundRestated,
  { restated, nameOf }: OverlapAnswers,
  isDated: boolean,
): void {
  const [first] = pairs
  if (restated !== 'ask' || first === undefined) return
  const { source, other, of, same } = first
  const all = pairs.reduce((sum, pair) => sum + pair.restated, 0)
  throw refusal('dataset/overlap', {
    ...{ reason: by, more: pairs.length - 1, all, file: nameOf(source), other: nameOf(other) },
    ...{ restated: first.restated, same, of, fresh: of - same - first.restated },
    ...(isDated ? daysOf(first) : {}),
  })
}

function refuseEqual(
  { overlaps, repeated }: FoundOverlaps,
  { equal, nameOf }: OverlapAnswers,
  isDated: boolean,
): void {
  const [first] = overlaps
  if (equal !== 'ask' || first === undefined) return
  const { source, other, rows } = first
  throw refusal('dataset/overlap', {
    ...{ reason: 'rows', more: overlaps.length - 1, all: repeated.size },
    ...{ file: nameOf(source), other: nameOf(other), rows },
    ...(isDated ? daysOf(first) : {}),
  })
}

const daysOf = ({ from, to }: Pair) => ({ from, to })

function examplesOf(
  pairs: readonly Pair[],
  { nameOf }: OverlapAnswers,
  isDated: boolean,
): string[] {
  return pairs.slice(0, 5).map(({ source, other, from, to }) => {
    const files = `${nameOf(source)} / ${nameOf(other)}`
    return isDated ? `${files} (${from} – ${to})` : files
  })
}
