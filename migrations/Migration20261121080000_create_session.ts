import { Migration } from '@mikro-orm/migrations';

export class Migration20261121080000_create_session extends Migration {
  override up(): void {
    // Who is at work is remembered from one start to the next.
    this.addSql(`alter table app_user add column last_used_at timestamptz(3) not null default now()`);

    this.addSql(`
      create table session (
        id uuid not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        user_id uuid not null,
        title text not null,
        started_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null,
        ended_at timestamptz(3),
        constraint session_pkey primary key (id),
        constraint session_user_id_foreign foreign key (user_id) references app_user (id) on delete cascade,
        constraint session_title_check check (title <> '' and char_length(title) <= 200),
        constraint session_expires_at_check check (expires_at > started_at),
        constraint session_ended_at_check check (ended_at >= started_at)
      )`);
    this.addSql(`create index session_newest_index on session (user_id, started_at desc, id desc)`);
    this.addSql(`create index session_open_index on session (expires_at) where ended_at is null`);
    this.addSql(`
      create trigger session_set_updated_at before update on session
      for each row when (old.updated_at is not distinct from new.updated_at) execute function set_updated_at()`);
  }
}
