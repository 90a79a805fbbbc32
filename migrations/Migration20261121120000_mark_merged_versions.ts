import { Migration } from '@mikro-orm/migrations';

export class Migration20261121120000_mark_merged_versions extends Migration {
  override up(): void {
    // A state of another memory that was merged into this one: part of the history, but never what this one was like.
    this.addSql('alter table memory_version add column merged boolean not null default false');
  }
}
