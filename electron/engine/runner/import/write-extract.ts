/** Second pass: types are known, cells become stored values, the extract file is written. */
import type { TextPool } from '../../sources/text-pool.ts'
import type { WrittenColumn } from './column-writer.ts'
import type { ExtractEnd, ExtractPlan } from './extract-follower.ts'
import { ExtractFollower } from './extract-follower.ts'
import type { SpoolReader } from './spool.ts'

export interface WritePlan extends ExtractPlan {
  readonly spool: SpoolReader
  readonly pool: TextPool
  readonly end: Omit<ExtractEnd, 'columns'>
  readonly progress: (rows: number) => void
}

/** Writes and closes the file; the caller flushes it to disk. */
export async function writeExtract(plan: WritePlan): Promise<readonly WrittenColumn[]> {
  const { spool, columns, end } = plan
  const follower = await ExtractFollower.create(plan, plan.pool)
  for (let index = 0; index < spool.chunks; index++) {
    follower.write(spool.read(index))
    plan.progress(follower.rows)
  }
  return follower.finish({ ...end, columns })
}
