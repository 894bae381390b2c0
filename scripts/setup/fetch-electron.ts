import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { electronBinary } from './electron-binary.ts'

/*
 * One attempt to get Electron's binary: 20 seconds without a byte mean no. A mirror setting is honoured by the download
 * itself. The answer is remembered until the version changes or `npm run setup:electron` asks again.
 */
const root = join(import.meta.dirname, '../..')
const modules = join(root, 'node_modules')
const memory = join(root, '.setup/electron.json')
const silenceMs = 20_000

type Download = (details: object) => Promise<string>

function readJson(file: string): Record<string, string> {
  try {
    // Files of ours and of the package, both flat records of text.
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  } catch {
    return {}
  }
}

async function download(version: string): Promise<void> {
  const address = pathToFileURL(join(modules, '@electron/get/dist/index.js')).href
  // Electron's own downloader, which Electron's installer uses too and looks into the cache of.
  const { downloadArtifact } = (await import(address)) as { downloadArtifact: Download }
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), silenceMs)
  const heard = (): Promise<void> => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), silenceMs)
    return Promise.resolve()
  }
  try {
    await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: readJson(join(modules, 'electron/checksums.json')),
      downloadOptions: { signal: silence.signal, getProgressCallback: heard, quiet: true },
    })
  } finally {
    clearTimeout(timer)
  }
}

async function attempt(version: string): Promise<boolean> {
  try {
    await download(version)
  } catch {
    return false
  }
  const install = join(modules, 'electron/install.js')
  spawnSync(process.execPath, [install], { stdio: 'ignore', timeout: 120_000 })
  return electronBinary() !== undefined
}

async function run(): Promise<void> {
  const version = readJson(join(modules, 'electron/package.json'))['version'] ?? ''
  const again = process.argv.includes('--again')
  const kept = readJson(memory)
  const remembered = kept['version'] === version && kept['answer'] === 'no'
  if (electronBinary() !== undefined || (remembered && !again)) return
  console.log('Getting the desktop shell (tried once; 20 s without an answer mean no) …')
  const got = await attempt(version)
  mkdirSync(dirname(memory), { recursive: true })
  writeFileSync(memory, JSON.stringify({ version, answer: got ? 'yes' : 'no' }))
  if (!got)
    console.log(
      'The desktop shell cannot be reached; the app will open in an installed browser. To try again: npm run setup:electron',
    )
}

await run()
// A socket that never answered must not keep the set-up waiting.
process.exit(0)
