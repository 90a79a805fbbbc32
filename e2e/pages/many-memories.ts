import { ask } from './ask.ts';
import { behindTheApp } from './behind-the-app.ts';
import type { Loci } from '../fixtures.ts';

/** Puts so many memories into the library, one an hour back from `until`: quicker than a person could. */
export async function addManyMemories(loci: Loci, count: number, until: string): Promise<void> {
  await behindTheApp(loci.dataDir, [
    `insert into memory (id, user_id, content, content_hash, source, occurred_at)
     select uuid_v7(), u.id, 'Memory number ' || n, sha256(n::text::bytea), 'note',
       timestamptz '${until}' - n * interval '1 hour'
     from generate_series(1, ${count}) n, (select id from app_user limit 1) u`,
  ]);
  // The app hears of what is done through it alone.
  const { memory } = (await ask(loci, 'memories.create', { content: 'One more' })) as {
    memory: { id: string };
  };
  await ask(loci, 'memories.trash', { ids: [memory.id] });
  await ask(loci, 'memories.purge', { ids: [memory.id] });
}
