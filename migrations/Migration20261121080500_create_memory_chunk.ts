import { Migration } from '@mikro-orm/migrations';

export class Migration20261121080500_create_memory_chunk extends Migration {
  override up(): void {
    this.addSql(`
      create table memory_chunk (
        id uuid not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        memory_id uuid not null,
        position integer not null,
        start_offset integer not null,
        end_offset integer not null,
        text_hash bytea not null,
        model text not null,
        revision text not null,
        status text not null default 'pending',
        error text,
        embedding vector(384),
        constraint memory_chunk_pkey primary key (id),
        constraint memory_chunk_memory_id_foreign foreign key (memory_id) references memory (id) on delete cascade,
        constraint memory_chunk_memory_id_position_unique unique (memory_id, model, revision, position),
        constraint memory_chunk_position_check check (position >= 0),
        constraint memory_chunk_offsets_check check (start_offset >= 0 and end_offset >= start_offset),
        constraint memory_chunk_text_hash_check check (octet_length(text_hash) = 32),
        constraint memory_chunk_status_check check (status in ('pending', 'ready', 'failed')),
        constraint memory_chunk_embedding_check check ((status = 'ready') = (embedding is not null)),
        constraint memory_chunk_error_check check ((status = 'failed') = (error is not null))
      )`);
    this.addSql(
      `create index memory_chunk_waiting_index on memory_chunk (status, created_at) where status <> 'ready'`,
    );
    this.addSql(`
      create trigger memory_chunk_set_updated_at before update on memory_chunk
      for each row when (old.updated_at is not distinct from new.updated_at) execute function set_updated_at()`);
  }
}
