import { Migration } from '@mikro-orm/migrations';

/** What a person wrote, and the words of it. */
const texts = {
  memory: ['title text', 'content text'],
  memory_version: ['title text', 'content text', 'tags text[]'],
  word: ['word text collate "C"'],
  word_change: ['word text collate "C"'],
  word_spelling: ['word text collate "C"'],
};

/**
 * The server keeps samples of what stands in a column, to plan by them: after a purge they would still
 * hold the text, in a quiet library for ever. No plan of ours depends on these.
 */
export class Migration20261121130200_keep_text_out_of_statistics extends Migration {
  override up(): void {
    for (const [table, columns] of Object.entries(texts))
      for (const column of columns) {
        const [name, ...type] = column.split(' ');
        this.addSql(`alter table ${table} alter column ${name} set statistics 0`);
        // To what it is: that alone makes the server forget what it has gathered. No row is written.
        this.addSql(`alter table ${table} alter column ${name} type ${type.join(' ')}`);
      }
  }
}
