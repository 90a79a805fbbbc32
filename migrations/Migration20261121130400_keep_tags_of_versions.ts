import { Migration } from '@mikro-orm/migrations';

export class Migration20261121130400_keep_tags_of_versions extends Migration {
  override up(): void {
    // Beside their names and in the same order: a tag that was renamed since is still the same one. Which tags those
    // were that are known by name alone, nobody can tell.
    this.addSql('alter table memory_version add column tag_ids uuid[]');
    this.addSql(`
      alter table memory_version add constraint memory_version_tag_ids_check
      check (cardinality(tag_ids) = cardinality(tags))`);
  }
}
