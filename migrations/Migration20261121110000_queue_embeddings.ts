import { Migration } from '@mikro-orm/migrations';

/**
 * What search by meaning needs, all of it derived: the models whose vectors are kept, the memories whose text
 * has to be cut anew for each of them, the pieces, and their vectors.
 */
export class Migration20261121110000_queue_embeddings extends Migration {
  override up(): void {
    // Nothing was ever kept in it: its pieces had a vector of one length in the same row.
    this.addSql('drop table memory_chunk');

    // Keys are numbers here, because they stand in every row of the tables below and in indexes made for one model.
    this.addSql(`
      create table embedding_model (
        id smallint not null,
        name text not null,
        revision text not null,
        dimension integer not null,
        constraint embedding_model_pkey primary key (id),
        constraint embedding_model_name_revision_unique unique (name, revision),
        constraint embedding_model_dimension_check check (dimension > 0 and dimension <= 4000)
      )`);

    this.addSql(`
      create table uncut_memory (
        memory_id uuid not null,
        model_id smallint not null,
        queued_at timestamptz not null default clock_timestamp(),
        constraint uncut_memory_pkey primary key (memory_id, model_id),
        constraint uncut_memory_memory_id_foreign foreign key (memory_id) references memory (id) on delete cascade,
        constraint uncut_memory_model_id_foreign foreign key (model_id) references embedding_model (id) on delete cascade
      )`);
    this.addSql(
      'create index uncut_memory_newest_index on uncut_memory (model_id, queued_at desc, memory_id desc)',
    );

    this.addSql(`
      create table memory_chunk (
        id uuid not null,
        memory_id uuid not null,
        model_id smallint not null,
        position integer not null,
        start_offset integer not null,
        end_offset integer not null,
        tokens integer not null,
        text_hash bytea not null,
        queued_at timestamptz not null,
        status text not null default 'pending',
        attempts integer not null default 0,
        retry_at timestamptz,
        error text,
        constraint memory_chunk_pkey primary key (id),
        constraint memory_chunk_memory_id_foreign foreign key (memory_id) references memory (id) on delete cascade,
        constraint memory_chunk_model_id_foreign foreign key (model_id) references embedding_model (id) on delete cascade,
        constraint memory_chunk_position_check check (position >= 0),
        constraint memory_chunk_offsets_check check (start_offset >= 0 and end_offset >= start_offset),
        constraint memory_chunk_tokens_check check (tokens >= 0),
        constraint memory_chunk_text_hash_check check (octet_length(text_hash) = 32),
        constraint memory_chunk_status_check check (status in ('pending', 'ready', 'failed')),
        constraint memory_chunk_attempts_check check (attempts >= 0),
        constraint memory_chunk_error_check check ((status = 'failed') = (error is not null))
      )`);
    // Not unique: pieces that stay when a text is cut anew change places within one statement.
    this.addSql('create index memory_chunk_memory_id_index on memory_chunk (memory_id, model_id, position)');
    // The queue itself, and what its counts are counted by.
    this.addSql(`
      create index memory_chunk_waiting_index on memory_chunk (model_id, queued_at desc, memory_id desc, position)
      where status <> 'ready'`);

    // Apart from the pieces, so that moving one within its text does not touch the vector and its indexes. Without a
    // dimension, because models differ; an index is made per model, over the vectors of its length.
    this.addSql(`
      create table chunk_embedding (
        chunk_id uuid not null,
        memory_id uuid not null,
        model_id smallint not null,
        embedding halfvec not null,
        constraint chunk_embedding_pkey primary key (chunk_id),
        constraint chunk_embedding_chunk_id_foreign foreign key (chunk_id) references memory_chunk (id) on delete cascade
      )`);
    // Never moved out of the row: reading thousands of vectors would take twice as long.
    this.addSql('alter table chunk_embedding alter column embedding set storage plain');
    this.addSql('create index chunk_embedding_memory_id_index on chunk_embedding (memory_id)');

    // By statement, so that ten thousand memories cost one insert more. A stamp that changes with every change says
    // whether a text is still the one that was read for cutting.
    this.addSql(`
      create function queue_new_memories() returns trigger language plpgsql as $$
      begin
        insert into uncut_memory (memory_id, model_id)
        select a.id, m.id from added a cross join embedding_model m order by a.id;
        return null;
      end $$`);
    this.addSql(`
      create function queue_changed_memories() returns trigger language plpgsql as $$
      begin
        insert into uncut_memory (memory_id, model_id)
        select a.id, m.id
        from after_change a join before_change b on b.id = a.id cross join embedding_model m
        where a.content is distinct from b.content or a.title is distinct from b.title
        order by a.id
        on conflict (memory_id, model_id) do update set queued_at = excluded.queued_at;
        return null;
      end $$`);
    this.addSql(`
      create trigger memory_queue_new after insert on memory
      referencing new table as added for each statement execute function queue_new_memories()`);
    this.addSql(`
      create trigger memory_queue_changed after update on memory
      referencing old table as before_change new table as after_change
      for each statement execute function queue_changed_memories()`);
  }
}
