import react from '@vitejs/plugin-react'
import { join } from 'node:path'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { fs: { allow: [join(import.meta.dirname, '../../..')] } },
  build: { outDir: join(import.meta.dirname, '../../../out/fake-page'), emptyOutDir: true },
})
