import { Migration } from '@mikro-orm/migrations';

export class Migration20261121080700_create_saved_search extends Migration {
  override up(): void {
    this.addSql(`
      create table saved_search (
        id uuid not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        user_id uuid not null,
        name text not null,
        query text not null,
        position integer not null default 0,
        constraint saved_search_pkey primary key (id),
        constraint saved_search_user_id_foreign foreign key (user_id) references app_user (id) on delete cascade,
        constraint saved_search_name_check check (name <> '' and name = btrim(name) and char_length(name) <= 200),
        constraint saved_search_query_check check (char_length(query) <= 10000)
      )`);
    this.addSql(
      `create unique index saved_search_user_id_name_unique on saved_search (user_id, lower(name))`,
    );
    this.addSql(`
      create trigger saved_search_set_updated_at before update on saved_search
      for each row when (old.updated_at is not distinct from new.updated_at) execute function set_updated_at()`);
  }
}
