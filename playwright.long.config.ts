import { defineConfig } from '@playwright/test'

/** Main screens beside their pictures in tests/long/screens; `npm run test:long:screens -- -u` takes them anew. */
export default defineConfig({
  testDir: 'tests/long',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  snapshotPathTemplate: '{testDir}/screens/{arg}{ext}',
  workers: 1,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: {
    timeout: 15_000,
    // Another build of the browser smooths edges otherwise: a few pixels may differ, a moved line may not.
    toHaveScreenshot: { maxDiffPixelRatio: 0.005, threshold: 0.2, animations: 'disabled' },
  },
  reporter: process.env['STOREBOARD_REPORT'] === undefined ? [['list']] : [['dot'], ['json']],
})
