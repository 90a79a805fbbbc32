import { useOtherServer } from './other-server.ts';

/** Runs before each test file of the second round: see vitest.config.ts. */
useOtherServer();
