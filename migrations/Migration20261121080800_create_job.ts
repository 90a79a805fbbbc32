import { Migration } from '@mikro-orm/migrations';

export class Migration20261121080800_create_job extends Migration {
  override up(): void {
    this.addSql(`
      create table job (
        id uuid not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        user_id uuid not null,
        kind text not null,
        status text not null default 'queued',
        progress bigint not null default 0,
        total bigint,
        parameters jsonb not null default '{}',
        checkpoint jsonb,
        result jsonb,
        error text,
        started_at timestamptz(3),
        finished_at timestamptz(3),
        constraint job_pkey primary key (id),
        constraint job_user_id_foreign foreign key (user_id) references app_user (id) on delete cascade,
        constraint job_kind_check check (kind <> '' and char_length(kind) <= 100),
        constraint job_status_check check (status in ('queued', 'running', 'paused', 'interrupted', 'succeeded', 'failed', 'cancelled')),
        constraint job_progress_check check (progress >= 0 and total >= 0),
        constraint job_error_check check ((status = 'failed') = (error is not null)),
        constraint job_finished_at_check check ((status in ('succeeded', 'failed', 'cancelled')) = (finished_at is not null))
      )`);
    this.addSql(`create index job_newest_index on job (user_id, created_at desc, id desc)`);
    this.addSql(`create index job_unfinished_index on job (created_at) where finished_at is null`);
    this.addSql(`
      create trigger job_set_updated_at before update on job
      for each row when (old.updated_at is not distinct from new.updated_at) execute function set_updated_at()`);
  }
}
