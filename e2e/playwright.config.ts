import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'specs',
  globalSetup: './made-library.ts',
  outputDir: '../build/test-results',
  // Each test starts a whole app with its own server; two at once is what two cores carry.
  workers: 2,
  fullyParallel: true,
  // A test that sometimes fails shows a fault of the app or of the test; a second try would only hide it.
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  // A cold start with initdb takes seconds on a loaded machine.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
