import { Migration } from '@mikro-orm/migrations';

export class Migration20261121130300_list_by_person extends Migration {
  override up(): void {
    // What is in the trash, and what has no session but is another person's, is not walked through. The key
    // comes first, because what happens to a session or document looks for its memories by it alone.
    for (const place of ['session', 'document']) {
      this.addSql(`drop index memory_${place}_index`);
      this.addSql(`
        create index memory_${place}_index on memory
        (${place}_id, user_id, (deleted_at is null), occurred_at desc, id desc)`);
    }
  }
}
