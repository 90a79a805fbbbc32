import { Migration } from '@mikro-orm/migrations';

export class Migration20261121080900_create_audit_event extends Migration {
  override up(): void {
    // A chain for each person: 'hash' covers this event and the one before it. What was written never stands here.
    this.addSql(`
      create table audit_event (
        id uuid not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        user_id uuid not null,
        sequence bigint not null,
        occurred_at timestamptz(3) not null,
        actor text not null,
        action text not null,
        entity text not null,
        entity_id uuid,
        fields text[] not null default '{}',
        state_hash bytea,
        previous_hash bytea not null,
        hash bytea not null,
        constraint audit_event_pkey primary key (id),
        constraint audit_event_user_id_foreign foreign key (user_id) references app_user (id) on delete cascade,
        constraint audit_event_user_id_sequence_unique unique (user_id, sequence),
        constraint audit_event_sequence_check check (sequence >= 1),
        constraint audit_event_actor_check check (actor in ('person', 'app')),
        constraint audit_event_action_check check (action in ('created', 'changed', 'trashed', 'restored', 'purged', 'deleted', 'exported', 'imported', 'unlocked')),
        constraint audit_event_entity_check check (entity <> '' and char_length(entity) <= 100),
        constraint audit_event_hash_check check (octet_length(hash) = 32 and octet_length(previous_hash) = 32 and octet_length(state_hash) = 32)
      )`);
    this.addSql(`create index audit_event_entity_id_index on audit_event (entity_id, sequence desc)`);
    this.addSql(`
      create trigger audit_event_set_updated_at before update on audit_event
      for each row when (old.updated_at is not distinct from new.updated_at) execute function set_updated_at()`);
  }
}
