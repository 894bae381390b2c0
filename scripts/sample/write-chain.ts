import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { YEARS } from './calendar/days.ts'
import { makeChain } from './chain.ts'
import { describeFiles, MANIFEST_FILE, type Manifest } from './manifest.ts'
import { makeTruth } from './truth.ts'
import { CAMPAIGNS_FILE, writeCampaigns } from './write-campaigns.ts'
import {
  POINTS_FILE,
  PRODUCTS_FILE,
  SURVEY_FILE,
  writePoints,
  writeProducts,
  writeSurvey,
} from './write-csv.ts'
import { MEMBERS_FILE, writeMembers } from './write-members.ts'
import { salesFile, writeSales } from './write-sales.ts'
import { SHOPS_FILE, writeShops } from './write-shops.ts'

export const TRUTH_FILE = 'truth.json'

/** Makes the chain and writes all its files; the manifest comes last and says they are whole. */
export async function writeChain(folder: string, scale = 1): Promise<Manifest> {
  await mkdir(folder, { recursive: true })
  await rm(join(folder, MANIFEST_FILE), { force: true })
  const chain = makeChain(scale)
  // Side by side: one year is compressed on another thread while the next is written.
  await Promise.all(YEARS.map((year) => writeSales(folder, chain, year)))
  await writeMembers(folder, chain)
  await writeCampaigns(folder, chain)
  await writeProducts(folder, chain)
  await writePoints(folder, chain)
  await writeSurvey(folder, chain)
  writeShops(folder, scale)
  await writeFile(join(folder, TRUTH_FILE), `${JSON.stringify(makeTruth(chain), null, 1)}\n`)
  const names = [
    ...YEARS.map(salesFile),
    MEMBERS_FILE,
    PRODUCTS_FILE,
    SHOPS_FILE,
    CAMPAIGNS_FILE,
    POINTS_FILE,
    SURVEY_FILE,
    TRUTH_FILE,
  ]
  const manifest = describeFiles(folder, names, scale)
  await writeFile(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}
