import { type Run, withoutIndexes } from '../database/without-indexes.ts';

const tables = ['memory_word', 'memory_word_weight', 'word', 'word_change', 'word_spelling', 'word_scale'];
/** So many memories tell what language the library is in, and how long a memory usually is. */
const sampleSize = 2_000;

/**
 * Makes the words of all memories anew, as if they had all been written at once: with every processor,
 * and their indexes built in one go. To be called in a transaction.
 */
export async function rebuildWordIndex(run: Run): Promise<void> {
  await run(`truncate ${tables.join(', ')}`);
  // Each of them is worth its while: reading a memory takes far longer than starting to.
  for (const [setting, value] of Object.entries({
    max_parallel_workers_per_gather: 4,
    parallel_setup_cost: 0,
    parallel_tuple_cost: 0,
    min_parallel_table_scan_size: 0,
  }))
    await run(`set local ${setting} = ${value}`);
  await withoutIndexes(run, ['memory_word_weight', 'word_spelling'], () => writeWords(run));
}

async function writeWords(run: Run): Promise<void> {
  // Several processes read for a table that is made, but for none that is there already.
  await run(`
    create table word_reading as
    select m.id, m.user_id, m.deleted_at is not null as trashed, l.language,
      case when m.title is null then ''
        else setweight(words_of(('loci_' || l.language)::regconfig, m.title), 'A') end
      || words_of(('loci_' || l.language)::regconfig, m.content) as words
    from memory m cross join lateral (
      select language_of(coalesce(m.title || ' ', '') || left(m.content, 400), (
        select coalesce(mode() within group (order by language_of(left(content, 400), 'simple')), 'simple')
        from (select content from memory limit ${sampleSize}) sample)) as language
      offset 0) l`);
  await run(`
    create table word_measuring as
    select id, language, (select coalesce(sum(cardinality(positions)), 0) from unnest(words)) as length
    from word_reading`);
  await run(`
    insert into word_scale (average_length)
    select greatest(avg(length), 1) from word_measuring having count(*) > 0`);
  await run(`
    create table word_weighing as
    select id, user_id, trashed, word_weights(words, (select average_length from word_scale)) as weights
    from word_reading`);
  await run(`
    insert into memory_word (memory_id, language, average_length, words)
    select id, language, (select average_length from word_scale), words from word_reading`);
  await run(`
    insert into memory_word_weight (memory_id, user_id, trashed, weights)
    select id, user_id, trashed, weights from word_weighing`);
  await run(`
    insert into word (word, documents, length)
    select word, ndoc, 0 from ts_stat('select words from word_reading') union all
    select E'\\x01' || language, count(*), sum(length) from word_measuring group by language`);
  await run(`
    insert into word_spelling (word)
    select word from word where documents > 0 and char_length(word) between 3 and 40 and word ~ '^[[:alpha:]]'`);
  await run(`drop table word_reading, word_measuring, word_weighing`);
}
