import { Migration } from '@mikro-orm/migrations';

/**
 * BM25 as the product of two sparse vectors. That of the memory is known when it is written; that of
 * a search holds how rare its words are. All of it follows from the memories and can be made anew.
 */
export class Migration20261121100100_create_word_index extends Migration {
  override up(): void {
    // No foreign key: it would take the rows away before the words in them could be taken off the counts.
    this.addSql(`
      create table memory_word (
        memory_id uuid not null,
        language text not null,
        average_length real not null,
        words tsvector not null,
        constraint memory_word_pkey primary key (memory_id)
      )`);
    // Apart from the words, because these rows are visited by the thousand: they must be small, and whole
    // up to a page, because to fetch or unpack a weight takes longer than to use it.
    this.addSql(`
      create table memory_word_weight (
        memory_id uuid not null,
        user_id uuid not null,
        trashed boolean not null,
        weights sparsevec not null,
        constraint memory_word_weight_pkey primary key (memory_id)
      ) with (fillfactor = 90, toast_tuple_target = 8160)`);
    this.addSql(`alter table memory_word_weight alter column weights set storage main`);
    // Nobody asks for statistics of these, and they would hold words of memories that are gone.
    for (const [table, column] of [
      ['memory_word', 'words'],
      ['memory_word_weight', 'weights'],
    ] as const)
      this.addSql(`alter table ${table} alter column ${column} set statistics 0`);
    // So costly that a small table is not read from end to end, comparing list with list.
    this.addSql(`
      create function words_in(weights sparsevec) returns integer[]
      language plpgsql immutable strict parallel safe cost 100000 as $$
      begin
        return split_part(regexp_replace(weights::text, ':[^,}]+', '', 'g'), '/', 1)::integer[];
      end
      $$`);
    // Not gathered up for later: what waits there is read through by every search.
    this.addSql(`
      create index memory_word_weight_words_index on memory_word_weight
      using gin (words_in(weights)) with (fastupdate = off)`);
    this.addSql(`alter index memory_word_weight_words_index alter column 1 set statistics 0`);

    // In how many memories a word stands. Two words may share a number; one in a billion does not matter.
    this.addSql(`
      create function word_id(word text) returns integer language sql immutable strict parallel safe
      return (hashtext(word)::bigint + 2147483648) % 999999999 + 1`);
    // Rows that begin with U+0001, which is in no word, count memories by their language, with the sum of their lengths.
    this.addSql(`
      create table word (
        word text collate "C" not null,
        documents integer not null,
        length bigint not null default 0,
        constraint word_pkey primary key (word)
      )`);
    // Apart from the counts, which change all the time: each change would be one to this index.
    this.addSql(`
      create table word_spelling (
        word text collate "C" not null,
        constraint word_spelling_pkey primary key (word)
      )`);
    this.addSql(
      `create index word_spelling_similar_index on word_spelling using gist (word gist_trgm_ops (siglen = 32))`,
    );
    // Counts are added to, and gathered by one at a time: nobody waits for the words of others.
    this.addSql(`
      create table word_change (
        word text collate "C" not null,
        documents integer not null,
        length bigint not null default 0
      )`);
    this.addSql(`create index word_change_word_index on word_change (word)`);
    // The average length of a memory that weights are made with: one row, or none in a library without memories.
    this.addSql(`
      create table word_scale (
        id boolean not null default true,
        average_length real not null,
        constraint word_scale_pkey primary key (id),
        constraint word_scale_id_check check (id)
      )`);
  }
}
