/** Writes the report the sample opens on, in both languages: `node scripts/starter/build-store-overview.ts`. A test keeps the file current. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeReport } from '../../shared/report/write-report.ts'
import { storeOverview } from './store-overview.ts'

const starter = join(import.meta.dirname, '../../resources/starter')
mkdirSync(starter, { recursive: true })
for (const language of ['zh-CN', 'en'] as const) {
  const name = `store-overview.${language}.storeboard`
  writeFileSync(join(starter, name), writeReport(storeOverview(language), 'Storeboard'))
}
