import { Migration } from '@mikro-orm/migrations';

export class Migration20261121080600_create_specialization extends Migration {
  override up(): void {
    this.addSql(`
      create table specialization (
        id uuid not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        user_id uuid not null,
        name text not null,
        description text not null default '',
        domain text not null default '',
        model_path text,
        format text,
        base_model text,
        rank integer,
        alpha double precision,
        target_modules text[],
        dtype text,
        parameter_count bigint,
        file_size_bytes bigint,
        sha256 bytea,
        tensor_hash bytea,
        adapter_config jsonb,
        status text not null default 'draft',
        problem text,
        embedding vector(384),
        version integer not null default 1,
        deleted_at timestamptz(3),
        constraint specialization_pkey primary key (id),
        constraint specialization_user_id_foreign foreign key (user_id) references app_user (id) on delete cascade,
        constraint specialization_name_check check (name <> '' and name = btrim(name) and char_length(name) <= 200),
        constraint specialization_description_check check (char_length(description) <= 20000),
        constraint specialization_domain_check check (char_length(domain) <= 200),
        constraint specialization_format_check check (format in ('safetensors', 'gguf', 'pytorch', 'other')),
        constraint specialization_rank_check check (rank > 0),
        constraint specialization_parameter_count_check check (parameter_count >= 0),
        constraint specialization_file_size_bytes_check check (file_size_bytes >= 0),
        constraint specialization_sha256_check check (octet_length(sha256) = 32),
        constraint specialization_tensor_hash_check check (octet_length(tensor_hash) = 32),
        constraint specialization_status_check check (status in ('draft', 'ready', 'missing', 'changed', 'invalid')),
        constraint specialization_version_check check (version >= 1)
      )`);
    // A name is free again once its specialization is in the trash.
    this.addSql(`
      create unique index specialization_user_id_name_unique on specialization (user_id, lower(name))
      where deleted_at is null`);
    this.addSql(
      `create index specialization_user_id_index on specialization (user_id, created_at desc, id desc)`,
    );
    this.addSql(`
      create trigger specialization_set_updated_at before update on specialization
      for each row when (old.updated_at is not distinct from new.updated_at) execute function set_updated_at()`);

    this.addSql(`
      create table specialization_memory (
        specialization_id uuid not null,
        memory_id uuid not null,
        created_at timestamptz(3) not null default now(),
        role text not null default 'reference',
        constraint specialization_memory_pkey primary key (specialization_id, memory_id),
        constraint specialization_memory_specialization_id_foreign foreign key (specialization_id)
          references specialization (id) on delete cascade,
        constraint specialization_memory_memory_id_foreign foreign key (memory_id)
          references memory (id) on delete cascade,
        constraint specialization_memory_role_check check (role in ('training', 'reference'))
      )`);
    this.addSql(`create index specialization_memory_memory_id_index on specialization_memory (memory_id)`);
  }
}
