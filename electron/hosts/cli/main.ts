import { join } from 'node:path'

declare const __APP_VERSION__: string | undefined

/* The command line's entry: built to out/main/cli.js, run from source by tests. */
const built = import.meta.filename.endsWith('.js')
const root = join(import.meta.dirname, built ? '../..' : '../../..')
const entryOf = (name: string): string =>
  built
    ? join(import.meta.dirname, `${name}.js`)
    : join(root, 'electron/engine/runner', `${name}-process.ts`)

if (Number(process.versions.node.split('.')[0]) < 22) {
  // Said before anything is loaded: an older Node ends without a word in the database driver.
  process.stderr.write(`Storeboard needs Node 22 or newer; this is ${process.versions.node}.\n`)
  process.exitCode = 2
} else {
  const { runCli } = await import('./run-cli.ts')
  process.exitCode = await runCli(process.argv.slice(2), {
    version: typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : '0.0.0-dev',
    resources: join(root, 'resources'),
    pageFolder: join(root, 'out/renderer'),
    entries: { query: entryOf('query'), job: entryOf('job') },
  })
}
