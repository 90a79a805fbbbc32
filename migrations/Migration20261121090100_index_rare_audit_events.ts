import { Migration } from '@mikro-orm/migrations';

export class Migration20261121090100_index_rare_audit_events extends Migration {
  override up(): void {
    // Among a million events about memories the few others would be searched for long; for the many, the chain's
    // own index does. Both are small and cost nothing when memories are written.
    this.addSql(`
      create index audit_event_rare_entity_index on audit_event (user_id, entity, sequence desc)
      where entity <> 'memory'`);
    this.addSql(`
      create index audit_event_rare_action_index on audit_event (user_id, action, sequence desc)
      where action not in ('created', 'changed', 'imported')`);
  }
}
