import { Migration } from '@mikro-orm/migrations';

export class Migration20261121080100_create_document extends Migration {
  override up(): void {
    this.addSql(`
      create table document (
        id uuid not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        user_id uuid not null,
        name text not null,
        kind text not null,
        size_bytes bigint not null,
        sha256 bytea not null,
        imported_at timestamptz(3) not null default now(),
        constraint document_pkey primary key (id),
        constraint document_user_id_foreign foreign key (user_id) references app_user (id) on delete cascade,
        constraint document_user_id_sha256_unique unique (user_id, sha256),
        constraint document_name_check check (name <> '' and char_length(name) <= 1000),
        constraint document_kind_check check (kind in ('text', 'markdown', 'html', 'pdf', 'table', 'json', 'image', 'conversation', 'archive', 'other')),
        constraint document_size_bytes_check check (size_bytes >= 0),
        constraint document_sha256_check check (octet_length(sha256) = 32)
      )`);
    this.addSql(`create index document_newest_index on document (user_id, imported_at desc, id desc)`);
    this.addSql(`
      create trigger document_set_updated_at before update on document
      for each row when (old.updated_at is not distinct from new.updated_at) execute function set_updated_at()`);
  }
}
