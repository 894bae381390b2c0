import { defineConfig } from '@playwright/test'

/** Browsers and hosts are started by the driver (tests/e2e/driver), which knows where an installed browser is. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: process.env['STOREBOARD_REPORT'] === undefined ? [['list']] : [['dot'], ['json']],
})
