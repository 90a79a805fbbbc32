import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{main,shared,renderer,scripts,migrations}/**/*.test.ts'],
    // Tests start servers and models; two at a time is what two cores carry.
    // One throw-away server for the whole run; each test file gets databases of its own on it.
    globalSetup: ['main/postgres/testing.ts'],
    // Some tests read the stylesheets.
    css: true,
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
