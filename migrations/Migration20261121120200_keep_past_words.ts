import { Migration } from '@mikro-orm/migrations';

/**
 * The words of texts that memories no longer have, for searching the library as it was. One row for each text that gave
 * way to another one, whatever else was kept of the memory meanwhile: `number` is the last version that had it.
 */
export class Migration20261121120200_keep_past_words extends Migration {
  override up(): void {
    this.addSql(`
      create table memory_past_word (
        memory_id uuid not null,
        number integer not null,
        ended_at timestamptz(3) not null,
        language text not null,
        words tsvector not null,
        constraint memory_past_word_pkey primary key (memory_id, number),
        constraint memory_past_word_memory_id_foreign foreign key (memory_id) references memory (id) on delete cascade
      )`);
    // Nobody asks for statistics of these, and they would hold words of memories that are gone.
    this.addSql('alter table memory_past_word alter column words set statistics 0');
    this.addSql(`
      create index memory_past_word_words_index on memory_past_word using gin (words) with (fastupdate = off)`);

    // The words are known already: those of now become those of then. It comes before they are taken away, because
    // triggers run in the order of their names.
    this.addSql(`
      create function memory_archive_words() returns trigger language plpgsql as $$
      declare
        rewritten constant uuid[] := array(
          select id from (
            select id, content_hash, title from written except select id, content_hash, title from overwritten) changed);
      begin
        if rewritten <> '{}' then
          insert into memory_past_word (memory_id, number, ended_at, language, words)
          select w.memory_id, v.number, v.created_at, w.language, w.words
          from memory_word w cross join lateral (
            select number, created_at from memory_version v
            where v.memory_id = w.memory_id and not v.merged order by number desc limit 1) v
          where w.memory_id = any(rewritten) and v.created_at = now()::timestamptz(3)
          on conflict (memory_id, number) do nothing;
        end if;
        return null;
      end
      $$`);
    this.addSql(`
      create trigger memory_archive_words after update on memory
      referencing old table as overwritten new table as written
      for each statement execute function memory_archive_words()`);

    // For versions that came in otherwise than by a change of the memory, and those that were there before this.
    this.addSql(`
      create function write_past_words(ids uuid[]) returns void language plpgsql as $$
      declare
        expected constant text := usual_language();
      begin
        insert into memory_past_word (memory_id, number, ended_at, language, words)
        select memory_id, number, created_at, language,
          case when title is null then ''
            else setweight(to_tsvector(('loci_' || language)::regconfig, spaced_words(title)), 'A') end
            || to_tsvector(('loci_' || language)::regconfig, spaced_words(content))
        from (
          select v.memory_id, v.number, v.created_at, v.title, v.content,
            language_of(coalesce(v.title || ' ', '') || left(v.content, 400), expected) as language,
            lead(v.title, 1, m.title) over later as next_title, lead(v.content, 1, m.content) over later as next_content
          from memory_version v join memory m on m.id = v.memory_id
          where v.memory_id = any(ids) and not v.merged
          window later as (partition by v.memory_id order by v.number)
        ) s
        where (title, content) is distinct from (next_title, next_content)
        on conflict (memory_id, number) do nothing;
      end
      $$`);
    this.addSql(`
      do $$
      declare
        batch uuid[];
      begin
        loop
          batch := array(
            select distinct memory_id from memory_version
            where batch is null or memory_id > batch[cardinality(batch)] order by memory_id limit 500);
          exit when batch = '{}';
          perform write_past_words(batch);
        end loop;
      end
      $$`);
  }
}
