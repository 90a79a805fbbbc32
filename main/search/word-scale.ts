import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';

/** How far the average length of a memory may move before the weights of all words are made anew. */
const tolerance = 0.1;
/** Some hundredths of a second, in which a memory may have to wait to be changed. */
const batchSize = 500;

/**
 * BM25 compares the length of a memory with the average, which drifts as a library grows. When it has
 * moved, weighs all words anew, a batch after the other; what was left off is taken up the next time. In
 * between, a few memories stand some places higher or lower than they should.
 *
 * @returns how many batches there were to do
 */
export async function keepWordScale(em: EntityManager, signal?: AbortSignal): Promise<number> {
  // Only from a few words on does an average say something.
  await runPrepared(
    em,
    {
      sql: `with measured as (
          select average_word_length() as average
        ), moved as (
          select average from measured
          where average > 0 and not exists (select from word_scale s where abs(average / s.average_length - 1) <= ${tolerance})
        )
        insert into word_scale (average_length) select average from moved
        on conflict (id) do update set average_length = excluded.average_length`,
      values: [],
    },
    signal,
  );
  let after = '00000000-0000-0000-0000-000000000000';
  for (let batches = 0; ; batches += 1) {
    signal?.throwIfAborted();
    const [row] = await runPrepared<{ last: string | null }>(
      em,
      { sql: `select rescale_words($1::uuid, ${batchSize}) as last`, values: [after] },
      signal,
    );
    if (!row?.last) return batches;
    after = row.last;
  }
}
