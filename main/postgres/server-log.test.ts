import { expect, test } from 'vitest';
import { withoutStatements } from './server-log.ts';

test('what a person wrote does not come along when the server says why it died', () => {
  const log = [
    '2026-11-21 07:00:00.000 UTC [12] PANIC:  could not write to file "pg_wal/xlogtemp.12": No space left on device',
    "2026-11-21 07:00:00.000 UTC [12] STATEMENT:  insert into memory values ('dear diary',",
    "\t'second line of the diary')",
    '2026-11-21 07:00:00.100 UTC [1] LOG:  server process (PID 12) was terminated by signal 6: Aborted',
    '2026-11-21 07:00:00.100 UTC [1] DETAIL:  Failed process was running: insert into memory (diary)',
    '2026-11-21 07:00:00.200 UTC [1] LOG:  terminating any other active server processes',
    '',
  ].join('\n');
  const kept = withoutStatements(log);
  expect(kept).not.toContain('diary');
  expect(kept.match(/PANIC|LOG/g)).toEqual(['PANIC', 'LOG', 'LOG']);
});
