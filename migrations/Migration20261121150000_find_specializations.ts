import { Migration } from '@mikro-orm/migrations';

/** What specializations are found by: their words, and the meanings of what they say and of what their memories say. */
export class Migration20261121150000_find_specializations extends Migration {
  override up(): void {
    this.addSql(`
      alter table specialization
        add column tags text[] not null default '{}',
        add constraint specialization_tags_check check (cardinality(tags) <= 50)`);

    // All of this follows from the specializations and their memories and can be made anew.
    this.addSql(`
      create table specialization_word (
        specialization_id uuid not null,
        language text not null,
        topics text[] not null default '{}',
        length integer not null,
        words tsvector not null,
        constraint specialization_word_pkey primary key (specialization_id),
        constraint specialization_word_specialization_id_foreign foreign key (specialization_id)
          references specialization (id) on delete cascade
      )`);
    this.addSql(`alter table specialization_word alter column words set statistics 0`);
    this.addSql(`
      create table specialization_meaning (
        specialization_id uuid not null,
        model_id smallint not null,
        position smallint not null,
        source text not null,
        embedding halfvec not null,
        constraint specialization_meaning_pkey primary key (specialization_id, model_id, position),
        constraint specialization_meaning_specialization_id_foreign foreign key (specialization_id)
          references specialization (id) on delete cascade,
        constraint specialization_meaning_model_id_foreign foreign key (model_id)
          references embedding_model (id) on delete cascade,
        constraint specialization_meaning_source_check check (source in ('description', 'memories'))
      )`);
    this.addSql('create index specialization_meaning_model_id_index on specialization_meaning (model_id)');
    // No foreign key: whoever stores vectors would wait for whoever writes specializations, and the other way round.
    this.addSql(`
      create table specialization_queue (
        specialization_id uuid not null,
        queued_at timestamptz not null default clock_timestamp(),
        constraint specialization_queue_pkey primary key (specialization_id)
      )`);

    this.addSql(`
      create function write_specialization_words(ids uuid[]) returns void language plpgsql as $$
      declare
        expected constant text := usual_language();
      begin
        insert into specialization_word (specialization_id, language, topics, length, words)
        select id, language, topics, (select coalesce(sum(cardinality(positions)), 0) from unnest(words)), words
        from (
          select s.id, l.language, coalesce(w.topics, '{}') as topics,
            setweight(words_of(('loci_' || l.language)::regconfig, s.name), 'A')
              || words_of(('loci_' || l.language)::regconfig, concat_ws(' ', s.domain, array_to_string(s.tags, ' '),
                s.description, s.base_model, array_to_string(s.target_modules, ' '), array_to_string(w.topics, ' '))) as words
          from specialization s left join specialization_word w on w.specialization_id = s.id
            cross join lateral (
              select language_of(concat_ws(' ', s.name, s.domain, left(s.description, 400)), expected) as language) l
          where s.id = any(ids)
          offset 0
        ) told
        on conflict (specialization_id) do update
          set language = excluded.language, length = excluded.length, words = excluded.words;
      end
      $$`);

    this.addSql(`
      create function queue_specializations(ids uuid[]) returns void language sql as $$
        insert into specialization_queue (specialization_id) select distinct id from unnest(ids) id order by id
        on conflict (specialization_id) do update set queued_at = excluded.queued_at
      $$`);
    this.addSql(`
      create function specialization_told() returns trigger language plpgsql as $$
      begin
        perform write_specialization_words(array[new.id]);
        perform queue_specializations(array[new.id]);
        return null;
      end $$`);
    this.addSql(`
      create trigger specialization_told_first after insert on specialization
      for each row execute function specialization_told()`);
    this.addSql(`
      create trigger specialization_told_anew
      after update of name, description, domain, tags, base_model, target_modules on specialization
      for each row when (
        (old.name, old.description, old.domain, old.tags, old.base_model, old.target_modules)
        is distinct from (new.name, new.description, new.domain, new.tags, new.base_model, new.target_modules))
      execute function specialization_told()`);
    this.addSql(`
      create function unqueue_removed_specialization() returns trigger language plpgsql as $$
      begin
        delete from specialization_queue where specialization_id = old.id;
        return null;
      end $$`);
    this.addSql(`
      create trigger specialization_unqueue after delete on specialization
      for each row execute function unqueue_removed_specialization()`);

    // What its memories are about: which they are, what is said in them, and whether they are in the trash.
    this.addSql(`
      create function queue_linked_specializations() returns trigger language plpgsql as $$
      begin
        perform queue_specializations(array(select specialization_id from touched));
        return null;
      end $$`);
    this.addSql(`
      create function queue_unlinked_specializations() returns trigger language plpgsql as $$
      begin
        perform queue_specializations(array(
          select t.specialization_id from touched t join specialization s on s.id = t.specialization_id));
        return null;
      end $$`);
    this.addSql(`
      create trigger specialization_memory_queue_linked after insert on specialization_memory
      referencing new table as touched for each statement execute function queue_linked_specializations()`);
    this.addSql(`
      create trigger specialization_memory_queue_changed after update on specialization_memory
      referencing new table as touched for each statement execute function queue_linked_specializations()`);
    this.addSql(`
      create trigger specialization_memory_queue_unlinked after delete on specialization_memory
      referencing old table as touched for each statement execute function queue_unlinked_specializations()`);
    this.addSql(`
      create function queue_specializations_of_embedded() returns trigger language plpgsql as $$
      begin
        perform queue_specializations(array(
          select distinct l.specialization_id from stored e join specialization_memory l on l.memory_id = e.memory_id));
        return null;
      end $$`);
    this.addSql(`
      create trigger chunk_embedding_queue_specializations after insert on chunk_embedding
      referencing new table as stored for each statement execute function queue_specializations_of_embedded()`);
    this.addSql(`
      create function queue_specializations_of_changed() returns trigger language plpgsql as $$
      declare
        changed constant uuid[] := array(
          select id from (
            select id, content_hash, title, deleted_at is null from written
            except select id, content_hash, title, deleted_at is null from overwritten) c);
      begin
        if changed <> '{}' then
          perform queue_specializations(array(
            select distinct specialization_id from specialization_memory where memory_id = any(changed)));
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger memory_queue_specializations after update on memory
      referencing old table as overwritten new table as written
      for each statement execute function queue_specializations_of_changed()`);

    this.addSql(`select write_specialization_words(array(select id from specialization))`);
    this.addSql(`select queue_specializations(array(select id from specialization))`);
  }
}
