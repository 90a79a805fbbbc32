import { Migration } from '@mikro-orm/migrations';

export class Migration20261121060000_create_user_and_setting extends Migration {
  override up(): void {
    // The bundled server has them already, made by its supervisor; on another server the role may need the right.
    this.addSql(`create extension if not exists vector`);
    this.addSql(`create extension if not exists pg_trgm`);
    this.addSql(`create extension if not exists unaccent`);

    // For statements that do not say when: what the ORM writes is kept, so that it and the table agree.
    this.addSql(`
      create function set_updated_at() returns trigger language plpgsql as $$
      begin
        new.updated_at := now();
        return new;
      end
      $$`);

    this.addSql(`
      create table app_user (
        id uuid not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        name text not null,
        email text,
        constraint app_user_pkey primary key (id),
        constraint app_user_name_check check (name <> '' and char_length(name) <= 200),
        constraint app_user_email_check check (email ~ '.@.' and char_length(email) <= 254)
      )`);
    this.addSql(`create unique index app_user_email_unique on app_user (lower(email))`);
    this.addSql(`
      create trigger app_user_set_updated_at before update on app_user
      for each row when (old.updated_at is not distinct from new.updated_at) execute function set_updated_at()`);

    // Its unique constraint begins with user_id and serves as the index of the foreign key.
    this.addSql(`
      create table setting (
        id uuid not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        user_id uuid not null,
        key text not null,
        value jsonb not null,
        constraint setting_pkey primary key (id),
        constraint setting_user_id_foreign foreign key (user_id) references app_user (id) on delete cascade,
        constraint setting_user_id_key_unique unique (user_id, key),
        constraint setting_key_check check (key <> '' and char_length(key) <= 100)
      )`);
    this.addSql(`
      create trigger setting_set_updated_at before update on setting
      for each row when (old.updated_at is not distinct from new.updated_at) execute function set_updated_at()`);
  }
}
