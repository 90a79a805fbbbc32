import { Migration } from '@mikro-orm/migrations';

export class Migration20261121120300_weigh_past_words extends Migration {
  override up(): void {
    // Beside the words, as they were made when the text was the one of today: to weigh thousands while somebody waits
    // would take seconds. In the row itself, where words that are long are not.
    this.addSql('alter table memory_past_word add column weights sparsevec');
    this.addSql('alter table memory_past_word alter column weights set storage main');
    this.addSql('alter table memory_past_word alter column weights set statistics 0');
    this.addSql(`
      update memory_past_word p
      set weights = word_weights(p.words, coalesce((select average_length from word_scale), average_word_length(), 1))`);
    this.addSql('alter table memory_past_word alter column weights set not null');

    this.addSql(`
      create or replace function memory_archive_words() returns trigger language plpgsql as $$
      declare
        rewritten constant uuid[] := array(
          select id from (
            select id, content_hash, title from written except select id, content_hash, title from overwritten) changed);
      begin
        if rewritten <> '{}' then
          insert into memory_past_word (memory_id, number, ended_at, language, words, weights)
          select w.memory_id, v.number, v.created_at, w.language, w.words, s.weights
          from memory_word w join memory_word_weight s on s.memory_id = w.memory_id
            cross join lateral (
              select number, created_at from memory_version v
              where v.memory_id = w.memory_id and not v.merged order by number desc limit 1) v
          where w.memory_id = any(rewritten) and v.created_at = now()::timestamptz(3)
          on conflict (memory_id, number) do nothing;
        end if;
        return null;
      end
      $$`);
    this.addSql(`
      create or replace function write_past_words(ids uuid[]) returns void language plpgsql as $$
      declare
        expected constant text := usual_language();
        average constant real := coalesce((select average_length from word_scale), average_word_length(), 1);
      begin
        insert into memory_past_word (memory_id, number, ended_at, language, words, weights)
        select memory_id, number, created_at, language, words, word_weights(words, greatest(average, 1))
        from (
          select s.*, case when title is null then ''
              else setweight(to_tsvector(('loci_' || language)::regconfig, spaced_words(title)), 'A') end
              || to_tsvector(('loci_' || language)::regconfig, spaced_words(content)) as words
          from (
            select v.memory_id, v.number, v.created_at, v.title, v.content,
              language_of(coalesce(v.title || ' ', '') || left(v.content, 400), expected) as language,
              lead(v.title, 1, m.title) over later as next_title, lead(v.content, 1, m.content) over later as next_content
            from memory_version v join memory m on m.id = v.memory_id
            where v.memory_id = any(ids) and not v.merged
            window later as (partition by v.memory_id order by v.number)
          ) s
          where (title, content) is distinct from (next_title, next_content)
          offset 0
        ) parsed
        on conflict (memory_id, number) do nothing;
      end
      $$`);
  }
}
