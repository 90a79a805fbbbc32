import { Migration } from '@mikro-orm/migrations';

/** How BM25 counts: k1 and b as everywhere; a word of the title stands for three of the text. */
const saturation = 1.2;
const lengthShare = 0.75;
const titleWeight = 3;
/** More, pgvector does not keep. */
const mostWords = 16_000;

/** Keeps the index of words in step with the memories, in the same transaction, whoever changes them. */
export class Migration20261121100200_keep_word_index extends Migration {
  override up(): void {
    this.addSql(`
      create function word_weights(words tsvector, average_length real)
      returns sparsevec
      language sql immutable parallel safe as $$
        select ('{' || coalesce(string_agg(id || ':' || weight, ','), '') || '}/1000000000')::sparsevec
        from (
          select word_id(lexeme) as id,
            max((${saturation + 1}::real * times / (times + ${saturation}::real * (${1 - lengthShare}::real + ${lengthShare}::real * length / average_length)))::real) as weight
          from (
            select lexeme, times, (sum(single) over ())::real as length
            from (
              select lexeme, sum(times)::real as times, sum(single) as single
              from (
                select lexeme, cardinality(positions) as times, cardinality(positions) as single from unnest(words)
                union all
                select lexeme, cardinality(positions) * ${titleWeight - 1}, 0 from unnest(ts_filter(words, '{a}'))
              ) each group by lexeme
            ) summed
          ) counted
          group by 1 order by weight desc limit ${mostWords}
        ) weighed
      $$`);

    this.addSql(`
      create function usual_language() returns text language sql stable as $$
        select coalesce((
          select substr(word, 2)
          from (
            select word, documents from word where word >= E'\\x01' and word < E'\\x02' union all
            select word, documents from word_change where word >= E'\\x01' and word < E'\\x02') c
          group by word having sum(documents) > 0 order by sum(documents) desc, word limit 1), 'simple')
      $$`);

    this.addSql(`
      create function average_word_length() returns real language sql stable as $$
        select sum(length)::real / nullif(sum(documents), 0) from (
          select documents, length from word where word >= E'\\x01' and word < E'\\x02' union all
          select documents, length from word_change where word >= E'\\x01' and word < E'\\x02') c
      $$`);

    this.addSql(`
      create function write_memory_words(ids uuid[]) returns void language plpgsql as $$
      declare
        expected constant text := usual_language();
        average constant real := coalesce((select average_length from word_scale), average_word_length());
      begin
        with told as materialized (
          select m.id, m.user_id, m.deleted_at is not null as trashed,
            language_of(coalesce(m.title || ' ', '') || left(m.content, 400), expected) as language,
            spaced_words(m.title) as title, spaced_words(m.content) as content
          from memory m where m.id = any(ids)
        ), parsed as materialized (
          select id, user_id, trashed, language,
            case when title is null then '' else setweight(to_tsvector(('loci_' || language)::regconfig, title), 'A') end
              || to_tsvector(('loci_' || language)::regconfig, content) as words
          from told
        ), measured as materialized (
          select p.*, l.length, coalesce(average, avg(length) over ())::real as average_length from parsed p
            cross join lateral (select coalesce(sum(cardinality(positions)), 0) as length from unnest(words)) l
        ), kept as (
          insert into memory_word (memory_id, language, average_length, words)
          select id, language, greatest(average_length, 1), words from measured
        ), weighed as (
          insert into memory_word_weight (memory_id, user_id, trashed, weights)
          select id, user_id, trashed, word_weights(words, greatest(average_length, 1)) from measured
        )
        insert into word_change (word, documents, length)
        select lexeme, count(*), 0 from parsed cross join lateral unnest(tsvector_to_array(words)) lexeme group by lexeme
        union all
        select E'\\x01' || language, count(*), sum(length) from measured group by language;
      end
      $$`);

    this.addSql(`
      create function remove_memory_words(ids uuid[]) returns void language plpgsql as $$
      begin
        with gone as (
          delete from memory_word where memory_id = any(ids) returning language, words
        )
        insert into word_change (word, documents, length)
        select lexeme, -count(*), 0 from gone cross join lateral unnest(tsvector_to_array(words)) lexeme group by lexeme
        union all
        select E'\\x01' || language, -count(*), -sum((select coalesce(sum(cardinality(positions)), 0) from unnest(words)))
        from gone group by language;
        delete from memory_word_weight where memory_id = any(ids);
      end
      $$`);

    this.addSql(`
      create function gather_word_counts(waiting boolean) returns bigint language plpgsql as $$
      declare
        gone text[];
        gathered bigint;
      begin
        if waiting then
          perform pg_advisory_xact_lock(hashtext('gather_word_counts'));
        elsif not pg_try_advisory_xact_lock(hashtext('gather_word_counts')) then
          return 0;
        end if;
        with changes as (
          delete from word_change returning word, documents, length
        ), counts as (
          insert into word (word, documents, length)
          select word, sum(documents), sum(length) from changes group by word
          on conflict (word) do update
            set documents = word.documents + excluded.documents, length = word.length + excluded.length
          returning word, documents, xmax = 0 as is_new
        ), spelled as (
          insert into word_spelling (word)
          select word from counts
          where is_new and documents > 0 and char_length(word) between 3 and 40 and word ~ '^[[:alpha:]]'
        )
        select array_agg(word) filter (where documents <= 0), (select count(*) from changes) into gone, gathered
        from counts;
        if gone is not null then
          delete from word where word = any(gone);
          delete from word_spelling where word = any(gone);
        end if;
        return gathered;
      end
      $$`);

    // The weights of a batch of memories, made with another average than that of now. Answers with the last of them.
    this.addSql(`
      create function rescale_words(after uuid, most integer) returns uuid language plpgsql as $$
      declare
        average constant real := (select average_length from word_scale);
        chosen uuid[];
      begin
        select array_agg(memory_id order by memory_id) into chosen from (
          select memory_id from memory_word
          where memory_id > after and average_length <> average
          order by memory_id limit most for update
        ) batch;
        update memory_word_weight w set weights = word_weights(m.words, average)
        from memory_word m where m.memory_id = any(chosen) and w.memory_id = m.memory_id;
        update memory_word set average_length = average where memory_id = any(chosen);
        return chosen[cardinality(chosen)];
      end
      $$`);

    this.addSql(`
      create function memory_add_words() returns trigger language plpgsql as $$
      begin
        perform write_memory_words(array(select id from added));
        return null;
      end
      $$`);
    this.addSql(`
      create trigger memory_add_words after insert on memory
      referencing new table as added for each statement execute function memory_add_words()`);

    // No joins: the plan that one row was compared with would be kept for ten thousand.
    this.addSql(`
      create function memory_change_words() returns trigger language plpgsql as $$
      declare
        rewritten constant uuid[] := array(
          select id from (
            select id, content_hash, title from written except select id, content_hash, title from overwritten) changed);
        thrown_away constant uuid[] := array(
          select id from written where deleted_at is not null
          except select id from overwritten where deleted_at is not null);
        taken_back constant uuid[] := array(
          select id from written where deleted_at is null
          except select id from overwritten where deleted_at is null);
      begin
        if rewritten <> '{}' then
          perform remove_memory_words(rewritten);
          perform write_memory_words(rewritten);
          perform gather_word_counts(false);
        end if;
        if thrown_away <> '{}' then
          update memory_word_weight set trashed = true where memory_id = any(thrown_away);
        end if;
        if taken_back <> '{}' then
          update memory_word_weight set trashed = false where memory_id = any(taken_back);
        end if;
        return null;
      end
      $$`);
    this.addSql(`
      create trigger memory_change_words after update on memory
      referencing old table as overwritten new table as written
      for each statement execute function memory_change_words()`);

    // A word that stood nowhere else is gone from the counts in the same moment.
    this.addSql(`
      create function memory_remove_words() returns trigger language plpgsql as $$
      begin
        if exists (select from removed) then
          perform remove_memory_words(array(select id from removed));
          perform gather_word_counts(true);
        end if;
        return null;
      end
      $$`);
    this.addSql(`
      create trigger memory_remove_words after delete on memory
      referencing old table as removed for each statement execute function memory_remove_words()`);

    // What was written before this.
    this.addSql(`
      do $$
      declare
        batch uuid[];
      begin
        loop
          batch := array(select id from memory where batch is null or id > batch[cardinality(batch)] order by id limit 1000);
          exit when batch = '{}';
          perform write_memory_words(batch);
        end loop;
        perform gather_word_counts(true);
      end
      $$`);
  }
}
