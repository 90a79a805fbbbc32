import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Some tests read the stylesheets.
    css: true,
    pool: 'forks',
    // Tests start servers and models; two at a time is what two cores carry.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'bundled',
          include: ['{main,shared,renderer,scripts,migrations,bench}/**/*.test.ts'],
          // One throw-away server for the whole run; each test file gets databases of its own on it.
          globalSetup: ['main/postgres/testing.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'another server',
          include: testsOfAnyServer(),
          globalSetup: ['main/database/other-server.ts'],
          setupFiles: ['main/database/use-other-server.ts'],
          // What takes longest is reading the ORM; here the files share what they have read.
          isolate: false,
        },
      },
    ],
  },
});

/** What works on a library must do so on any PostgreSQL: those tests run once more on a server of somebody else's. */
function testsOfAnyServer(): string[] {
  const features =
    'database,memories,tags,users,sessions,settings,documents,specializations,search,jobs,audit,errors';
  const aboutOneServer = [
    // The same bundle, whatever it connects to.
    'main/database/bundled.test.ts',
    // These go to that server by themselves.
    'main/database/other-server.test.ts',
    'main/database/copy-library-cli.test.ts',
  ];
  return globSync(`main/{${features}}/**/*.test.ts`).filter(
    (file) =>
      /openTest(Database|Library)\(/.test(readFileSync(file, 'utf8')) &&
      !aboutOneServer.includes(file.replaceAll('\\', '/')) &&
      // Fill a library of many rows; how a statement is planned is no matter of habits.
      !file.endsWith('-plans.test.ts'),
  );
}
