import { Migration } from '@mikro-orm/migrations';

export class Migration20261121080400_create_tag extends Migration {
  override up(): void {
    this.addSql(`
      create table tag (
        id uuid not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        user_id uuid not null,
        name text not null,
        colour text,
        constraint tag_pkey primary key (id),
        constraint tag_user_id_foreign foreign key (user_id) references app_user (id) on delete cascade,
        constraint tag_name_check check (name <> '' and name = btrim(name) and char_length(name) <= 100),
        constraint tag_colour_check check (colour in ('red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'))
      )`);
    this.addSql(`create unique index tag_user_id_name_unique on tag (user_id, lower(name))`);
    this.addSql(`
      create trigger tag_set_updated_at before update on tag
      for each row when (old.updated_at is not distinct from new.updated_at) execute function set_updated_at()`);

    // What orders and narrows a list of memories is kept beside the link: a tag's page is one index range.
    this.addSql(`
      create table memory_tag (
        memory_id uuid not null,
        tag_id uuid not null,
        created_at timestamptz(3) not null default now(),
        occurred_at timestamptz(3) not null,
        trashed boolean not null default false,
        constraint memory_tag_pkey primary key (memory_id, tag_id),
        constraint memory_tag_memory_id_foreign foreign key (memory_id) references memory (id) on delete cascade,
        constraint memory_tag_tag_id_foreign foreign key (tag_id) references tag (id) on delete cascade
      )`);
    this.addSql(
      `create index memory_tag_newest_index on memory_tag (tag_id, trashed, occurred_at desc, memory_id desc)`,
    );
    this.addSql(`
      create function memory_tag_follow_memory() returns trigger language plpgsql as $$
      begin
        update memory_tag set occurred_at = new.occurred_at, trashed = new.deleted_at is not null
        where memory_id = new.id;
        return null;
      end
      $$`);
    this.addSql(`
      create trigger memory_tag_follow_memory after update of occurred_at, deleted_at on memory
      for each row when (old.occurred_at <> new.occurred_at or (old.deleted_at is null) <> (new.deleted_at is null))
      execute function memory_tag_follow_memory()`);
    this.addSql(`
      create function memory_tag_begin_like_memory() returns trigger language plpgsql as $$
      begin
        select occurred_at, deleted_at is not null into strict new.occurred_at, new.trashed
        from memory where id = new.memory_id;
        return new;
      exception when no_data_found then
        raise foreign_key_violation using message = 'There is no such memory';
      end
      $$`);
    this.addSql(`
      create trigger memory_tag_begin_like_memory before insert on memory_tag
      for each row when (new.occurred_at is null) execute function memory_tag_begin_like_memory()`);
  }
}
