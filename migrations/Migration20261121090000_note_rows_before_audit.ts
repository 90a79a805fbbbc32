import { Migration } from '@mikro-orm/migrations';

/**
 * People and settings are older than the audit: their first events are written here, in the form that
 * main/audit gives all others. From then on a row without an event was put there by somebody else.
 */
export class Migration20261121090000_note_rows_before_audit extends Migration {
  override up(): void {
    this.addSql(`
      do $$
      declare
        unknown record;
        chain_end record;
        next_sequence bigint;
        said text;
        moment timestamptz(3) := now();
      begin
        for unknown in
          select u.id as user_id, 'app_user' as entity, u.id as entity_id, u.created_at,
            sha256(convert_to(jsonb_build_array(u.id, u.name, u.email)::text, 'UTF8')) as state_hash
          from app_user u
          where not exists (select from audit_event e where e.entity_id = u.id and e.entity = 'app_user')
          union all
          select s.user_id, 'setting', s.id, s.created_at,
            sha256(convert_to(jsonb_build_array(s.id, s.user_id, s.key, s.value)::text, 'UTF8'))
          from setting s
          where not exists (select from audit_event e where e.entity_id = s.id and e.entity = 'setting')
          order by user_id, created_at, entity, entity_id
        loop
          select sequence, hash into chain_end from audit_event
          where user_id = unknown.user_id order by sequence desc limit 1;
          next_sequence := coalesce(chain_end.sequence, 0) + 1;
          said := format('["%s",%s,"%s","app","created","%s","%s",[],"%s"]', unknown.user_id, next_sequence,
            to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            unknown.entity, unknown.entity_id, encode(unknown.state_hash, 'hex'));
          insert into audit_event
            (id, user_id, sequence, occurred_at, actor, action, entity, entity_id, state_hash, previous_hash, hash)
          values
            (uuid_v7(), unknown.user_id, next_sequence, moment, 'app', 'created', unknown.entity, unknown.entity_id,
             unknown.state_hash, coalesce(chain_end.hash, decode(repeat('00', 32), 'hex')),
             sha256(coalesce(chain_end.hash, decode(repeat('00', 32), 'hex')) || convert_to(said, 'UTF8')));
        end loop;
      end
      $$`);
  }
}
