/** Writes the report the sample opens on: `node scripts/starter/build-store-overview.ts`. A test keeps the file current. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeReport } from '../../shared/report/write-report.ts'
import { storeOverview } from './store-overview.ts'

const target = join(import.meta.dirname, '../../resources/starter/store-overview.storeboard')
mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, writeReport(storeOverview(), 'Storeboard'))
