import { Migration } from '@mikro-orm/migrations';

export class Migration20261121110100_note_who_runs_a_job extends Migration {
  override up(): void {
    this.addSql(`alter table job add column runner int`);
  }
}
