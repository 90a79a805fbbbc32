import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'specs',
  outputDir: '../build/test-results',
  // Each test starts a whole app with its own server; two at once is what two cores carry.
  workers: 2,
  fullyParallel: true,
  // A test that passes only the second time is a bug in the test or in the app.
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  // A cold start with initdb takes seconds on a loaded machine.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
