import { Migration } from '@mikro-orm/migrations';

/**
 * The words of a new memory are put into their index together with those of others: alone they take as long as all
 * the rest of writing it. Until then each search looks through them; so few take it less than a millisecond.
 */
export class Migration20261122080000_gather_new_words extends Migration {
  override up(): void {
    this.addSql(
      'alter index memory_word_weight_words_index set (fastupdate = on, gin_pending_list_limit = 256)',
    );
  }
}
