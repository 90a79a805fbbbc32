import { Migration } from '@mikro-orm/migrations';

/** Memories that say nearly the same: which are to be looked at, which were found, and which a person says are not. */
export class Migration20261121120100_find_duplicates extends Migration {
  override up(): void {
    // No foreign key to the memory: whoever stores vectors would wait for whoever writes memories, and the other way round.
    this.addSql(`
      create table duplicate_queue (
        memory_id uuid not null,
        model_id smallint not null,
        queued_at timestamptz not null default clock_timestamp(),
        constraint duplicate_queue_pkey primary key (memory_id, model_id),
        constraint duplicate_queue_model_id_foreign foreign key (model_id) references embedding_model (id) on delete cascade
      )`);
    this.addSql(
      'create index duplicate_queue_newest_index on duplicate_queue (model_id, queued_at, memory_id)',
    );
    // Each pair once, the smaller key first.
    this.addSql(`
      create table duplicate_pair (
        memory_id uuid not null,
        other_id uuid not null,
        similarity real not null,
        overlap real not null,
        constraint duplicate_pair_pkey primary key (memory_id, other_id),
        constraint duplicate_pair_memory_id_foreign foreign key (memory_id) references memory (id) on delete cascade,
        constraint duplicate_pair_other_id_foreign foreign key (other_id) references memory (id) on delete cascade,
        constraint duplicate_pair_other_id_check check (memory_id < other_id)
      )`);
    this.addSql('create index duplicate_pair_other_id_index on duplicate_pair (other_id)');
    this.addSql(`
      create table memory_distinction (
        id uuid not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        memory_id uuid not null,
        other_id uuid not null,
        constraint memory_distinction_pkey primary key (id),
        constraint memory_distinction_memory_id_other_id_unique unique (memory_id, other_id),
        constraint memory_distinction_memory_id_foreign foreign key (memory_id) references memory (id) on delete cascade,
        constraint memory_distinction_other_id_foreign foreign key (other_id) references memory (id) on delete cascade,
        constraint memory_distinction_other_id_check check (memory_id < other_id)
      )`);
    this.addSql('create index memory_distinction_other_id_index on memory_distinction (other_id)');
    this.addSql(`
      create trigger memory_distinction_set_updated_at before update on memory_distinction
      for each row when (old.updated_at is not distinct from new.updated_at) execute function set_updated_at()`);

    // By its vectors a memory can be compared: each that gets new ones is looked at again.
    this.addSql(`
      create function queue_embedded_memories() returns trigger language plpgsql as $$
      begin
        insert into duplicate_queue (memory_id, model_id)
        select distinct memory_id, model_id from stored order by memory_id, model_id
        on conflict (memory_id, model_id) do update set queued_at = excluded.queued_at;
        return null;
      end $$`);
    this.addSql(`
      create trigger chunk_embedding_queue_duplicates after insert on chunk_embedding
      referencing new table as stored for each statement execute function queue_embedded_memories()`);

    // What was found is about texts: of another text it is not true, and it may lose a piece without getting a new one.
    this.addSql(`
      create function requeue_changed_memories() returns trigger language plpgsql as $$
      declare
        rewritten constant uuid[] := array(
          select id from (
            select id, content_hash, title from written except select id, content_hash, title from overwritten) changed);
        taken_back constant uuid[] := array(
          select id from written where deleted_at is null
          except select id from overwritten where deleted_at is null);
      begin
        if rewritten <> '{}' then
          delete from duplicate_pair where memory_id = any(rewritten) or other_id = any(rewritten);
        end if;
        if rewritten <> '{}' or taken_back <> '{}' then
          insert into duplicate_queue (memory_id, model_id)
          select distinct e.memory_id, e.model_id from chunk_embedding e
          where e.memory_id = any(rewritten || taken_back) order by 1, 2
          on conflict (memory_id, model_id) do update set queued_at = excluded.queued_at;
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger memory_requeue_duplicates after update on memory
      referencing old table as overwritten new table as written
      for each statement execute function requeue_changed_memories()`);
    this.addSql(`
      create function unqueue_removed_memories() returns trigger language plpgsql as $$
      begin
        delete from duplicate_queue where memory_id = any(array(select id from removed));
        return null;
      end $$`);
    this.addSql(`
      create trigger memory_unqueue_duplicates after delete on memory
      referencing old table as removed for each statement execute function unqueue_removed_memories()`);

    this.addSql(`
      insert into duplicate_queue (memory_id, model_id)
      select distinct memory_id, model_id from chunk_embedding order by 1, 2`);
  }
}
