import { defineConfig } from 'vitest/config'

/** Random tests draw the same cases for one commit. */
const drawn = { setupFiles: ['tests/support/random-seed.ts'] }

const project = (name: string, include: string[], more: object = {}) => ({
  test: {
    name,
    include,
    pool: 'forks' as const,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    ...more,
  },
})

export default defineConfig({
  test: {
    projects: [
      project('unit', ['tests/unit/**/*.test.{ts,tsx}', 'tests/wire/**/*.test.ts'], drawn),
      project('engines', ['tests/engines/**/*.test.ts'], drawn),
      project('hosts', ['tests/hosts/**/*.test.ts']),
      project('long', ['tests/long/**/*.test.ts'], { testTimeout: 3_600_000 }),
    ],
  },
})
