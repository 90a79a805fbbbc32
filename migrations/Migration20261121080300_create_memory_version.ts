import { Migration } from '@mikro-orm/migrations';

export class Migration20261121080300_create_memory_version extends Migration {
  override up(): void {
    // 'created_at' is when this state ended; it had begun when the version before it ended.
    this.addSql(`
      create table memory_version (
        id uuid not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        memory_id uuid not null,
        number integer not null,
        title text,
        content text not null,
        importance double precision not null,
        tags text[] not null,
        cause text not null,
        constraint memory_version_pkey primary key (id),
        constraint memory_version_memory_id_foreign foreign key (memory_id) references memory (id) on delete cascade,
        constraint memory_version_memory_id_number_unique unique (memory_id, number),
        constraint memory_version_cause_check check (cause in ('edit', 'bulk', 'restore', 'undo', 'merge', 'tag', 'import'))
      )`);
    this.addSql(`
      create trigger memory_version_set_updated_at before update on memory_version
      for each row when (old.updated_at is not distinct from new.updated_at) execute function set_updated_at()`);
  }
}
