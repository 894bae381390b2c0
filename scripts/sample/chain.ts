import { runCampaigns, type Exposure } from './campaigns.ts'
import { makeMembers, type Member } from './members.ts'
import { makePoints, type Posting } from './points.ts'
import { makeProducts, type ProductRange } from './products.ts'
import type { Receipt } from './receipts.ts'
import { makeReceipts } from './sales.ts'
import { makeSurvey, type Answer } from './survey.ts'
import { makeVisits } from './visits.ts'

const SEED = 'storeboard-sample-1'
const MEMBERS = 30_000

/** Everything that happened in the sample chain, before it is written to files. */
export interface Chain {
  readonly range: ProductRange
  readonly members: readonly Member[]
  readonly receipts: readonly Receipt[]
  readonly postings: readonly Posting[]
  readonly exposures: readonly Exposure[]
  readonly answers: readonly Answer[]
}

/** Scale 1 has 30,000 members and about 300,000 sale lines; shops and products never scale. */
export function makeChain(scale: number): Chain {
  const range = makeProducts(SEED)
  const members = makeMembers(SEED, Math.round(MEMBERS * scale))
  const { exposures, extra } = runCampaigns(SEED, scale, members)
  const visits = makeVisits(SEED, scale, members, extra)
  const receipts = makeReceipts(SEED, visits, range)
  const postings = makePoints(SEED, members, receipts, exposures)
  const answers = makeSurvey(SEED, scale, members, receipts)
  return { range, members, receipts, postings, exposures, answers }
}
