import { withRequestContext } from '../database/request-context.ts';
import { openDatabase } from '../database/orm.ts';
import { silentLog } from '../logging/log.ts';
import { lineWriter, serviceOn } from './testing.ts';

/** What it says on its standard output, one a line. */
export interface WrittenLine {
  readonly line: number;
}

/** An app that begins a long job, says each line it has written, and is killed by the test. */
const [url = '', userId = ''] = process.argv.slice(2);
const { orm } = await openDatabase({ connection: { url }, log: silentLog });
const say = (written: WrittenLine) => process.stdout.write(`${JSON.stringify(written)}\n`);
let goOn = () => {};
const bothAreNoted = new Promise<void>((resolve) => {
  goOn = resolve;
});
const runner = lineWriter(orm.em, async (line) => {
  await bothAreNoted;
  say({ line });
});
const jobs = serviceOn(orm, {
  currentUserId: () => userId,
  runners: [runner],
  log: silentLog,
  onChange: () => undefined,
});
await withRequestContext(orm, async () => {
  await jobs.start('test.write', { lines: 100_000 });
  // Does not begin before the other ends, which it never does.
  await jobs.start('test.write', { lines: 1 });
});
goOn();
