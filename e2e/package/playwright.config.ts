import { defineConfig } from '@playwright/test';

/** What was packaged, tried as people get it. Part of `npm run package`; it makes nothing itself. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../build/test-results/package',
  // Each fills and installs a system of its own.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  // Installing hundreds of megabytes and starting a model on a loaded machine takes a while.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
});
