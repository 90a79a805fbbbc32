import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';

/** Does to the database what no part of the app would: from outside, by the socket of the app's own server. */
export async function behindTheApp(
  dataDir: string,
  statements: readonly string[],
  /** Before the connection is given up, and with it what it holds. */
  meanwhile?: () => Promise<void>,
): Promise<void> {
  // Line by line: process, folder, start, port, folder of the socket.
  const file = path.join(dataDir, 'library', 'postgres', 'postmaster.pid');
  const [, , , port = '', host = ''] = fs.readFileSync(file, 'utf8').split('\n');
  const client = new pg.Client({ host, port: Number(port), user: 'loci', database: 'loci' });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
    await meanwhile?.();
  } finally {
    await client.end();
  }
}
