import { Migration } from '@mikro-orm/migrations';

export class Migration20261121080200_create_memory extends Migration {
  override up(): void {
    // Keys in order of time, for rows that statements make by themselves; Postgres has its own from 18 on.
    this.addSql(`
      create function uuid_v7() returns uuid language sql volatile parallel safe as $$
        select encode(
          set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
              placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
              from 1 for 6),
            52, 1), 53, 1),
          'hex')::uuid
      $$`);

    // 'seal' goes into what the audit keeps about the row: when a memory is purged, nothing can be guessed from that.
    this.addSql(`
      create table memory (
        id uuid not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        user_id uuid not null,
        session_id uuid,
        document_id uuid,
        title text,
        content text not null,
        content_hash bytea not null,
        importance double precision not null default 0.5,
        pinned boolean not null default false,
        source text not null,
        occurred_at timestamptz(3) not null,
        version integer not null default 1,
        seal uuid not null default gen_random_uuid(),
        deleted_at timestamptz(3),
        constraint memory_pkey primary key (id),
        constraint memory_user_id_foreign foreign key (user_id) references app_user (id) on delete cascade,
        constraint memory_session_id_foreign foreign key (session_id) references session (id) on delete set null,
        constraint memory_document_id_foreign foreign key (document_id) references document (id) on delete set null,
        constraint memory_title_check check (title <> '' and char_length(title) <= 500),
        constraint memory_content_check check (octet_length(content) <= 2097152 and (content <> '' or title is not null)),
        constraint memory_content_hash_check check (octet_length(content_hash) = 32),
        constraint memory_importance_check check (importance >= '0' and importance <= '1'),
        constraint memory_source_check check (source in ('note', 'snippet', 'file', 'conversation', 'web')),
        constraint memory_version_check check (version >= 1)
      )`);
    // Each list goes down one index, newest first; what else is asked of a row is looked up in the index itself.
    this.addSql(`
      create index memory_newest_index on memory (user_id, occurred_at desc, id desc, importance, source)
      where deleted_at is null`);
    this.addSql(`
      create index memory_pinned_index on memory (user_id, occurred_at desc, id desc)
      where pinned and deleted_at is null`);
    this.addSql(`
      create index memory_trash_index on memory (user_id, deleted_at desc, id desc)
      where deleted_at is not null`);
    this.addSql(`create index memory_session_index on memory (session_id, occurred_at desc, id desc)`);
    this.addSql(`create index memory_document_index on memory (document_id, occurred_at desc, id desc)`);
    this.addSql(`create index memory_content_hash_index on memory (user_id, content_hash)`);
    this.addSql(`
      create trigger memory_set_updated_at before update on memory
      for each row when (old.updated_at is not distinct from new.updated_at) execute function set_updated_at()`);
  }
}
