import type { AuditedEntity } from '../../shared/schemas/audit.ts';

/**
 * What of each kind of row the audit vouches for, as SQL over the row's alias `r`. The text of a
 * row never enters the audit, only the hash of all this. A column that is added later gets an entry of its
 * own here, in a migration that records it; changing a line makes every row look tampered with.
 */
const sealedColumns: Readonly<Record<AuditedEntity, readonly string[]>> = {
  app_user: ['name', 'email'],
  session: ['user_id', 'title', 'started_at', 'expires_at', 'ended_at'],
  document: ['user_id', 'name', 'kind', 'size_bytes', 'sha256', 'imported_at'],
  memory: [
    'user_id',
    'session_id',
    'document_id',
    'title',
    'content',
    'importance',
    'pinned',
    'source',
    'occurred_at',
    'deleted_at',
    'seal',
  ],
  tag: ['user_id', 'name', 'colour'],
  specialization: [
    'user_id',
    'name',
    'description',
    'domain',
    'model_path',
    'format',
    'base_model',
    'rank',
    'alpha',
    'target_modules',
    'sha256',
    'tensor_hash',
    'adapter_config',
    'deleted_at',
  ],
  saved_search: ['user_id', 'name', 'query', 'position'],
  setting: ['user_id', 'key', 'value'],
};

/** Of rows in other tables that belong to the row: the tags of a memory, the memories of a specialization. */
const sealedLinks: Partial<Record<AuditedEntity, string>> = {
  memory: `(select jsonb_agg(l.tag_id order by l.tag_id) from memory_tag l where l.memory_id = r.id)`,
  // With its tags, if it has any: without them it is as it was before there were tags.
  specialization: `(select case when r.tags = '{}' then links else jsonb_build_array(to_jsonb(r.tags), links) end
    from (select jsonb_agg(jsonb_build_array(l.memory_id, l.role) order by l.memory_id) as links
      from specialization_memory l where l.specialization_id = r.id) linked)`,
};

/** By the hashes that they carry themselves: not all that a memory ever was is read when it changes. */
const sealedHistory: Partial<Record<AuditedEntity, string>> = {
  memory: `(select jsonb_agg(jsonb_build_array(v.number, encode(v.state_hash, 'hex')) order by v.number)
    from memory_version v where v.memory_id = r.id)`,
};

/** Hash of a row as it is now, in SQL; `r` is the row. `jsonb` has one written form for one content. */
export function stateHashSql(entity: AuditedEntity): string {
  const values = sealedColumns[entity].map((column) => `r.${column}`);
  const links = sealedLinks[entity];
  if (links) values.push(links);
  const state = `jsonb_build_array(r.id, ${values.join(', ')})`;
  const history = sealedHistory[entity];
  return `sha256(convert_to((${history ? `${state} || coalesce(${history}, '[]')` : state})::text, 'UTF8'))`;
}

/** Whether a part of the row's history is not what its hash says. */
export function isHistoryAlteredSql(entity: AuditedEntity): string {
  return entity === 'memory'
    ? `exists (select from memory_version v where v.memory_id = r.id and v.state_hash <> memory_version_state_hash(v))`
    : 'false';
}

/** Whose row it is. */
export function ownerColumn(entity: AuditedEntity): string {
  return entity === 'app_user' ? 'id' : 'user_id';
}
