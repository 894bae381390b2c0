/**
 * Writes the sample chain: `node scripts/sample/generate.ts [folder] [--scale=1] [--force]`.
 * Does nothing when the folder already holds what this generator would write.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isCurrent } from './manifest.ts'
import { writeChain } from './write-chain.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { scale: { type: 'string', default: '1' }, force: { type: 'boolean', default: false } },
})
const folder = positionals[0] ?? join(import.meta.dirname, '../../resources/sample')
const scale = Number(values.scale)

if (!values.force && isCurrent(folder, scale)) {
  console.log('Sample chain is up to date.')
} else {
  const { files } = await writeChain(folder, scale)
  for (const { name, bytes } of files) console.log(`${name}  ${(bytes / 1024).toFixed(0)} KB`)
}
