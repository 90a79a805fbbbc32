import { Migration } from '@mikro-orm/migrations';

/** Which of the models a library is searched with, and which are on their way out. */
export class Migration20261121110200_choose_model extends Migration {
  override up(): void {
    this.addSql(`
      alter table embedding_model
        add column max_tokens integer not null default 256,
        add column in_use boolean not null default false,
        add column is_going boolean not null default false,
        add column used_at timestamptz,
        add constraint embedding_model_max_tokens_check check (max_tokens > 0),
        add constraint embedding_model_in_use_check check (not (in_use and is_going))`);
    this.addSql(`
      update embedding_model set in_use = true, used_at = now()
      where id = (select max(id) from embedding_model)`);
    this.addSql('create unique index embedding_model_in_use_unique on embedding_model (in_use) where in_use');
  }
}
