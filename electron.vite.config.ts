import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname
// package.json is ours and always has a version.
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string
}
const define = { __APP_VERSION__: JSON.stringify(version) }

/** Everything that runs outside the page: one file each in out/main, shared code in chunks. */
const entries: Record<string, string> = {
  main: 'electron/hosts/electron/main.ts',
  engine: 'electron/hosts/electron/engine-process.ts',
  loopback: 'electron/hosts/loopback/main.ts',
  cli: 'electron/hosts/cli/main.ts',
  query: 'electron/engine/runner/query-process.ts',
  job: 'electron/engine/runner/job-process.ts',
  write: 'electron/engine/runner/import/write-thread.ts',
  table: 'electron/engine/runner/sqlite/table-thread.ts',
}
const present = Object.entries(entries).filter(([, file]) => existsSync(join(root, file)))

export default defineConfig({
  main: {
    define,
    build: {
      outDir: 'out/main',
      minify: false,
      sourcemap: true,
      externalizeDeps: true,
      rolldownOptions: {
        input: Object.fromEntries(present.map(([name, file]) => [name, join(root, file)])),
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file that may require Electron's bridge and nothing else.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: join(root, 'electron/hosts/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: join(root, 'renderer'),
    define,
    plugins: [react()],
    build: {
      outDir: join(root, 'out/renderer'),
      emptyOutDir: true,
      minify: true,
      sourcemap: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 4000,
      // A data: URL would be refused for scripts and fonts by the content policy.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: join(root, 'renderer/index.html') } },
    },
  },
})
