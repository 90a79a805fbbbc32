import { Migration } from '@mikro-orm/migrations';

/** The memory as the audit vouches for it, with its history; `r` is the row. As in main/audit/sealed-state.ts. */
const memoryState = `
  sha256(convert_to((jsonb_build_array(r.id, r.user_id, r.session_id, r.document_id, r.title, r.content, r.importance,
    r.pinned, r.source, r.occurred_at, r.deleted_at, r.seal,
    (select jsonb_agg(l.tag_id order by l.tag_id) from memory_tag l where l.memory_id = r.id))
    || coalesce((select jsonb_agg(jsonb_build_array(v.number, encode(v.state_hash, 'hex')) order by v.number)
                 from memory_version v where v.memory_id = r.id), '[]'))::text, 'UTF8'))`;

/**
 * The history of a memory is vouched for with the memory. Each state has a hash of its own, so that to note a
 * change does not take reading all that the memory ever was.
 */
export class Migration20261121130000_seal_versions extends Migration {
  override up(): void {
    this.addSql('alter table memory_version add column state_hash bytea');
    // Not the number and the memory: a merge gives the same state to another memory, with another number.
    this.addSql(`
      create function memory_version_state_hash(v memory_version) returns bytea language sql stable as $$
        select sha256(convert_to(jsonb_build_array(v.title, v.content, v.importance, v.tags, v.cause, v.merged,
          extract(epoch from v.created_at))::text, 'UTF8'))
      $$`);
    this.addSql(`
      create function memory_version_seal() returns trigger language plpgsql as $$
      begin
        new.state_hash := memory_version_state_hash(new);
        return new;
      end
      $$`);
    // They are what they were: only now their hash is known.
    this.addSql('alter table memory_version disable trigger memory_version_set_updated_at');
    this.addSql('update memory_version v set state_hash = memory_version_state_hash(v)');
    this.addSql('alter table memory_version enable trigger memory_version_set_updated_at');
    this.addSql('alter table memory_version alter column state_hash set not null');
    // Only of what is added: whoever changes a state later is found by its hash.
    this.addSql(`
      create trigger memory_version_seal before insert on memory_version
      for each row execute function memory_version_seal()`);

    // What was vouched for without its history is, from here on, with it.
    this.addSql(`
      do $$
      declare
        known record;
        chain_end record;
        next_sequence bigint;
        said text;
        moment timestamptz(3) := now();
      begin
        for known in
          select r.user_id, r.id as entity_id, ${memoryState} as state_hash
          from memory r
          where exists (select from memory_version v where v.memory_id = r.id)
            and exists (select from audit_event e where e.entity_id = r.id and e.entity = 'memory')
          order by r.user_id, r.id
        loop
          select sequence, hash into chain_end from audit_event
          where user_id = known.user_id order by sequence desc limit 1;
          next_sequence := chain_end.sequence + 1;
          said := format('["%s",%s,"%s","app","changed","memory","%s",[],"%s"]', known.user_id, next_sequence,
            to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            known.entity_id, encode(known.state_hash, 'hex'));
          insert into audit_event
            (id, user_id, sequence, occurred_at, actor, action, entity, entity_id, state_hash, previous_hash, hash)
          values
            (uuid_v7(), known.user_id, next_sequence, moment, 'app', 'changed', 'memory', known.entity_id,
             known.state_hash, chain_end.hash, sha256(chain_end.hash || convert_to(said, 'UTF8')));
        end loop;
      end
      $$`);
  }
}
